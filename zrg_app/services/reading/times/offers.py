"""Which pieces make up one offer of times?"""

from dataclasses import dataclass, field
from datetime import timedelta

from zrg_app.services.reading.times.clock import Clock
from zrg_app.services.reading.times.days import Days
from zrg_app.services.reading.times.tokens import Token


@dataclass(slots=True, kw_only=True)
class Hour:
    """A time of day, a range of them, or a part of the day; `open` is "after" or "before" when one end is not said."""

    start: Clock | None = None
    end: Clock | None = None
    part: tuple[int, int] | None = None
    open: str = ""
    zone: str = ""
    shift: timedelta | None = None


@dataclass(slots=True, kw_only=True)
class Offer:
    """Days and hours that belong together, and where in the text they stand."""

    start: int
    end: int
    days: list[Days] = field(default_factory=list)
    hours: list[Hour] = field(default_factory=list)
    hours_first: bool = False
    refused: bool = False


def kind_of(token: Token) -> str:
    """Return the kind of a token; a shift ("in 2 ...") is of days or of hours."""
    if token.kind == "shift":
        unit = token.parts.get("unit") or token.parts["unit2"]
        return "shiftday" if unit[0] in "dw" or unit.startswith("month") else "shiftinstant"
    return token.kind


def carried(offers: list[Offer]) -> list[Offer]:
    """Give hours without a day the day named just before them."""
    kept: list[Offer] = []
    for offer in offers:
        before = kept[-1] if kept else None
        if (
            not offer.days
            and before
            and before.days
            and not before.refused
            and not any(hour.shift for hour in offer.hours)
        ):
            if before.hours:
                offer.days = list(before.days)
            else:
                before.hours, before.end = offer.hours, offer.end
                before.refused = before.refused or offer.refused
                continue
        kept.append(offer)
    return kept
