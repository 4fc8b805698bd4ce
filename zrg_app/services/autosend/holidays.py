"""Which days does nobody work in the United States? Computed for any year, so that no list runs out. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


@cache
def us_holidays(year: int) -> dict[date, str]:
    """The eleven federal holidays, the day after Thanksgiving and Christmas Eve, by date.

    A federal holiday on a Saturday is also kept on the Friday before it, one on a Sunday on the Monday after it.
    """
    federal = dict(_federal(year))
    thanksgiving = _nth(year, 11, THURSDAY, 4)
    days = federal | {thanksgiving + timedelta(days=1): "Day after Thanksgiving", date(year, 12, 24): "Christmas Eve"}
    # New Year's Day of next year may be kept on 31 December of this one.
    for day, name in (*federal.items(), (date(year + 1, 1, 1), "New Year's Day")):
        kept = _kept_on(day)
        if kept.year == year:
            days.setdefault(kept, f"{name} (observed)")
    return days


def is_us_holiday(day: date) -> bool:
    """Whether `day` is one of them."""
    return day in us_holidays(day.year)


def _federal(year: int) -> Iterator[tuple[date, str]]:
    yield date(year, 1, 1), "New Year's Day"
    yield _nth(year, 1, MONDAY, 3), "Martin Luther King Jr. Day"
    yield _nth(year, 2, MONDAY, 3), "Presidents' Day"
    yield _last(year, 5, MONDAY), "Memorial Day"
    yield date(year, 6, 19), "Juneteenth"
    yield date(year, 7, 4), "Independence Day"
    yield _nth(year, 9, MONDAY, 1), "Labor Day"
    yield _nth(year, 10, MONDAY, 2), "Columbus Day"
    yield date(year, 11, 11), "Veterans Day"
    yield _nth(year, 11, THURSDAY, 4), "Thanksgiving"
    yield date(year, 12, 25), "Christmas Day"


def _kept_on(day: date) -> date:
    return day - timedelta(days=1) if day.weekday() == SATURDAY else day + timedelta(days=1) if day.weekday() == SUNDAY else day


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last(year: int, month: int, weekday: int) -> date:
    last = date(year + (month == 12), month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)
