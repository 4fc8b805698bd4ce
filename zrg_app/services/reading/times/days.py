"""Which day or stretch of days does a piece of text name, seen from today?"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from zrg_app.services.reading.times.tokens import Token
from zrg_app.services.reading.times.words import MONTHS, ORDINALS, RELATIVE_DAYS, SMALL_NUMBERS, WEEKDAYS

DAY_KINDS = frozenset(
    {"iso", "nth", "monthrange", "monthday", "asianday", "week", "relday", "weekday", "numdate", "ordinal", "shiftday"}
)

_DIGITS = re.compile(r"\d+")
_EDGES = {
    "early": (0, 3),
    "earlier": (0, 3),
    "beginning of": (0, 3),
    "start of": (0, 3),
    "later": (2, 5),
    "late": (3, 5),
    "end of": (3, 5),
    "middle of": (1, 4),
    "mid": (1, 4),
}
_UNITS = {"d": 1, "w": 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From `first` to before `after`; `weekday` and `number` say how it was named, so that "Tuesday the 19th" is
    one day."""

    first: date
    after: date
    kind: str
    weekday: int | None = None

    @property
    def single(self) -> bool:
        """Whether it is one day."""
        return self.after - self.first == timedelta(days=1)


def read_days(token: Token, today: date, *, month_first: bool) -> Days | None:
    """Return the days a token names, or None when there are no such days (31 February)."""
    try:
        return _READERS[token.kind](token, today, month_first)
    except (ValueError, KeyError, OverflowError):
        return None


def merged(before: Days, after: Days, today: date) -> Days | None:
    """Return the one day that two adjacent names mean together, or None when they are two."""
    for week, day in ((before, after), (after, before)):
        if week.kind == "week" and day.kind in ("weekday", "nextweekday") and day.weekday is not None:
            return _one(
                week.first - timedelta(days=week.first.weekday()) + timedelta(days=day.weekday), "weekday", day.weekday
            )
    weekday = (
        before.weekday
        if before.kind in ("weekday", "nextweekday")
        else after.weekday
        if after.kind in ("weekday", "nextweekday")
        else None
    )
    other = after if before.kind in ("weekday", "nextweekday") else before
    if weekday is None or other.kind in ("weekday", "nextweekday", "week"):
        return None
    if other.kind == "ordinal":
        return _ordinal_on(other.first.day, weekday, today) or other
    return other


def in_week(days: Days, week: Days) -> Days:
    """Return the same weekdays in the given week: "Monday or Tuesday ... next week"."""
    monday = week.first - timedelta(days=week.first.weekday())
    moved = monday + timedelta(days=days.first.weekday()) - days.first
    return Days(first=days.first + moved, after=days.after + moved, kind=days.kind, weekday=days.weekday)


def _one(day: date, kind: str, weekday: int | None = None) -> Days:
    return Days(first=day, after=day + timedelta(days=1), kind=kind, weekday=weekday)


def _iso(token: Token, today: date, month_first: bool) -> Days:
    return _one(date(int(token.parts["y"]), int(token.parts["m"]), int(token.parts["d"])), "date")


def _month(word: str) -> int:
    return MONTHS[word.strip(" .")]


def _day_number(word: str) -> int:
    digits = _DIGITS.search(word)
    return int(digits.group()) if digits else ORDINALS[word.strip()]


