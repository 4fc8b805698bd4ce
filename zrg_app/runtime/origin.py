"""Which pages may open our websocket? Only those of our own host, so no other site can ride a session."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def is_own_origin(origin: str | None, environ: Mapping[str, Any]) -> bool:
    """Say whether a websocket was opened by a page of ours: the host of its origin is the host it was opened on.

    Browsers always send the origin; a program without one is no visitor's browser and is let through.
    """
    if not origin:
        return True
    forwarded = environ.get("HTTP_X_FORWARDED_HOST", "").split(",")[0].strip()
    hosts = {environ.get("HTTP_HOST", "").lower(), forwarded.lower()} - {""}
    return urlsplit(origin).netloc.lower() in hosts


def accept_own_pages_only(app: Any) -> None:
    """Let only pages of our own origin open the websocket of the Reflex `app`, so no other site can ride a session."""
    app.sio.eio.cors_allowed_origins = is_own_origin
