"""Which backend does a page talk to? Always the one it was loaded from, whatever its host and port."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Unpack
from urllib.parse import urlsplit

from reflex_base.plugins.base import Plugin, PostBuildContext

_LITERAL = re.compile(r"""(["'`])((?:https?|wss?)://localhost(?::\d+)?(/[\w-]+))\1""")


def _from_page(match: re.Match[str]) -> str:
    """Return the JavaScript that builds the matched endpoint from the origin of the open page."""
    scheme, path = urlsplit(match[2]).scheme, match[3]
    origin = "location.origin" if scheme.startswith("http") else 'location.origin.replace(/^http/,"ws")'
    return f"({origin}+{json.dumps(path)})"


def make_endpoints_relative(static_dir: Path) -> int:
    """Rewrite the endpoint addresses in the built bundle below `static_dir`; return how many were rewritten.

    Reflex bakes absolute addresses, port included, into one chunk. Computing them from `location` instead makes
    one build serve every host and port, also behind a proxy. Raises RuntimeError when there was nothing to rewrite,
    because then the bundle would talk to the wrong address without anybody noticing.
    """
    changed = 0
    for chunk in sorted(static_dir.rglob("reflex-env*.js")):
        text, count = _LITERAL.subn(_from_page, chunk.read_text())
        chunk.write_text(text)
        changed += count
    if not changed:
        raise RuntimeError(f"No endpoint addresses found in the frontend bundle below {static_dir}.")
    return changed


class PageOriginPlugin(Plugin):
    """Runs `make_endpoints_relative` after every production build."""

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Rewrite the freshly built bundle, before Reflex compresses it."""
        make_endpoints_relative(Path(context["static_dir"]))


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
