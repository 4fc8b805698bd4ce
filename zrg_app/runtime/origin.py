"""Which backend does a page talk to? Always the one it was loaded from, whatever its host and port."""

import json
import re
from pathlib import Path
from typing import Unpack
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
