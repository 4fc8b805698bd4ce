"""Where does one installation keep its data? Everything below one folder, `ZRG_HOME`, `.zrg/` by default."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from zrg_app.runtime.environment import CHECKOUT, variable


class RuntimeRefused(Exception):
    """A reason in one sentence why the product cannot run like this; shown without a traceback."""


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder of one installation; `root` is absolute."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Home":
        """Return the home that `ZRG_HOME` names, `.zrg/` in the checkout when it names none."""
        return cls(Path(variable("ZRG_HOME", str(CHECKOUT / ".zrg"))).expanduser().absolute())

    def ready(self) -> "Home":
        """Create the folder if needed and return self; raises RuntimeRefused when it cannot be written."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RuntimeRefused(f"Cannot create the data folder {self.root}: {error.strerror}.") from error
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise RuntimeRefused(f"The data folder {self.root} is not writable by this user.")
        return self

    def path(self, *parts: str) -> Path:
        """Return the path of `parts` below the home."""
        return self.root.joinpath(*parts)

    def secret(self, name: str, content: str) -> str:
        """Return the secret kept in file `name`, writing `content` with mode 600 when there is none yet."""
        path = self.path(name)
        if not path.exists():
            fresh = path.with_suffix(f".{os.getpid()}")
            fresh.touch(mode=0o600)
            fresh.write_text(content)
            fresh.rename(path)
        return path.read_text().strip()


class Locked(Exception):
    """Somebody else holds the lock."""


@contextmanager
def held(path: Path) -> Iterator[IO[str]]:
    """Hold the lock file `path` for the block; raises Locked at once when another process holds it.

    The kernel releases it when its holder dies, so there are no stale locks.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Locked(str(path)) from error
        yield handle
