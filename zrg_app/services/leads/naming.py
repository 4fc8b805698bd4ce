"""How is a lead shown: name, initials, colour? The same in the list, the panel and what programs read. Pure."""

import zlib


def display_name(first_name: str, last_name: str, email: str | None = None, phone: str | None = None) -> str:
    """The best name we have: the name, else the address, else the number, else a plain word."""
    return " ".join(part for part in (first_name.strip(), last_name.strip()) if part) or email or phone or "Unknown lead"


def initials(name: str) -> str:
    """At most two letters of a name or an address, upper case; `?` when it has none."""
    words = [word for word in name.replace("@", " ").replace(".", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def hue(key: object) -> int:
    """A colour angle, 0 to 359, that is always the same for the same key."""
    return zlib.crc32(str(key).encode()) % 360


def snippet(body: str, length: int = 160) -> str:
    """The first words of a message on one line."""
    return " ".join(body[: length * 4].split())[:length]
