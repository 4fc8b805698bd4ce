"""How is a person shown: name, initials, colour? Pure."""

import zlib


def display_name(first_name: str, last_name: str, email: str | None, phone: str | None) -> str:
    """The best name we have: the name, else the address, else the number."""
    return " ".join(part for part in (first_name.strip(), last_name.strip()) if part) or email or phone or "Unknown person"


def initials(name: str) -> str:
    """Up to two letters for an avatar."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "") if words else "?"
    return letters.upper()


def hue(key: str) -> int:
    """A colour angle (0-359) that stays with a person."""
    return zlib.crc32(key.encode()) % 360


def snippet(body: str, length: int = 160) -> str:
    """The first words of a message on one line."""
    return " ".join(body[: length * 4].split())[:length]
