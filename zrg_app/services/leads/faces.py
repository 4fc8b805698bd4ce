"""How is a lead called and drawn: full name, initials and a colour that stays the same? Pure."""

import zlib


def full_name(first: str | None, last: str | None, email: str | None = None, phone: str | None = None) -> str:
    """The name to show; without one the address or number, else a plain word."""
    return " ".join(part for part in ((first or "").strip(), (last or "").strip()) if part) or email or phone or "Unknown lead"


def initials(name: str) -> str:
    """At most two letters of a name, upper case; `?` when it has none."""
    words = [word for word in name.replace("@", " ").replace(".", " ").split() if word[0].isalnum()]
    letters = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words))
    return letters.upper() or "?"


def hue(key: object) -> int:
    """A colour angle, 0 to 359, that is always the same for the same key."""
    return zlib.crc32(str(key).encode()) % 360
