"""How do lists of words in many languages become one pattern over folded text?"""

import re
from collections.abc import Iterable

from zrg_app.services.reading.characters import folded


def listed(block: str) -> tuple[str, ...]:
    """Return the phrases of a block, one per line or separated by `|`, folded, longest first."""
    phrases = {folded(phrase).strip() for line in block.splitlines() for phrase in line.split("|")}
    return tuple(sorted(phrases - {""}, key=lambda phrase: (-len(phrase), phrase)))


def any_of(phrases: Iterable[str] | str) -> str:
    """Return pattern text that matches any of the phrases; a space in a phrase matches any run of spaces."""
    words = listed(phrases) if isinstance(phrases, str) else phrases
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


def whole(phrases: Iterable[str] | str) -> str:
    """Return pattern text like `any_of` that neither starts nor ends inside a Latin or Cyrillic word."""
    return r"(?<!\w)" + any_of(phrases) + r"(?!\w)"
