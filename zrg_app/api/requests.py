"""What came in with a request, as far as it may be trusted? Bounded reading, safe JSON, the caller's address."""

import ipaddress
import json
import re
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from zrg_app.kit import ids
from zrg_app.kit.errors import Refused

SMALL_BODY = 64 * 1024
MOST_FIELDS = 50
DEEPEST_JSON = 64
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,80}")


class BadRequest(Refused):
    """The request cannot be read: not JSON, not a form, or nested too deeply."""

    code: ClassVar[str] = "bad_request"
    status: ClassVar[int] = 400


class TooLarge(Refused):
    """The body is longer than this door takes."""

    code: ClassVar[str] = "too_large"
    status: ClassVar[int] = 413


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that was read whole; what a door's function gets."""

    request: Request = field(repr=False)
    request_id: str
    body: bytes = field(default=b"", repr=False)

    def json(self) -> Any:
        """The body as JSON, whatever its content type says. Raises BadRequest."""
        return parse_json(self.body)

    def form(self) -> dict[str, str]:
        """The body as a form; of a repeated field the last value counts. Raises BadRequest."""
        return parse_form(self.body)

    @property
    def address(self) -> str:
        """The caller's network address."""
        return client_address(self.request)

    @property
    def bearer(self) -> str:
        """The token of the Authorization header; empty without one."""
        scheme, _, token = self.request.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""


def request_id(request: Request) -> str:
    """The caller's X-Request-Id if it is harmless, else a new one."""
    given = request.headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else str(ids.new_id())


async def read_body(request: Request, *, limit: int) -> bytes:
    """The body, reading no more than `limit` bytes. Raises TooLarge, and BadRequest when the sender hangs up before its end."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > limit:
        raise TooLarge(f"The body is longer than {limit} bytes.")
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > limit:
                raise TooLarge(f"The body is longer than {limit} bytes.")
            parts.append(part)
    except ClientDisconnect as gone:
        raise BadRequest("The sender hung up before the body ended.") from gone
    return b"".join(parts)


def parse_json(body: bytes, *, deepest: int = DEEPEST_JSON) -> Any:
    """`body` as JSON (UTF-8; NaN and Infinity refused; at most `deepest` levels). Raises BadRequest."""
    try:
        value = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not JSON that we can read.") from error
    level = [value]
    for _ in range(deepest):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return value
    raise BadRequest(f"The body is nested deeper than {deepest} levels.")


def parse_form(body: bytes) -> dict[str, str]:
    """`body` as an URL-encoded form. Raises BadRequest."""
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"))
    except ValueError as error:
        raise BadRequest("The body is not a form that we can read.") from error


def client_address(request: Request) -> str:
    """Who calls: the peer, or what the nearest proxy says when the peer is on a private network."""
    peer = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "").rsplit(",", 1)[-1].strip()
    if forwarded and _is_private(peer) and _parsed(forwarded):
        return forwarded
    return peer or "unknown"


def _children(value: Any) -> list:
    if isinstance(value, dict):
        return [child for child in value.values() if isinstance(child, dict | list)]
    return [child for child in value if isinstance(child, dict | list)] if isinstance(value, list) else []


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _is_private(address: str) -> bool:
    parsed = _parsed(address)
    return bool(parsed and (parsed.is_private or parsed.is_loopback))


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None
