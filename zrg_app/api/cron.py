"""How does an outside clock start work? `GET|POST /api/cron/<name>` with the cron secret; the work itself runs later.

FACTS section 22.1: 503 when no secret is configured, 401 for a wrong one, 202 when dispatched, 503 when that failed.
"""

from collections.abc import Callable

import psycopg
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zrg_app.kit import clock
from zrg_app.kit.digest import same
from zrg_app.kit.logs import get_logger
from zrg_app.kit.settings import settings
from zrg_app.services import ops

log = get_logger()


def cron_route(name: str) -> Route:
    """The route of one line of `ops.cron.CRON`."""
    return Route(f"/api/cron/{name}", _endpoint(name), methods=["GET", "POST"], name=f"cron {name}")


def refused(request: Request) -> Response | None:
    """Why this caller may not start anything, or None: bearer token or the older `x-cron-secret` header."""
    expected = settings().cron_secret
    if not expected:
        log.warning("cron.not_configured")
        return JSONResponse({"error": "Cron endpoint not configured: set CRON_SECRET."}, status_code=503)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    bearer = token.strip() if kind.lower() == "bearer" else None
    # Both are compared, so the time does not tell which header was wrong.
    if same(bearer, expected) | same(request.headers.get("x-cron-secret"), expected):
        return None
    return JSONResponse({"error": "Unauthorized"}, status_code=401, headers={"WWW-Authenticate": "Bearer"})


def _endpoint(name: str) -> Callable[[Request], Response]:
    def start(request: Request) -> Response:
        return refused(request) or _dispatched(name)

    return start


def _dispatched(name: str) -> Response:
    try:
        done = ops.cron.dispatch(name)
    except (psycopg.Error, DBAPIError) as error:
        log.error("cron.dispatch_failed", name=name, error=type(error).__name__)
        return JSONResponse({"success": False, "error": "The database did not take it; call again."}, status_code=503)
    return JSONResponse({
        "success": True, "mode": "dispatch-only", "function": done.function_name, "dispatchKey": done.dispatch_key,
        "correlationId": done.correlation_id, "enqueued": done.is_new, "timestamp": clock.now().isoformat()}, status_code=202)


ROUTES: list[Route] = [cron_route(name) for name in ops.cron.CRON]
