"""Who is asked, over which connections? One pool of connections per process and address."""

import atexit
import threading

import openai

from zrg_app.kit.settings import settings

CONNECT_SECONDS = 10.0

_clients: dict[tuple[str, str | None], openai.OpenAI] = {}
_lock = threading.Lock()


def is_available() -> bool:
    """Whether there is a model to ask: a key, or the sandbox's stand-in."""
    return bool(settings().openai_api_key or settings().sandbox_url)


def base_url() -> str | None:
    """Where models are asked: OPENAI_BASE_URL, else the sandbox, else None for the vendor's own address."""
    known = settings()
    return known.openai_base_url or (f"{known.sandbox_url}/openai/v1" if known.sandbox_url else None)


def client() -> openai.OpenAI:
    """The client of this process for the settings as they are; made once, so that connections are used again.

    It never tries again by itself: what is worth another try, and another bill, is decided in `trying.py`.
    """
    key = (settings().openai_api_key or "sandbox", base_url())
    with _lock:
        if key not in _clients:
            _clients[key] = openai.OpenAI(api_key=key[0], base_url=key[1], max_retries=0)
        return _clients[key]


def patience(seconds: float) -> openai.Timeout:
    """Time limits of one call: a server that cannot be reached is given up sooner than one that thinks."""
    return openai.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))


@atexit.register
def close() -> None:
    """Close all connections."""
    with _lock:
        for each in _clients.values():
            each.close()
        _clients.clear()
