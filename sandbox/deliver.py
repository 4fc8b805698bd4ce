"""How do webhooks travel to the product: once or often, in order or not, whole or broken?"""

import asyncio
import time
from typing import Any
from urllib.parse import parse_qsl, quote

import httpx

from sandbox.actors import ACTORS
from sandbox.wish import Act, Happened
from sandbox.world import World

_BUDGET = 15.0
_AT_ONCE = 50


async def deliver(world: World, act: Act, happened: list[Happened]) -> list[dict[str, Any]]:
    """Post every webhook of an act and return one answer per delivery, in the order they were started."""
    order = list(reversed(happened)) if act.out_of_order else happened
    encoded = [encode(act, each.webhook) for each in order]
    bodies = [body for body in encoded for _ in range(act.repeat)] + encoded * act.duplicates
    gate = asyncio.Semaphore(_AT_ONCE if act.concurrently else 1)
    async with httpx.AsyncClient(timeout=_BUDGET, limits=httpx.Limits(max_connections=_AT_ONCE)) as client:

        async def one(body: bytes) -> dict[str, Any]:
            async with gate:
                return await _deliver_one(client, world, act, body)

        return list(await asyncio.gather(*(one(body) for body in bodies)))


async def _deliver_one(client: httpx.AsyncClient, world: World, act: Act, body: bytes) -> dict[str, Any]:
    """Try until the answer is exactly 200, as often as the act allows, pausing longer each time."""
    answer: dict[str, Any] = {}
    for attempt in range(1, act.attempts + 1):
        if attempt > 1:
            await asyncio.sleep(act.pause * 2 ** min(attempt - 2, 5))
        answer = await _post(client, world, act, body) | {"attempts": attempt}
        if answer["status"] == 200:
            break
    return answer


def addressed(world: World, act: Act, body: bytes) -> tuple[str, dict[str, str], dict[str, str]]:
    """Where a webhook of `act` goes and what it carries: path, query and headers, with the secret in its place."""
    actor = ACTORS[act.provider]
    path, _, asked = (act.path or actor.path).replace("{workspace_ref}", quote(act.workspace_ref, safe="")).partition("?")
    query, headers = dict(parse_qsl(asked)) | act.query, dict(actor.headers) | dict(actor.sign(world, act, body))
    place, name = _place(act)
    if act.secret and place == "path":
        path = f"{path.rstrip('/')}/{quote(act.secret, safe='')}"
    elif act.secret and place == "query":
        query[name or "secret"] = act.secret
    elif act.secret and place == "header":
        headers[name or "X-Webhook-Secret"] = act.secret
    return path, query, headers


async def _post(client: httpx.AsyncClient, world: World, act: Act, body: bytes) -> dict[str, Any]:
    path, query, headers = addressed(world, act, body)
    started = time.perf_counter()
    try:
        response = await client.post(world.options.product_url.rstrip("/") + path, params=query, content=body, headers=headers)
    except httpx.HTTPError as problem:
        return {"status": 0, "error": f"{type(problem).__name__}: {problem}", "body": None, "ms": _since(started)}
    return {"status": response.status_code, "body": _read(response), "ms": _since(started)}


def _place(act: Act) -> tuple[str, str]:
    """Where the secret goes and under which name: as the wish says, else as the provider does it."""
    actor = ACTORS[act.provider]
    place = act.secret_in or actor.secret_in
    return place, act.secret_name or (actor.secret_name if place == actor.secret_in else "")


def _with_secret(act: Act, webhook: dict[str, Any]) -> dict[str, Any]:
    place, name = _place(act)
    return webhook | {name or "secret": act.secret} if act.secret and place == "body" else webhook


def encode(act: Act, webhook: dict[str, Any]) -> bytes:
    """The body of a webhook as `act` wants it posted: with its secret where the body shows one, whole or broken."""
    written, malformed = ACTORS[act.provider].encode, act.malformed
    webhook = _with_secret(act, webhook)
    whole = written(webhook)
    if malformed == "truncated":
        return whole[: len(whole) // 2]
    if malformed == "wrong_types":
        return written({name: [] if isinstance(value, dict) else {} for name, value in webhook.items()})
    return {"not_json": b"<html>Bad gateway</html>", "empty": b""}.get(malformed, whole)


def _read(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return response.text[:2000]


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
