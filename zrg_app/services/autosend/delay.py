"""How long does a message wait before it leaves by itself? The same answer for the same reply, however often it is asked. Pure."""

import hashlib
from datetime import datetime, timedelta

SOON = timedelta(seconds=30)
LONGEST = 7 * 24 * 3600


def drawn(seed: str, least: int, most: int) -> int:
    """Seconds between `least` and `most`, both included, drawn from `seed` (the id of the reply)."""
    least, most = max(0, min(least, LONGEST)), max(0, min(most, LONGEST))
    spread = max(0, most - least)
    return least + int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") % (spread + 1)


def leaves_at(seed: str, received_at: datetime, now: datetime, *, least: int, most: int) -> datetime:
    """When it may leave: counted from the reply; in half a minute when that has passed; now when no delay is wanted."""
    wait = drawn(seed, least, most)
    if wait == 0:
        return now
    at = received_at + timedelta(seconds=wait)
    return at if at > now else now + SOON
