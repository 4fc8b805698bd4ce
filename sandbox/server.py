"""How does a test or a script get a sandbox that really listens?"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from sandbox.app import create_app
from sandbox.client import SandboxControl
from sandbox.world import World, open_world

_PATIENCE = 15.0


@dataclass(frozen=True)
class Running:
    """A sandbox that listens: its address, its control client and, since it is in this process, its world."""

    base_url: str
    control: SandboxControl
    world: World


def configuration(world: World, **settings: object) -> uvicorn.Config:
    """Return the server settings the command and the tests share: quiet, pure Python, quick to stop."""
    return uvicorn.Config(create_app(world), http="h11", ws="none", loop="asyncio", lifespan="off", access_log=False,
                          log_level="warning", timeout_graceful_shutdown=1, **settings)  # type: ignore[arg-type]


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raises OSError when the port is taken.

    The protocol is named so that asyncio turns Nagle's algorithm off: without it every answer waits about 40 ms.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(512)
    except OSError:
        listening.close()
        raise
    return listening


@contextlib.contextmanager
def running(
    port: int = 0, product_url: str = "", state: Path | None = None, *, adopt_unknown: bool = False
) -> Iterator[Running]:
    """Run a sandbox on 127.0.0.1 in a thread until the block ends; port 0 takes a free one."""
    world = open_world(state, product_url=product_url, adopt_unknown=adopt_unknown)
    listening = listen("127.0.0.1", port)
    server = uvicorn.Server(configuration(world))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True, name="sandbox")
    thread.start()
    base_url = world.options.own_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        _wait_until(lambda: server.started or not thread.is_alive())
        with SandboxControl(base_url) as control:
            yield Running(base_url, control, world)
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)
        listening.close()
        world.store.close()


def _wait_until(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError("The sandbox did not start.")
        time.sleep(0.01)
