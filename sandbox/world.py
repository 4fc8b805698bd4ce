"""What does the sandbox know while it runs?"""

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.faults import FaultSwitches
from sandbox.received import ReceivedList
from sandbox.store import Store


@dataclass
class Options:
    """What a person may switch: where the product listens, and how strict the stand-in is. `own_url` is where it listens itself.

    `adopt_unknown`: contacts and replies that the sandbox never issued are taken on instead of refused.
    `enforce_limits`: the providers' documented request limits answer 429 instead of only being counted down.
    `slack_secret`: with what the presses on the control page are signed, the signing secret of the product's Slack app.
    """

    product_url: str = ""
    adopt_unknown: bool = False
    enforce_limits: bool = False
    own_url: str = ""
    slack_secret: str = "sandbox-signing-secret"


@dataclass
class World:
    """Rows, received list, fault switches, options and the last request times of each rate-limit window."""

    store: Store
    options: Options = field(default_factory=Options)
    faults: FaultSwitches = field(default_factory=FaultSwitches)
    windows: dict[str, deque[float]] = field(default_factory=dict)

    @property
    def received(self) -> ReceivedList:
        """Return the list of everything received."""
        return ReceivedList(self.store)

    def reset(self) -> None:
        """Forget rows, received list, faults and windows; options stay."""
        self.store.clear()
        self.faults.clear()
        self.windows.clear()

    def limit_left(self, name: str, at: float, seconds: float, most: int) -> int:
        """Count one request at `at` (epoch seconds) in a sliding window; return how many are left, or less than 0."""
        window = self.windows.setdefault(name, deque())
        while window and window[0] <= at - seconds:
            window.popleft()
        window.append(at)
        return most - len(window)


def open_world(state: Path | None = None, **options: Any) -> World:
    """Return a world that persists to `state` (JSON lines) when given, else lives in memory only."""
    return World(Store(state), Options(**options))
