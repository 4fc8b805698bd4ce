"""Which npm packages does the frontend use? The committed lock says, without naming a host."""

import json
from pathlib import Path

_NAMES_A_HOST = ("resolved", "funding")


def tidy_lock(path: Path) -> None:
    """Drop from the npm lock at `path` what names a host: where a package came from and who pays its author."""
    if not path.exists():
        return
    text = path.read_text()
    lock = json.loads(text)
    for package in lock.get("packages", {}).values():
        for key in _NAMES_A_HOST:
            package.pop(key, None)
    tidy = json.dumps(lock, indent=2) + "\n"
    if tidy != text:
        path.write_text(tidy)
