"""How do lists of words in many languages become one pattern over folded text?"""

import re
import unicodedata
from collections.abc import Iterable

from zrg_app.services.reading.characters import folded

_UNSPACED = "\u0e00"
"""From here on (Thai, Chinese, Japanese, Korean) words stand without spaces around them."""


def listed(block: str) -> tuple[str, ...]:
    """Return the phrases of a block, one per line or separated by `|`, folded, longest first."""
    phrases = {folded(phrase).strip() for line in block.splitlines() for phrase in line.split("|")}
    return tuple(sorted(phrases - {""}, key=lambda phrase: (-len(phrase), phrase)))


def any_of(phrases: Iterable[str] | str) -> str:
    """Return pattern text that matches any of the phrases; a space in a phrase matches any run of spaces."""
    words = listed(phrases) if isinstance(phrases, str) else phrases
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


def whole(phrases: Iterable[str] | str) -> str:
    """Return pattern text like `any_of` that neither starts nor ends inside a word, where writing separates words."""
    words = listed(phrases) if isinstance(phrases, str) else tuple(phrases)
    spaced = [word for word in words if max(word) < _UNSPACED]
    unspaced = [word for word in words if max(word) >= _UNSPACED]
    alternatives = [r"(?<!\w)" + any_of(spaced) + r"(?!\w)"] if spaced else []
    return "(?:" + "|".join(alternatives + ([any_of(unspaced)] if unspaced else [])) + ")"


def pattern(*alternatives: str) -> re.Pattern[str]:
    """Compile patterns, written with their accents for the reader, for use on folded text."""
    joined = "|".join(f"(?:{alternative})" for alternative in alternatives)
    bare = "".join(mark for mark in unicodedata.normalize("NFD", joined) if not "\u0300" <= mark <= "\u036f")
    return re.compile(
        unicodedata.normalize("NFC", bare)
        .replace("ł", "l")
        .replace("ı", "i")
        .replace("ß", "ss")
        .replace("ø", "o")
        .replace("æ", "ae")
        .replace("đ", "d")
        .replace("œ", "oe")
    )
