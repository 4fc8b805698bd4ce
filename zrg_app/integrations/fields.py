"""How is a value read out of JSON that somebody else wrote? Never raising, whatever its type is."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

_MISSING_WORDS = frozenset({"null", "none", "undefined", "nan"})
_LONGEST_ID = 200
_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:\.(\d{1,9}))?\d*\s*(Z|[+-]\d\d:?(?:\d\d)?|UTC)?", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[\W_]+")


def block(source: object, *path: str) -> Mapping:
    """The object at `path` inside `source`; empty when anything on the way is missing or no object."""
    for name in path:
        source = source.get(name) if isinstance(source, Mapping) else None
    return source if isinstance(source, Mapping) else {}


def items(value: object) -> list:
    """`value` as a list; empty when it is none."""
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str | bytes) else []


def words(value: object) -> str | None:
    """A text with something in it, trimmed, or None; the words for nothing ("null") are nothing.

    What PostgreSQL cannot keep is dropped here too: JSON inside a text of the body brings it past the reading of the body.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).replace("\x00", "").encode("utf-8", errors="ignore").decode("utf-8").strip()
    return text if text and text.lower() not in _MISSING_WORDS else None


def identifier(value: object) -> str | None:
    """An id as text, whether it came as a number or a string; None when it is no plausible one."""
    if isinstance(value, float):
        value = int(value) if value.is_integer() and abs(value) < 2**63 else None
    text = words(value)
    return text if text and len(text) <= _LONGEST_ID else None


def truth(value: object) -> bool:
    """A yes, however it is written."""
    return value is True or (isinstance(value, str | int) and str(value).strip().lower() in ("true", "1", "yes"))


def instant(value: object) -> datetime | None:
    """An aware instant in UTC from ISO text (Z, offsets, 0 to 9 digits of fraction), or None; without a zone it is UTC."""
    found = _INSTANT.fullmatch(words(value) or "")
    if not found:
        return None
    day, clock_time, seconds, fraction, zone = found.groups()
    offset = "+00:00" if zone is None or zone.upper() in ("Z", "UTC") else zone
    try:
        at = datetime.fromisoformat(f"{day}T{clock_time}{seconds or ':00'}.{(fraction or '0')[:6]:0<6}{offset}")
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def key_of(name: object) -> str:
    """A field name with case, spaces and punctuation taken away, for names that people choose."""
    return _NOT_A_WORD.sub("", str(name)).lower()


def by_key(source: Mapping) -> dict[str, object]:
    """The values of `source` under their names as `key_of` gives them; the first of equal names wins."""
    found: dict[str, object] = {}
    for name, value in source.items():
        found.setdefault(key_of(name), value)
    return found


def addresses(given: object) -> tuple[str, ...]:
    """The e-mail addresses of a list of texts or objects (`address` or `email`), or of one text with commas; at most 20."""
    parts = given.split(",") if isinstance(given, str) else items(given)
    found = [words(part.get("address") or part.get("email")) if isinstance(part, Mapping) else words(part) for part in parts]
    return tuple(address for address in found if address and "@" in address)[:20]
