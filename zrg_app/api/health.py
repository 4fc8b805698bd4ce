"""Is it up, can it work, and what are the figures? `/api/health`, `/api/ready`, `/api/metrics`."""

import ipaddress
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zrg_app.kit import clock
from zrg_app.kit.digest import same
from zrg_app.kit.settings import settings
from zrg_app.services import ops

_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")

Message = MutableMapping[str, Any]
Application = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


async def health(_request: Request) -> Response:
    """The process answers; nothing else is asked."""
    return JSONResponse({"status": "ok", "version": ops.health.version(), "timestamp": clock.now().isoformat()})


def ready(_request: Request) -> Response:
    """200 when everything needed for work is there, else 503; the parts say what is missing."""
    parts = ops.health.readiness()
    is_ready = all(part.ok for part in parts)
    return JSONResponse({"status": "ready" if is_ready else "not ready",
                         "parts": {part.name: {"ok": part.ok, "detail": part.detail} for part in parts}},
                        status_code=200 if is_ready else 503)


def metrics(request: Request) -> Response:
    """Figures for Prometheus: with the bearer token when one is set, else for this machine only."""
    if not _may_measure(request):
        return JSONResponse({"error": "Metrics are for this machine, or for the bearer of ZRG_METRICS_TOKEN."}, status_code=401)
    return Response(ops.metrics.text(), media_type=CONTENT_TYPE_LATEST)


def _may_measure(request: Request) -> bool:
    if expected := settings().metrics_token:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and same(token.strip(), expected)
    # Behind a proxy everybody seems to sit on this machine.
    return _is_loopback(request) and not any(name in request.headers for name in _FORWARDED)


def _is_loopback(request: Request) -> bool:
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


class Timed:
    """ASGI middleware that measures how long each of our HTTP routes takes, under its pattern and not its address."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Pass on, and note the time until the answer begins."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def timed_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                _observe(scope, message["status"], time.perf_counter() - began)
            await send(message)

        await self._app(scope, receive, timed_send)


def _observe(scope: Message, status: int, seconds: float) -> None:
    route = scope.get("route")
    pattern = getattr(route, "path", None) or ("api" if scope["path"].startswith("/api/") else "page")
    ops.metrics.HTTP_SECONDS.labels(pattern, scope["method"], str(status)).observe(seconds)


ROUTES: list[Route] = [
    Route("/api/health", health, methods=["GET"]),
    Route("/api/ready", ready, methods=["GET"]),
    Route("/api/metrics", metrics, methods=["GET"]),
]
