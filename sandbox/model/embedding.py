"""How does the stand-in turn a text into a vector? It counts words by their hash: the same words lie in the same direction."""

import hashlib
import math
import re

DIMENSIONS = 256
_WORD = re.compile(r"\w+")


def embedded(text: str) -> list[float]:
    """Return a vector of length 1; a text without words points along the first axis."""
    counts = [0.0] * DIMENSIONS
    for word in _WORD.findall(text.lower()):
        counts[_place(word)] += 1.0
    length = math.sqrt(sum(count * count for count in counts))
    if not length:
        return [1.0] + [0.0] * (DIMENSIONS - 1)
    return [round(count / length, 7) for count in counts]


def _place(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest()) % DIMENSIONS
