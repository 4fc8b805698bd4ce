"""How is everything served from one port? Websocket, routes for programs and the built screens, by one process."""

import argparse
from importlib import import_module
from typing import Any

import uvicorn
from reflex_base import constants
from reflex_base.environment import environment


def application() -> Any:
    """Return the whole product as one ASGI application, over the frontend that was built before."""
    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    product = import_module("zrg_app.zrg_app").app()
    return import_module("zrg_app.api.health").Timed(product)


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
