"""What does a program get when it goes wrong? One JSON shape: `{"error": {"code", "message", "request_id"}}`.

`@door()` makes a Starlette endpoint of a plain function: it reads the body within a limit, runs the function in a thread and
turns whatever it raises into that shape. This is the API's edge: the only broad except of this layer.
"""

import functools
import math
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from zrg_app.api.requests import SMALL_BODY, BadRequest, Call, read_body, request_id
from zrg_app.kit import logs
from zrg_app.kit.db import is_unstorable
from zrg_app.kit.errors import Broken, Outside, Refused, ZrgError

log = logs.get_logger()
Endpoint = Callable[[Request], Awaitable[Response]]
Function = Callable[[Call], Response | Mapping[str, Any] | list]
OnError = Callable[[Call, Exception], Response]


def answer_error(call: Call, error: Exception) -> Response:
    """The JSON answer to `error`. What is not ours says nothing of itself: the request id finds it in the log."""
    status, code, sentence, headers = 500, "internal", "Something went wrong on our side.", {}
    if isinstance(error, Refused | Outside):
        status, code, sentence = error.status, error.reason, error.sentence
        if retry_after := getattr(error, "retry_after", None):
            headers["Retry-After"] = str(math.ceil(retry_after))
    elif is_unstorable(error):
        status, code, sentence = 400, "unstorable", "The request holds a character or number that cannot be kept. Take it out."
    elif isinstance(error, OperationalError):
        status, code, sentence = 503, "database_down", "The database does not answer. Try again in a moment."
        headers["Retry-After"] = "5"
    body = {"error": {"code": code, "message": sentence, "request_id": call.request_id}}
    return JSONResponse(body, status_code=status, headers={**headers, "X-Request-Id": call.request_id})


def door(*, limit: int = SMALL_BODY, on_error: OnError = answer_error) -> Callable[[Function], Endpoint]:
    """Make an endpoint of `function(call)`; it may return a Response, or what becomes JSON. Bodies over `limit` are 413."""

    def decorate(function: Function) -> Endpoint:
        @functools.wraps(function)
        async def endpoint(request: Request) -> Response:
            call = Call(request=request, request_id=request_id(request))
            with structlog.contextvars.bound_contextvars(request=call.request_id):
                try:
                    body = await read_body(request, limit=limit)
                    call = Call(request=request, request_id=call.request_id, body=body)
                    answer = _response(await run_in_threadpool(function, call))
                except ClientDisconnect:
                    return Response(status_code=400)
                except Exception as error:  # fence: broad-except because this is the edge of the API
                    _report(request, error)
                    answer = on_error(call, error)
            answer.headers.setdefault("X-Request-Id", call.request_id)
            return answer

        return endpoint

    return decorate


async def not_found(request: Request, _error: Exception) -> Response:
    """Starlette's handler for an unknown path below /api."""
    return answer_error(_bare(request), _NoSuchPath("There is nothing at this address."))


async def wrong_method(request: Request, _error: Exception) -> Response:
    """Starlette's handler for a known path asked with another method."""
    return answer_error(_bare(request), _WrongMethod("This address does not take this method."))


class _NoSuchPath(Refused):
    """There is no such address."""

    code, status = "not_found", 404


class _WrongMethod(Refused):
    """The address is there but takes another method."""

    code, status = "method_not_allowed", 405


EXCEPTION_HANDLERS = {404: not_found, 405: wrong_method}


def _bare(request: Request) -> Call:
    return Call(request=request, request_id=request_id(request))


def _response(answer: Response | Mapping[str, Any] | list) -> Response:
    return answer if isinstance(answer, Response) else JSONResponse(answer)


def _report(request: Request, error: Exception) -> None:
    path = request.url.path
    if isinstance(error, BadRequest):
        log.info("api.unreadable", path=path)
    elif isinstance(error, OperationalError):
        # Every call of an outage says the same; a trace of each would bury what happened.
        log.error("api.database_unavailable", path=path, error=type(error.orig).__name__)
    elif isinstance(error, ZrgError) and not isinstance(error, Broken):
        log.info("api.refused", path=path, code=error.reason, status=error.status)
    elif is_unstorable(error):
        log.warning("api.unstorable", path=path, exc_info=error)
    else:
        log.error("api.broken", path=path, exc_info=error)
