"""What does a child process inherit? The only place of the runtime that reads the process environment."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
"""The folder that holds `zrg`, `rxconfig.py` and the packages."""


def variable(name: str, default: str = "") -> str:
    """Return environment variable `name` without surrounding whitespace, or `default` when unset or blank."""
    value = os.environ.get(name, "")  # fence: environ because parent and parts must agree before settings exist
    return value.strip() or default


def inherited(**changes: str) -> dict[str, str]:
    """Return a copy of the environment with `changes` applied, importing from the checkout whatever the folder."""
    own = dict(os.environ)  # fence: environ because a child needs the whole environment of its parent
    environment = {**own, "PYTHONUNBUFFERED": "1", **changes}
    paths = [str(CHECKOUT), *environment.get("PYTHONPATH", "").split(os.pathsep)]
    environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(path for path in paths if path))
    return environment
