"""Which hour and minute does a piece of text name?"""

import re
from dataclasses import dataclass

from zrg_app.services.reading.times.words import SMALL_NUMBERS

BUSINESS_MORNING = 7
"""A bare hour from this one to 11 is in the morning; 1 to 6 are in the afternoon."""

_NOON = ("noon", "midday", "mittag", "midi", "mediodia", "meio-dia", "mezzogiorno")
_NUMERIC = re.compile(r"(?P<h>\d{1,2})(?:(?:[:.]|h|uhr\s?|hs)(?P<m>\d{2}))?\s?(?P<half>[点時]半)?(?P<mer>[ap])?")
_COMPACT = re.compile(r"(?P<h>[012]\d)(?P<m>[0-5]\d)(?!\d)")
_SPOKEN = re.compile(
    r"(?:a )?(?P<amount>half|quarter|viertel|halb|\d{1,2}|[a-z]+)\s(?P<way>past|after|"
    r"to|before|till|nach|vor)?\s?(?P<hour>\d{1,2}|[a-z]+)(?:\s?(?P<mer>[ap])\.?m)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Hour and minute as written; `half` is "am", "pm", "24" (unmistakable) or "" (not said)."""

    hour: int
    minute: int
    half: str = ""

    def hours(self, part: tuple[int, int] | None = None) -> tuple[int, int]:
        """Return hour (0 to 24) and minute; a part of the day or business hours settle a bare hour."""
        if self.half == "24":
            return self.hour, self.minute
        if self.half:
            return self.hour % 12 + (12 if self.half == "pm" else 0), self.minute
        if part and part[0] >= 12 and self.hour < 12:
            return self.hour + 12, self.minute
        if part and part[0] < 12:
            return self.hour, self.minute
        return self.hour + (12 if 1 <= self.hour < BUSINESS_MORNING else 0), self.minute

    def with_half_of(self, end: "Clock") -> "Clock":
        """Return the start of a range whose end says am or pm: "3-4pm" is 3pm, "11-1pm" is 11am."""
        if self.half or end.half not in ("am", "pm"):
            return self
        same = Clock(hour=self.hour, minute=self.minute, half=end.half)
        return same if same.hours() < end.hours() else Clock(hour=self.hour, minute=self.minute, half="am")


def read_clock(raw: str) -> Clock | None:
    """Return the time of day a piece such as "3pm", "15h30" or "12:00" names, or None when there is no such time."""
    text = raw.strip()
    if text.startswith(_NOON):
        return Clock(hour=12, minute=0, half="24")
    if text.startswith("midnight"):
        return Clock(hour=24, minute=0, half="24")
    match = _COMPACT.match(text) or _NUMERIC.match(text)
    if match is None:
        return None
    parts = match.groupdict()
    minute = 30 if parts.get("half") else int(parts["m"] or 0)
    half = {"a": "am", "p": "pm"}.get(parts.get("mer") or "", "")
    return _valid(int(parts["h"]), minute, half, leading_zero=parts["h"].startswith("0"))


def read_spoken(raw: str) -> Clock | None:
    """Return the time of "half past two", "quarter to 4", "half ten" (British) or "halb zehn" (German)."""
    match = _SPOKEN.match(raw.strip())
    hour = _number(match["hour"]) if match else None
    if match is None or hour is None:
        return None
    half = {"a": "am", "p": "pm"}.get(match["mer"] or "", "")
    if match["amount"] == "halb":
        return _valid(hour - 1 or 12, 30, half)
    amount = {"half": 30, "quarter": 15, "viertel": 15}.get(match["amount"]) or _number(match["amount"])
    if amount is None or not 0 < amount < 60:
        return None
    if match["way"] in ("to", "before", "till", "vor"):
        return _valid(hour - 1 or 12, 60 - amount, half)
    return _valid(hour, amount, half)


def _valid(hour: int, minute: int, half: str, *, leading_zero: bool = False) -> Clock | None:
    if minute > 59 or hour > 24 or (half and not 1 <= hour <= 12 and hour > 12):
        return None
    if hour > 12 or hour == 0 or (leading_zero and not half):
        half = "24"
    return Clock(hour=hour, minute=minute, half=half)


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else SMALL_NUMBERS.get(word)
