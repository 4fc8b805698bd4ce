"""How is a public page fetched that a person named? From the open internet only, bounded, whatever it redirects to.

Every hop is resolved by us and connected to by the address that was looked at, so that a name that answers differently a
moment later leads nowhere else. With the sandbox in use, hosts below `.example` are its stand-in pages.
"""

import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from zrg_app.integrations import transport
from zrg_app.kit.errors import ProviderDown, ProviderRefused
from zrg_app.kit.settings import settings

MOST_BYTES = 2 * 1024 * 1024
SECONDS = 20.0
MOST_HOPS = 5
_CLOSED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "192.88.99.0/24")))
_HEADERS = {"User-Agent": "ZRG-Inbox/1.0 (reads a page its owner named)", "Accept-Encoding": "gzip",
            "Accept": "text/html,text/plain,application/pdf;q=0.8,*/*;q=0.1"}
_PRIVATE = "This address is not on the open internet."
_TOO_LARGE = "This page is larger than 2 MB."

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was at an address, in the end."""

    url: str
    content_type: str
    content: bytes


def fetch(url: str) -> Page:
    """The page at `url`. Raises ProviderDown when it did not answer, ProviderRefused when there is nothing for us."""
    deadline, here = time.monotonic() + SECONDS, url
    for _ in range(MOST_HOPS):
        page, onward = _hop(here, deadline)
        if page is not None:
            return page
        here = urljoin(here, onward)
    raise ProviderRefused("This address sends its visitors round in circles.", code="page_circles")


@contextmanager
def resolving(resolve: Resolve) -> Iterator[None]:
    """Let the names of this context be looked up by `resolve(host, port)`, for tests."""
    token = _resolve.set(resolve)
    try:
        yield
    finally:
        _resolve.reset(token)


def is_open(address: str) -> bool:
    """Whether an IP address belongs to the open internet: not ours, not a neighbour's, not a way round through one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None)
    if inner is not None:
        return is_open(str(inner))
    return found.is_global and not found.is_multicast and not any(found in one for one in _CLOSED if one.version == found.version)


def _looked_up(host: str, port: int) -> list[str]:
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


_resolve: ContextVar[Resolve] = ContextVar("resolve", default=_looked_up)


def _hop(url: str, deadline: float) -> tuple[Page | None, str]:
    """One request: the page, or where it leads."""
    target, headers, extensions = _target(url)
    left = deadline - time.monotonic()
    if left <= 0:
        raise ProviderDown("This page is too slow.")
    try:
        with transport.passing_client() as client, client.stream(
                "GET", target, headers={**_HEADERS, **headers}, follow_redirects=False, timeout=httpx.Timeout(min(left, 10.0)),
                extensions=extensions) as response:
            if response.is_redirect:
                return None, response.headers["location"]
            if response.status_code >= 500:
                raise ProviderDown(f"This page failed on its side ({response.status_code}).")
            if response.status_code != 200:
                raise ProviderRefused(f"This page does not open for us ({response.status_code}).", code="page_closed")
            return Page(url=url, content_type=response.headers.get("content-type", ""), content=_bytes(response, deadline)), ""
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise ProviderDown("This page did not answer.") from error


def _target(url: str) -> tuple[str, dict[str, str], dict[str, object]]:
    """The address to connect to: by number, with the name told to the server. Raises ProviderRefused for what is not public."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError as error:
        raise ProviderRefused("This address is not valid.", code="page_address") from error
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        raise ProviderRefused("Only pages at http:// and https:// are fetched.", code="page_address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    stand_in = settings().sandbox_url
    if stand_in and host.endswith(".example"):
        return f"{stand_in}/web/{host}{path}", {}, {}
    number = _open_number(host, port or (443 if parts.scheme == "https" else 80))
    shown = f"[{number}]" if ":" in number else number
    place = f"{shown}:{port}" if port else shown
    named = f"{host}:{port}" if port else host
    return f"{parts.scheme}://{place}{path}", {"Host": named}, {"sni_hostname": host} if parts.scheme == "https" else {}


def _open_number(host: str, port: int) -> str:
    try:
        numbers = _resolve.get()(host, port)
    except (OSError, UnicodeError) as error:
        raise ProviderRefused("There is no site at this address.", code="page_address") from error
    if not numbers or not all(map(is_open, numbers)):
        raise ProviderRefused(_PRIVATE, code="page_private")
    return numbers[0]


def _bytes(response: httpx.Response, deadline: float) -> bytes:
    """The body, bounded while it comes and while it is unpacked: a small body may stand for a very large one."""
    packed = bytearray()
    for part in response.iter_raw():
        packed += part
        if len(packed) > MOST_BYTES:
            raise ProviderRefused(_TOO_LARGE, code="page_too_large")
        if time.monotonic() > deadline:
            raise ProviderDown("This page is too slow.")
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        return bytes(packed)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ProviderRefused("This page is packed in a way we do not read.", code="page_packed")
    try:
        found = zlib.decompressobj(wbits=47).decompress(packed, MOST_BYTES + 1)
    except zlib.error as error:
        raise ProviderDown("This page did not arrive whole.") from error
    if len(found) > MOST_BYTES:
        raise ProviderRefused(_TOO_LARGE, code="page_too_large")
    return found
