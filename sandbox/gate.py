"""How does a request reach a stand-in provider, go wrong if it was told to, and get written down?"""

import asyncio
import json
import re
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox import clock, forms
from sandbox.exchange import Answer, BodyProblem, Call, Handler, Provider
from sandbox.faults import Fault
from sandbox.world import World

MOST_BYTES = 30_000_000
_JSON = {"content-type": "application/json"}


class Gate:
    """The ASGI app of one provider: reads, spoils if a fault switch says so, answers, records."""

    def __init__(self, world: World, provider: Provider) -> None:
        self._world = world
        self._provider = provider
        self._rules = [(method, _pattern(template), handler) for method, template, handler in provider.rules]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        request = Request(scope, receive)
        call = self._read(request, await request.body())
        started_at = clock.now_iso()
        fault = self._world.faults.take(call)
        if fault and fault.kind in ("timeout_before", "disconnect_before"):
            await self._swallow(fault, scope, receive, send)
            return
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        answer = self._work(call, fault)
        self._world.received.record(call, answer, fault.kind if fault else None, started_at)
        if fault and fault.kind == "timeout_after_accept" and await _gone_within(fault.seconds, receive):
            return
        if fault and fault.kind == "disconnect_after_accept":
            await _hang_up(receive, send)
            return
        await self._send(answer, fault, scope, receive, send)

    def _read(self, request: Request, raw: bytes) -> Call:
        headers = {name.lower(): value for name, value in request.headers.items()}
        return Call(
            provider=self._provider.slug,
            method=request.method,
            path=request.url.path.removeprefix(self._provider.prefix) or "/",
            query=dict(request.query_params),
            headers=headers,
            raw=raw,
            body=_body(raw, headers.get("content-type", "")),
        )

    def _work(self, call: Call, fault: Fault | None) -> Answer:
        if fault and fault.kind in ("status", "insufficient_quota"):
            return self._spoiled(fault)
        refusal = self._provider.refuse(self._world, call)
        if refusal:
            answer = refusal
        elif len(call.raw) > MOST_BYTES:
            answer = self._provider.problem(413, "The request body is too large.")
        else:
            answer = self._handle(call, fault)
        answer.headers = self._provider.headers(self._world, call) | answer.headers
        return answer

    def _handle(self, call: Call, fault: Fault | None) -> Answer:
        handler, params = self._route(call)
        if handler is None:
            return self._provider.problem(404, f"The sandbox knows no {call.method} {call.path} here.")
        inside = fault.kind if fault and not (fault.kind == "malformed" and fault.where == "body") else None
        try:
            return handler(self._world, replace(call, params=params, fault=inside))
        except BodyProblem as problem:
            return self._provider.problem(400, str(problem))

    def _route(self, call: Call) -> tuple[Handler | None, dict[str, str]]:
        for method, pattern, handler in self._rules:
            match = pattern.fullmatch(call.path)
            if match and method == call.method:
                return handler, match.groupdict()
        return None, {}

    def _spoiled(self, fault: Fault) -> Answer:
        if fault.kind == "insufficient_quota":
            answer = self._provider.problem(429, "insufficient_quota")
        else:
            answer = self._provider.problem(fault.status, fault.message)
        if fault.body is not None:
            answer.body = fault.body
        if fault.retry_after is not None:
            answer.headers["retry-after"] = str(fault.retry_after)
        elif fault.status == 429 and fault.kind == "status":
            answer.headers.setdefault("retry-after", "1")
        return answer

    async def _swallow(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind == "disconnect_before":
            await _hang_up(receive, send)
        elif not await _gone_within(fault.seconds, receive):
            await Response("The stand-in gave up waiting.", 504)(scope, receive, send)

    async def _send(self, answer: Answer, fault: Fault | None, scope: Scope, receive: Receive, send: Send) -> None:
        content = answer.encoded()
        if fault and fault.kind == "malformed" and not (self._provider.slug == "openai" and fault.where == "output"):
            content = content[: max(len(content) // 2, 1)]
        headers = answer.headers if isinstance(answer.body, str | bytes) else _JSON | answer.headers
        await Response(content, answer.status, headers=headers)(scope, receive, send)


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))


def _body(raw: bytes, content_type: str) -> object:
    """Read a body as a multipart form, as JSON, as a form, else as text; an empty one is None."""
    if not raw:
        return None
    if content_type.lower().startswith("multipart/form-data"):
        return forms.read(raw, content_type)
    try:
        return json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        text = raw.decode("utf-8", "replace")
    return dict(parse_qsl(text)) if "form-urlencoded" in content_type else text


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


async def _gone_within(seconds: float, receive: Receive) -> bool:
    """Wait until the caller hangs up or the time is over; say whether the caller hung up."""
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        return False
    return True


async def _hang_up(receive: Receive, send: Send) -> None:
    """Cut the connection without a byte of answer; where the server hides it, cut in the middle of one."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"999999")]})
        return
    transport.abort()
    await _gone_within(1.0, receive)
