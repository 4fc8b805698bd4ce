"""Has a caller asked a stand-in provider too often within a minute?"""

from sandbox import clock
from sandbox.exchange import Answer
from sandbox.world import World

SECONDS = 60


def over(world: World, name: str, most: int, refusal: Answer) -> Answer | None:
    """Count one call; return `refusal`, with the seconds to wait, past `most` a minute when limits are enforced."""
    left = world.limit_left(name, clock.now().timestamp(), SECONDS, most)
    if left >= 0 or not world.options.enforce_limits:
        return None
    refusal.headers["retry-after"] = str(SECONDS)
    return refusal


def left(world: World, name: str, most: int) -> str:
    """Return how many calls are left in this minute, as providers write it into a header."""
    return str(max(most - len(world.windows.get(name, ())), 0))
