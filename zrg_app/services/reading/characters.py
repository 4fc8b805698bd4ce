"""What plain, bounded text lies under the invisible and look-alike characters of a message?"""

import unicodedata

MAX_BODY = 64_000
"""Longest message body, in characters, any rule of this package looks at; the rest is history or an attack."""

MAX_FIELD = 500
"""Longest single value (a phone number, an address, a link) any rule looks at, in characters."""

_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
_NOTHING = dict.fromkeys(
    map(
        ord,
        "\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
        "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\x00",
    )
)
_CLEAN = {**_SPACES, **_NOTHING}
_PLAIN = {
    **_CLEAN,
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02bc\u00b4`\u2032"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
}
_UNMARKED = {"ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}


def visible(text: str | None, limit: int = MAX_BODY) -> str:
    """Return at most `limit` characters, invisible marks removed, odd spaces made plain, line ends as newlines."""
    if not isinstance(text, str):
        return ""
    kept = text[:limit].translate(_CLEAN)
    return kept.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")


def plain(text: str | None, limit: int = MAX_BODY) -> str:
    """Return `visible` text with typographic quotes and dashes as their keyboard forms; the length may shrink."""
    return visible(text, limit).translate(_PLAIN)


def folded(text: str | None, limit: int = MAX_BODY) -> str:
    """Return text for comparing words: plain, lower case, Latin accents dropped; Hebrew or CJK letters are kept."""
    lowered = plain(text, limit).lower()
    if lowered.isascii():
        return lowered
    for letter, letters in _UNMARKED.items():
        lowered = lowered.replace(letter.lower(), letters)
    decomposed = unicodedata.normalize("NFD", lowered)
    bare = "".join(mark for mark in decomposed if not "\u0300" <= mark <= "\u036f")
    return unicodedata.normalize("NFC", bare)
