"""How do we call a provider over HTTP? One client, time limits, one shared rate limit, and one reading of what went wrong."""

import atexit
import json
import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, quote_plus

import httpx

from zrg_app.integrations.base import Account, RateLimit, Upload
from zrg_app.kit import clock
from zrg_app.kit.errors import OutcomeUnknown, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused, ZrgError
from zrg_app.kit.logs import get_logger

log = get_logger()

BODY_SECONDS = 10.0
MOST_BYTES = 5_000_000
LONGEST_WAIT = 900.0
READ_SECONDS = 20.0
_SAID = 240

Permit = Callable[[str, RateLimit], float]
Pause = Callable[[str, float], None]
Explain = Callable[[int, str], ZrgError | None]
Judge = Callable[[int, Mapping[str, Any], str], ZrgError | None]

_client: httpx.Client | None = None
_client_lock = threading.Lock()
_through: ContextVar[httpx.Client | None] = ContextVar("http_client", default=None)
_patience: ContextVar[float] = ContextVar("patience", default=READ_SECONDS)
_permit: Permit | None = None
_pause: Pause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call. `path` starts with a slash and follows the account's base URL. `sends` says that it may reach a person, so
    that silence means "it may have happened". `explain` may name a refusal from its status and text better than we can.
    `form` and `files` are sent instead of `body`, as multipart/form-data: a list repeats its field, None leaves it out, and
    every file goes under the name `file_field`.
    `judge` is asked first, whatever the status, with the status, the decoded error body (empty when it is no object) and what
    it says: for providers whose errors are told apart by their body. `counted` names calls the provider counts apart from the
    account's others, such as invitations or those to one costly address; they are held apart, too. Without `answer_matters`
    the status says all, and the body may be anything.
    """

    account: Account
    title: str
    method: str
    path: str
    limit: RateLimit
    headers: Mapping[str, str] = field(repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    query: Mapping[str, Any] | None = field(default=None, repr=False)
    sends: bool = False
    explain: Explain | None = None
    form: Mapping[str, object] | None = None
    files: tuple[Upload, ...] = ()
    file_field: str = "attachments"
    judge: Judge | None = None
    counted: str = ""
    answer_matters: bool = True


class Held(float):
    """Seconds to wait because the provider asked for it, not because our own count is full."""


def install(permit: Permit, pause: Pause) -> None:
    """Say who counts our calls over all processes. `permit(key, limit)` counts one call and returns 0, or returns the seconds
    to wait (`Held` ones where the provider wants it so); `pause(key, seconds)` is told when a provider asked us to wait."""
    global _permit, _pause
    _permit, _pause = permit, pause


def account_key(account: Account, counted: str = "") -> str:
    """The name a provider counts our calls under."""
    return f"{account.provider}:{account.external_id or account.workspace_id}" + (f":{counted}" if counted else "")


def hold(account: Account, counted: str, seconds: float) -> None:
    """Make no more calls that are counted as `counted` for `seconds`, in any process, because the provider will soon refuse them."""
    if _pause:
        _pause(account_key(account, counted), seconds)


def call(request: Request) -> Any:
    """Make one call and return the decoded JSON of its answer (None when it is empty).

    Raises ProviderBusy (wait), ProviderLocked (credentials), ProviderRefused (no), ProviderDown (nothing happened, try again),
    and for `sends` OutcomeUnknown whenever the request left and we do not know what became of it.
    """
    key = account_key(request.account, request.counted)
    wait = _permit(key, request.limit) if _permit else 0.0
    if wait > 0:
        raise ProviderBusy(_why_wait(request, wait), retry_after=wait)
    started = time.perf_counter()
    status, text, headers = _exchange(request)
    log.debug("transport.answered", provider=request.account.provider, method=request.method, status=status,
              milliseconds=round((time.perf_counter() - started) * 1000))
    if 200 <= status < 300:
        return _decoded(request, text) if request.answer_matters else None
    error = _error(request, status, text, headers)
    if isinstance(error, ProviderBusy) and _pause:
        _pause(key, error.retry_after)
    raise error


@contextmanager
def through(transport: httpx.BaseTransport) -> Iterator[None]:
    """Let the calls of this context go through `transport` instead of the network."""
    with httpx.Client(transport=transport) as client:
        token = _through.set(client)
        try:
            yield
        finally:
            _through.reset(token)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Let the calls of this context wait at most `seconds` for an answer, because a person is waiting for it."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


def _why_wait(request: Request, wait: float) -> str:
    if isinstance(wait, Held):
        minutes = math.ceil(wait / 60)
        spelled = f"{math.ceil(wait)} s" if wait < 90 else f"{minutes} minutes" if minutes < 120 else f"{math.ceil(minutes / 60)} hours"
        return f"{request.title} has asked us to make no more calls for now; we go on in {spelled}."
    return f"{request.title} allows {request.limit.calls} calls in {request.limit.seconds:g} s; we wait our turn."


def _limits() -> httpx.Timeout:
    return httpx.Timeout(connect=5.0, read=_patience.get(), write=5.0, pool=5.0)


def client() -> httpx.Client:
    """The one client every call goes through."""
    global _client
    own = _through.get()
    if own is not None:
        return own
    with _client_lock:
        if _client is None:
            _client = httpx.Client(limits=httpx.Limits(max_connections=64, max_keepalive_connections=16),
                                   headers={"User-Agent": "zrg-inbox"})
            # Its idle connections would be thrown away open, with a warning at the very end.
            atexit.register(_client.close)
        return _client


@contextmanager
def passing_client() -> Iterator[httpx.Client]:
    """A client for one call to a stranger: no cookie and no connection of it is met by the next."""
    own = _through.get()
    if own is not None:
        yield own
        return
    with httpx.Client() as client:
        yield client


def _exchange(request: Request) -> tuple[int, str, httpx.Headers]:
    try:
        address = request.account.base_url.rstrip("/") + request.path
        with client().stream(request.method, address, headers=dict(request.headers), json=request.body,
                            files=_parts(request), params=request.query, timeout=_limits()) as response:
            return response.status_code, _text(response), response.headers
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        raise ProviderDown(f"{request.title} could not be reached.") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        sentence = f"The address of {request.title} cannot be used; check it in Settings."
        raise ProviderRefused(sentence, code="bad_address") from error
    except (httpx.LocalProtocolError, UnicodeEncodeError):
        # The cause would print the header, and so the credential.
        sentence = f"The credentials of {request.title} hold characters that cannot be sent; enter them again."
        raise ProviderLocked(sentence) from None
    except httpx.HTTPError as error:
        raise _silence(request, f"{request.title} took the request and did not answer.") from error


def _parts(request: Request) -> list[tuple[str, Any]] | None:
    """The parts of a form, each its own: httpx would send a form without files urlencoded, which not everybody reads."""
    fields = [(name, (None, _written(value))) for name, given in (request.form or {}).items()
              for value in (given if isinstance(given, list | tuple) else [given]) if value is not None]
    files = [(request.file_field, (file.name, file.content, file.content_type)) for file in request.files]
    return [*fields, *files] or None


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(response: httpx.Response) -> str:
    # httpx limits each read; a server that drips one byte at a time is limited here.
    deadline = time.perf_counter() + BODY_SECONDS
    parts, size = [], 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES or time.perf_counter() > deadline:
            raise httpx.ReadTimeout("The answer is too long or too slow.")
    return b"".join(parts).decode("utf-8", "replace")


def _silence(request: Request, sentence: str) -> ZrgError:
    return OutcomeUnknown(sentence) if request.sends else ProviderDown(sentence)


def _decoded(request: Request, text: str) -> Any:
    try:
        return json.loads(text) if text.strip() else None
    except (ValueError, RecursionError) as error:
        raise _silence(request, f"{request.title} answered with something that is not JSON.") from error


def _error(request: Request, status: int, text: str, headers: httpx.Headers) -> ZrgError:
    title, told = request.title, said(request.account, text)
    judged = request.judge(status, _body_of(text), told) if request.judge else None
    if isinstance(judged, ProviderBusy) and "retry-after" in headers:
        # How long the provider itself says to wait is better known than what its limits usually mean.
        return ProviderBusy(f"{title} asks us to slow down.", retry_after=_retry_after(headers))
    if judged is not None:
        return judged
    if status == 429:
        return ProviderBusy(f"{title} asks us to slow down.", retry_after=_retry_after(headers))
    if status in (401, 403):
        return ProviderLocked(f"{title} does not accept our credentials{': ' + told if told else '.'}")
    if status >= 500 or status == 408:
        return _silence(request, f"{title} failed on its side ({status}).")
    explained = request.explain(status, told) if request.explain else None
    if explained is not None:
        return explained
    code = "not_found" if status == 404 else "invalid_request" if status in (400, 422) else "refused"
    return ProviderRefused(f"{title} refused ({status}): {told}" if told else f"{title} refused ({status}).", code=code)


def said(account: Account, text: str) -> str:
    """What an answer says, as `message_of` reads it, without the account's credentials, cut or whole."""
    return _without_secrets(account, message_of(_without_secrets(account, text)))