def _placed(month: int, day: int, year: str | None, today: date) -> date:
    digits = _DIGITS.search(year or "")
    if digits:
        number = int(digits.group())
        return date(number + 2000 if number < 100 else number, month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _monthday(token: Token, today: date, month_first: bool) -> Days:
    parts = token.parts
    month = _month(parts.get("mon") or parts["mon2"])
    return _one(
        _placed(month, _day_number(parts.get("d") or parts["d2"]), parts.get("y") or parts.get("y2"), today), "date"
    )


def _monthrange(token: Token, today: date, month_first: bool) -> Days:
    parts = token.parts
    month = _month(parts.get("mon") or parts["monb"])
    first = _placed(month, int(parts.get("d") or parts["da"]), None, today)
    last = date(first.year, month, int(parts.get("d2") or parts["db"]))
    if last <= first:
        raise ValueError("a range of days ends after it begins")
    return Days(first=first, after=last + timedelta(days=1), kind="range")


def _asianday(token: Token, today: date, month_first: bool) -> Days:
    return _one(_placed(int(token.parts["m"]), int(token.parts["d"]), None, today), "date")


def _numdate(token: Token, today: date, month_first: bool) -> Days:
    first, second = int(token.parts["a"]), int(token.parts["b"])
    american = token.parts["sep"] == "/" and month_first
    month, day = (first, second) if american else (second, first)
    if month > 12:
        month, day = day, month
    return _one(_placed(month, day, token.parts.get("y"), today), "date")


def _nth(token: Token, today: date, month_first: bool) -> Days:
    weekday, month = WEEKDAYS[token.parts["wd"]], _month(token.parts["mon"])
    first = date(today.year if month >= today.month else today.year + 1, month, 1)
    ahead = first + timedelta(days=(weekday - first.weekday()) % 7)
    if token.parts["nth"] == "last":
        while (ahead + timedelta(days=7)).month == month:
            ahead += timedelta(days=7)
        return _one(ahead, "date")
    return _one(
        ahead + timedelta(weeks=ORDINALS.get(token.parts["nth"]) or int(token.parts["nth"][0])) - timedelta(weeks=1),
        "date",
    )


def _ordinal(token: Token, today: date, month_first: bool) -> Days:
    day = _day_number(token.parts.get("d") or token.parts["d2"])
    found = _ordinal_on(day, None, today)
    if found is None:
        raise ValueError("no such day of a month")
    return found


def _ordinal_on(day: int, weekday: int | None, today: date) -> Days | None:
    year, month = today.year, today.month
    for _ in range(13):
        try:
            candidate = date(year, month, day)
        except ValueError:
            candidate = None
        if candidate and candidate >= today and (weekday is None or candidate.weekday() == weekday):
            return _one(candidate, "ordinal")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None


def _relday(token: Token, today: date, month_first: bool) -> Days:
    word = token.parts.get("word")
    return _one(today + timedelta(days=RELATIVE_DAYS[word] if word else 0), "relative")


def _weekday(token: Token, today: date, month_first: bool) -> Days:
    weekday = WEEKDAYS[token.parts["wd"].strip(" .")]
    ahead = (weekday - today.weekday()) % 7
    after, word = token.parts.get("after", "").strip(), token.parts.get("mod", "")
    monday = today - timedelta(days=today.weekday())
    if word in ("next", "nachsten") or after == "next week":
        return _one(monday + timedelta(days=7 + weekday), "nextweekday", weekday)
    if word in ("this", "diesen") and ahead == 0:
        return _one(today, "weekday", weekday)
    extra = 7 if after in ("week", "after next") else 0
    return _one(today + timedelta(days=(ahead or 7) + extra), "weekday", weekday)


def _week(token: Token, today: date, month_first: bool) -> Days:
    unit, which = token.parts.get("unit", "week"), token.parts.get("which", "next")
    this = which in ("this", "diese", "diesen", "esta", "questa", "deze", "cette")
    if unit in ("month", "monat", "maand"):
        first = today if this else (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return Days(first=first, after=(first.replace(day=1) + timedelta(days=32)).replace(day=1), kind="range")
    weeks = 0 if this else 2 if "after next" in (which + token.parts.get("later", "")) else 1
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    if unit in ("weekend", "wochenende"):
        return Days(first=monday + timedelta(days=5), after=monday + timedelta(days=7), kind="range")
    edge = _EDGES.get(token.parts.get("edge", ""))
    first, after = (edge[0], edge[1]) if edge else (0, 7)
    start = monday + timedelta(days=first)
    return Days(first=max(start, today), after=monday + timedelta(days=after), kind="week")


def _shift(token: Token, today: date, month_first: bool) -> Days:
    count = shift_count(token)
    unit = token.parts.get("unit") or token.parts["unit2"]
    days = 30 * count if unit.startswith("month") else _UNITS[unit[0]] * count
    return _one(today + timedelta(days=days), "relative")


def shift_count(token: Token) -> int:
    """Return the number in "in 3 days" or "an hour from now"."""
    word = token.parts.get("n") or token.parts["n2"]
    if word.isdigit():
        return int(word)
    return {"a": 1, "an": 1, "a couple of": 2}.get(word) or SMALL_NUMBERS.get(word, 1)


_READERS = {
    "iso": _iso,
    "monthday": _monthday,
    "monthrange": _monthrange,
    "asianday": _asianday,
    "numdate": _numdate,
    "nth": _nth,
    "ordinal": _ordinal,
    "relday": _relday,
    "weekday": _weekday,
    "week": _week,
    "shiftday": _shift,
}
