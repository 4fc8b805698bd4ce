"""Which pages may open our websocket? Only those of our own host, so no other site can ride a session."""

from collections.abc import Mapping
from typing import Any

from zrg_app.kit.settings import settings
from zrg_app.services.access.origins import is_ours


def is_own_origin(origin: str | None, environ: Mapping[str, Any]) -> bool:
    """Say whether a websocket was opened by a page of ours, by the same rule as the forms of the door.

    Browsers always send the origin; a program without one is no visitor's browser and is let through.
    """
    if not origin:
        return True
    forwarded = environ.get("HTTP_X_FORWARDED_HOST", "").split(",")[0].strip()
    return is_ours(origin, hosts=(environ.get("HTTP_HOST", ""), forwarded), address=settings().address)


def accept_own_pages_only(app: Any) -> None:
    """Let only pages of our own origin open the websocket of the Reflex `app`, so no other site can ride a session."""
    app.sio.eio.cors_allowed_origins = is_own_origin
