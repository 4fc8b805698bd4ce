"""How is the sandbox started from a shell?"""

import argparse
import logging
import os
import sys
from pathlib import Path

import uvicorn

from sandbox.server import configuration, listen
from sandbox.world import open_world


def main(arguments: list[str] | None = None) -> int:
    """Run the sandbox until it is told to stop; returns 1 with one sentence when the port is taken."""
    wanted = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="sandbox: %(message)s", stream=sys.stderr)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        listening = listen(wanted.host, wanted.port)
    except OSError as problem:
        logging.error("cannot listen on %s:%s (%s); choose another --port", wanted.host, wanted.port, problem.strerror)
        return 1
    world = open_world(wanted.state, product_url=wanted.product_url, adopt_unknown=wanted.adopt_unknown)
    world.options.own_url = f"http://{wanted.host}:{listening.getsockname()[1]}"
    logging.info("listening on http://%s:%s, webhooks go to %s", wanted.host, listening.getsockname()[1],
                 wanted.product_url or "nobody")
    try:
        uvicorn.Server(configuration(world)).run(sockets=[listening])
    except KeyboardInterrupt:
        logging.info("stopped")
    finally:
        world.store.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Stand-in providers over real HTTP.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("SANDBOX_PORT", "4010")),
                        help="port to listen on, 0 for a free one (default: SANDBOX_PORT or 4010)")
    parser.add_argument("--product-url", default=os.environ.get("SANDBOX_PRODUCT_URL", "http://127.0.0.1:3000"),
                        help="where webhooks are posted (default: %(default)s)")
    parser.add_argument("--state", type=Path, default=None, help="JSON lines file that survives a restart")
    parser.add_argument("--adopt-unknown", action="store_true",
                        help="take on contacts and replies the sandbox never issued instead of refusing them")
    return parser


if __name__ == "__main__":
    sys.exit(main())
