"""What do we change about a Reflex build? Its pages talk to the server they came from, and its lock names no host."""

import json
import re
from pathlib import Path
from typing import Unpack
from urllib.parse import urlsplit

from reflex_base.plugins.base import Plugin, PostBuildContext

from zrg_app.runtime.environment import CHECKOUT
from zrg_app.runtime.npm_lock import tidy_lock

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


class BundlePlugin(Plugin):
    """Mends every production build; the files of the build are in `.web`, what is committed is in `reflex.lock`."""

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Rewrite the freshly built bundle, before Reflex compresses it, and tidy both copies of the npm lock."""
        static_dir = Path(context["static_dir"])
        make_endpoints_relative(static_dir)
        for folder in (CHECKOUT / "reflex.lock", CHECKOUT / ".web"):
            tidy_lock(folder / "package-lock.json")
