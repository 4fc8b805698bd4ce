"""How does a test speak to our routes over real HTTP? Through uvicorn on a free port, in a thread of this process."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

_LONGEST_START = 20.0


@contextmanager
def serving(routes: Sequence[BaseRoute]) -> Iterator[str]:
    """The base address of a server with `routes`; stopped when the block ends."""
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=list(routes)), host="127.0.0.1", port=0, log_level="warning", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + _LONGEST_START
    while not server.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.01)
    assert server.started, "the server did not start"
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
