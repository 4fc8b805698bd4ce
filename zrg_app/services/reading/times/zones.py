"""Which time zone does a piece of text name?"""

from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from zrg_app.services.reading.times.tokens import Token
from zrg_app.services.reading.times.words import PLACES, ZONES

_WORDS_ELSEWHERE = frozenset({"est", "et", "ist", "west", "ct", "pt", "mt", "z", "gst", "wet", "eastern", "central"})


def zone_of(token: Token, written: str) -> str:
    """Return an IANA name or an offset such as "+02:45"; "" when the piece is another language's word ("est", "ist").

    `written` is the piece before lower-casing, or "" when unknown.
    """
    if token.kind == "zoneoffset":
        return f"{token.parts['sign']}{int(token.parts['h']):02d}:{int(token.parts.get('mi') or 0):02d}"
    if token.kind == "place":
        country = {
            "uk": "Europe/London",
            "us": "America/New_York",
            "cet": "Europe/Berlin",
            "est": "America/New_York",
            "pst": "America/Los_Angeles",
        }
        return PLACES.get(token.parts.get("place", "")) or country.get(token.parts.get("country", ""), "")
    name = token.parts["zone"]
    if name in _WORDS_ELSEWHERE and written and written == name and name not in ("eastern", "central"):
        return ""
    return ZONES[name]


@lru_cache(maxsize=256)
def zone_info(name: str) -> tzinfo:
    """Return the zone of an IANA name or offset; UTC when there is no such zone."""
    if name[:1] in "+-" and name[1:3].isdigit():
        offset = timedelta(hours=int(name[1:3]), minutes=int(name[4:6]))
        return timezone(-offset if name[0] == "-" else offset) if offset < timedelta(hours=24) else UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC
