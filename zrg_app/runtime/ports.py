"""Which ports are free, and does something answer on one?"""

import socket
import time
from urllib.error import URLError
from urllib.request import urlopen

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int, host: str = "0.0.0.0") -> bool:
    """Say whether we could listen on `port` of interface `host`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def becomes_free(port: int, seconds: float) -> bool:
    """Wait up to `seconds` for `port` to be released; say whether it was."""
    deadline = time.monotonic() + seconds
    while not is_free(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def answers(url: str, seconds: float = 2.0) -> bool:
    """Say whether a GET of `url` is answered with a status below 400 within `seconds`."""
    try:
        with urlopen(url, timeout=seconds) as response:
            return response.status < 400
    except (URLError, OSError, ValueError):
        return False
