"""How long may something that asks several models take in all, and how much of that is one call's?"""

import time

from zrg_app.kit.errors import ModelFailed

LATE = "The model took too long."


class Deadline:
    """A span of seconds that began when this was made. `ask(..., timeout=deadline.share(0.4))` takes part of it."""

    def __init__(self, seconds: float) -> None:
        """Begin to count."""
        self.seconds = seconds
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises ModelFailed(late) when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise ModelFailed(LATE, code="late")
        return left

    def share(self, part: float, *, least: float = 0.0, most: float | None = None) -> float:
        """Seconds for one call: `part` of the whole, within `least` and `most`, and never more than is left.

        Raises ModelFailed(late) when nothing is left.
        """
        wanted = max(self.seconds * part, least)
        return min(wanted if most is None else min(wanted, most), self.left())
