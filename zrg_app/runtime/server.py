"""How is everything served from one port? Websocket, routes for programs and the built screens, by one process."""

import argparse
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import Any

import uvicorn
from reflex_base import constants
from reflex_base.environment import environment

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

# No other site may draw our screens in a frame and lead a click, guess another type for what we serve, or learn from the
# address of a page (it may hold the token of an invitation) where its reader came from.
GUARDS = ((b"x-frame-options", b"SAMEORIGIN"), (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"))


def guarded(app: Application) -> Application:
    """`app` whose every answer carries GUARDS."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        async def with_guards(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *GUARDS]
            await send(message)

        await app(scope, receive, with_guards if scope["type"] == "http" else send)

    return answer


def application() -> Any:
    """Return the whole product as one ASGI application, over the frontend that was built before."""
    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    product = import_module("zrg_app.zrg_app").app()
    return guarded(import_module("zrg_app.api.health").Timed(product))


def serve(host: str, port: int) -> None:
    """Serve on `host` and `port` until told to stop; open requests get ten seconds to finish."""
    uvicorn.run(
        application,
        factory=True,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=10,
        ws_max_size=1024 * 1024,
        proxy_headers=True,
    )


def main() -> None:
    """Read host and port from the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m zrg_app.runtime.server")
    parser.add_argument("--host", default="0.0.0.0")
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    serve(options.host, options.port)


if __name__ == "__main__":
    main()