def _body_of(text: str) -> Mapping[str, Any]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def message_of(text: str) -> str:
    """What a provider's error body says, in one line of at most 240 characters; empty when it says nothing readable."""
    body = _body_of(text)
    for holder in (body, body.get("data")):
        for name in ("message", "error", "detail", "title") if isinstance(holder, dict) else ():
            said = holder.get(name)
            if isinstance(said, dict):
                said = said.get("message")
            if isinstance(said, list):
                said = "; ".join(str(item) for item in said)
            if isinstance(said, str) and said.strip():
                return " ".join(said.split())[:_SAID]
    return ""


def _without_secrets(account: Account, text: str) -> str:
    for secret in account.credentials.values():
        if len(secret) >= 6:
            # A provider that repeats the address repeats a key of the query as it was written there.
            for written in (secret, quote(secret, safe=""), quote_plus(secret)):
                text = text.replace(written, "••••")
    return text


def _retry_after(headers: httpx.Headers) -> float:
    given = headers.get("retry-after", "").strip()
    try:
        seconds = float(given)
    except ValueError:
        seconds = _until(given)
    # float() also reads "nan" and "inf", which no clock can wait for.
    return min(max(seconds, 1.0), LONGEST_WAIT) if math.isfinite(seconds) else 10.0


def _until(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, TypeError):
        return 10.0
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - clock.now()).total_seconds()
