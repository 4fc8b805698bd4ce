"""How long may the making of one draft take, and how much of that is one step's?"""

import time

from zrg_app.kit.errors import ModelFailed

TOTAL_SECONDS = 120.0
FAST_SECONDS = 20.0
STRATEGY_SHARE, GENERATION_SHARE, VERIFICATION_SHARE = 0.4, 0.6, 0.35
VERIFICATION_LEAST, VERIFICATION_MOST = 8.0, 45.0


class Deadline:
    """A span of seconds that began when this was made."""

    def __init__(self, seconds: float) -> None:
        """Begin to count."""
        self.seconds = seconds
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises ModelFailed(late) when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise ModelFailed("The model took too long.", code="late")
        return left

    def share(self, part: float, *, least: float = 0.0, most: float | None = None) -> float:
        """`part` of the whole span within `least` and `most`, never more than is left. Raises ModelFailed(late)."""
        wanted = max(self.seconds * part, least)
        return min(wanted if most is None else min(wanted, most), self.left())
