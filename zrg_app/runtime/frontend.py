"""Is the built frontend the one of these sources? Builds it when it is not, and only then."""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from zrg_app.runtime.environment import CHECKOUT
from zrg_app.runtime.home import Home, RuntimeRefused
from zrg_app.runtime.node import reflex_environment
from zrg_app.runtime.part import spawn

_SOURCES = ("zrg_app/pages", "zrg_app/state", "zrg_app/ui", "assets", "rxconfig.py", "zrg_app/zrg_app.py",
            "zrg_app/runtime/bundle.py", "reflex.lock", "requirements.txt")  # fmt: skip
_WEB = CHECKOUT / ".web"
_BUNDLE = _WEB / "build" / "client"
_STAMP = _WEB / "zrg-sources.sha256"

Say = Callable[[str], None]


def _source_files() -> Iterator[Path]:
    """Yield every file that decides what the bundle contains, in a stable order."""
    for name in _SOURCES:
        path = CHECKOUT / name
        if path.is_file():
            yield path
        for child in sorted(path.rglob("*")) if path.is_dir() else ():
            if child.is_file() and "__pycache__" not in child.parts and "external" not in child.parts:
                yield child


def fingerprint() -> str:
    """Return the hash of all frontend sources as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in _source_files():
        digest.update(f"{path.relative_to(CHECKOUT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_current() -> bool:
    """Say whether the bundle on disk was built from the present sources."""
    return (_BUNDLE / "index.html").exists() and _STAMP.exists() and _STAMP.read_text() == fingerprint()


def forget_build() -> None:
    """Make the next `ensure_frontend` build again, because something else writes into the build folder."""
    _STAMP.unlink(missing_ok=True)


def _build(home: Home) -> None:
    """Run the Reflex export; its output is kept in a file and its end shown when it fails."""
    log = home.path("frontend-build.log")
    environment = {**reflex_environment(home), "PYTHONWARNINGS": "ignore"}
    with log.open("wb") as output:
        process, lifeline = spawn("reflex", ("export", "--frontend-only", "--no-zip"), environment, output.fileno())
    try:
        process.wait()
    finally:
        os.close(lifeline)
    if process.returncode:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
        raise RuntimeRefused(f"The frontend could not be built; the end of {log}:\n{tail}")


def ensure_frontend(home: Home, say: Say) -> None:
    """Build the frontend if its sources changed, telling `say` about it; one build at a time per checkout.

    Raises RuntimeRefused with the end of the log when the build fails.
    """
    home.ready()
    # Several homes share one checkout and so one build; a file that is always there serves as the lock.
    with (CHECKOUT / "rxconfig.py").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_current():
            return
        say("building the screens, once per change of their sources (about half a minute)")
        began = time.monotonic()
        forget_build()
        _build(home)
        _STAMP.write_text(fingerprint())
        say(f"screens built in {time.monotonic() - began:.0f} s")
