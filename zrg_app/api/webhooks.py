"""Through which addresses do providers speak to us, and how is each answered? Thin: the decisions are `services/inbound`.

Handlers read the body on the event loop, bounded, and do the rest in a few threads of their own. Measured on the minimal
endpoint of `benchmarks/webhooks.py`, eight threads and psycopg's asynchronous pool kept the same number of webhooks per second
(1,590 and 1,520), so the product has one way to its database and not two.
"""

from collections.abc import Awaitable, Callable

import anyio.to_thread
import psycopg
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zrg_app.api.requests import read_body
from zrg_app.kit import logs
from zrg_app.kit.errors import Invalid, Refused
from zrg_app.kit.settings import settings
from zrg_app.services import inbound

# Eight commits at once beat more on two cores (PERFORMANCE section 3).
_AT_ONCE = 8
_RETRY_AFTER = {"Retry-After": "60"}

Door = Callable[[inbound.Request], dict[str, object] | None]


_limiter: RunVar[CapacityLimiter] = RunVar("webhook_threads")


def _threads() -> CapacityLimiter:
    try:
        return _limiter.get()
    except LookupError:
        limiter = CapacityLimiter(_AT_ONCE)
        _limiter.set(limiter)
        return limiter


def _handler(door: Door) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        if request.method in ("GET", "HEAD"):
            return JSONResponse({"status": "ok", "endpoint": request.url.path.split("/webhooks/", 1)[-1].split("/")[0]})
        try:
            body = await read_body(request, limit=settings().webhook_max_bytes)
            came = inbound.Request(body=body, content_type=request.headers.get("content-type"), offered=_offered(request),
                                   client_id=request.path_params.get("client_id") or request.query_params.get("clientId"),
                                   headers={name.lower(): value for name, value in request.headers.items()})
            answer = await anyio.to_thread.run_sync(door, came, limiter=_threads())
            return JSONResponse(answer) if answer is not None else Response(status_code=200)
        except Refused as refusal:
            status = 400 if isinstance(refusal, Invalid) else refusal.status
            return JSONResponse({"error": refusal.sentence}, status_code=status)
        except psycopg.errors.ForeignKeyViolation:
            # The workspace was removed in the seconds its address is remembered.
            return JSONResponse({"error": "Client not found"}, status_code=404)
        except (psycopg.OperationalError, OperationalError, PoolExhausted) as error:
            logs.get_logger().error("inbound.database_unavailable", error=type(error).__name__)
            return JSONResponse({"error": "The database is not available; try again."}, status_code=503, headers=_RETRY_AFTER)
        except (psycopg.Error, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
            logs.get_logger().exception("inbound.door_failed", path=request.url.path.split("/webhooks/", 1)[0])
            return JSONResponse({"error": "Internal error"}, status_code=500)

    return handle


def _offered(request: Request) -> tuple[str, ...]:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    shown = (request.path_params.get("secret"), request.query_params.get("secret"), request.headers.get("x-webhook-secret"),
             token.strip() if scheme.lower() == "bearer" else None)
    return tuple(secret for secret in shown if secret)


_METHODS = ["GET", "POST"]
_ghl_sms = _handler(inbound.ghl_sms)
_email = _handler(inbound.email)
_smartlead = _handler(inbound.smartlead)
_instantly = _handler(inbound.instantly)
_linkedin = _handler(inbound.linkedin)
_calendly = _handler(inbound.calendly)
_clay = _handler(inbound.clay_answer)
_slack = _handler(inbound.slack_interactions)

ROUTES = [
    Route("/api/webhooks/ghl/sms", _ghl_sms, methods=_METHODS),
    Route("/api/webhooks/ghl/sms/{secret}", _ghl_sms, methods=_METHODS),
    Route("/api/webhooks/email", _email, methods=_METHODS),
    Route("/api/webhooks/email/{secret}", _email, methods=_METHODS),
    Route("/api/webhooks/smartlead", _smartlead, methods=_METHODS),
    Route("/api/webhooks/smartlead/{secret}", _smartlead, methods=_METHODS),
    Route("/api/webhooks/instantly", _instantly, methods=_METHODS),
    Route("/api/webhooks/instantly/{secret}", _instantly, methods=_METHODS),
    Route("/api/webhooks/linkedin", _linkedin, methods=_METHODS),
    Route("/api/webhooks/linkedin/{secret}", _linkedin, methods=_METHODS),
    Route("/api/webhooks/calendly/{client_id}", _calendly, methods=_METHODS),
    Route("/api/webhooks/clay", _clay, methods=_METHODS),
    Route("/api/webhooks/clay/{secret}", _clay, methods=_METHODS),
    Route("/api/webhooks/slack/interactions", _slack, methods=_METHODS),
]
"""The doors for webhooks, for the web application to mount."""
