"""When may a message leave without a person? Always, in business hours, or in a window of one's own. Pure (FACTS section 8.5)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from zrg_app.kit.errors import Invalid
from zrg_app.services.autosend.holidays import is_us_holiday

ALWAYS, BUSINESS_HOURS, CUSTOM = "ALWAYS", "BUSINESS_HOURS", "CUSTOM"
MODES = (ALWAYS, BUSINESS_HOURS, CUSTOM)
WORKDAYS = (0, 1, 2, 3, 4)
LAST_RESORT = "America/Los_Angeles"
AHEAD = timedelta(days=90)
MOST_DATES, MOST_RANGES, LONGEST_RANGE = 200, 50, 366
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """`days` count from Monday (0); times are HH:MM, the minute of `end` included; an `end` before `start` is the next morning.

    `takes_holidays` keeps the United States' holidays free but for `worked`; `dates` and `ranges` (ISO dates) are free besides.
    Free days count in every mode but a plain ALWAYS without any.
    """

    mode: str = ALWAYS
    days: tuple[int, ...] = WORKDAYS
    start: str = "09:00"
    end: str = "17:00"
    zone: str = ""
    takes_holidays: bool = False
    worked: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    ranges: tuple[tuple[str, str], ...] = ()


def read(document: Mapping[str, Any] | None, *, hours: tuple[str, str] = ("09:00", "17:00")) -> Schedule:
    """The schedule a column holds; nothing means always. `hours` are the workspace's, for BUSINESS_HOURS. Raises Invalid."""
    found = Schedule(
        mode=_word(document, "mode", MODES, ALWAYS), days=_days(document), start=_clock(document, "start", "09:00"),
        end=_clock(document, "end", "17:00"), zone=_zone(document), takes_holidays=bool((document or {}).get("takes_holidays")),
        worked=_dates(document, "worked"), dates=_dates(document, "dates"), ranges=_ranges(document))
    if found.mode == BUSINESS_HOURS:
        return replace(found, days=WORKDAYS, start=hours[0], end=hours[1])
    if found.mode == CUSTOM and (not found.days or found.start == found.end):
        raise Invalid("Choose at least one day, and an end that differs from the start.")
    return found


def joined(workspace: Schedule, campaign: Schedule | None) -> Schedule:
    """A campaign's own hours replace the workspace's; free days of both count, so a campaign can only add some."""
    if campaign is None:
        return workspace
    takes = workspace.takes_holidays or campaign.takes_holidays
    worked = set(workspace.worked) if workspace.takes_holidays else set(campaign.worked)
    if workspace.takes_holidays and campaign.takes_holidays:
        worked &= set(campaign.worked)
    return replace(campaign, takes_holidays=takes, worked=tuple(sorted(worked)), zone=campaign.zone or workspace.zone,
                   dates=tuple(sorted({*workspace.dates, *campaign.dates})), ranges=(*workspace.ranges, *campaign.ranges))


def why_closed(schedule: Schedule, at: datetime, zone: str) -> str:
    """Empty while it is open at `at` (aware); else outside_window, day_not_active or blackout_date.

    A window over midnight belongs to the day it starts on, and neither that day nor the one it runs into may be free.
    """
    local = at.astimezone(_zone_info(schedule.zone or zone))
    today, minute = local.date(), f"{local:%H:%M}"
    if schedule.mode == ALWAYS:
        return "blackout_date" if is_free(schedule, today) else ""
    if schedule.start <= schedule.end:
        begun, inside = today, schedule.start <= minute <= schedule.end
    else:
        inside = minute >= schedule.start or minute <= schedule.end
        begun = today if minute >= schedule.start else today - timedelta(days=1)
    if not inside:
        return "outside_window"
    if begun.weekday() not in schedule.days:
        return "day_not_active"
    return "blackout_date" if is_free(schedule, begun) or is_free(schedule, today) else ""


def next_open(schedule: Schedule, at: datetime, zone: str) -> datetime | None:
    """The first moment from `at` on that is open; None when there is none within 90 days."""
    if not why_closed(schedule, at, zone):
        return at
    where = _zone_info(schedule.zone or zone)
    day, last = at.astimezone(where).date(), (at + AHEAD).astimezone(where).date()
    while day <= last:
        for moment in _turns(schedule, day, where):
            if at < moment <= at + AHEAD and not why_closed(schedule, moment, zone):
                return moment
        day += timedelta(days=1)
    return None


def is_free(schedule: Schedule, day: date) -> bool:
    """Whether nothing leaves on `day` at all."""
    told = day.isoformat()
    if told in schedule.dates or any(first <= told <= last for first, last in schedule.ranges):
        return True
    return schedule.takes_holidays and is_us_holiday(day) and told not in schedule.worked


def usable_zone(*wishes: str | None) -> str:
    """The first of `wishes` that is a zone (the lead's, the workspace's), else Los Angeles."""
    for wish in wishes:
        if wish and _known(wish):
            return wish
    return LAST_RESORT


def _turns(schedule: Schedule, day: date, where: tzinfo) -> Iterator[datetime]:
    """The moments of `day` at which it may open, in order: midnight and the start; every minute where the clocks are changed."""
    midnight = datetime.combine(day, time(), where)
    around = (datetime.combine(day + timedelta(days=step), time(12), where).utcoffset() for step in (-1, 1))
    if len(set(around)) == 1:
        yield midnight.astimezone(UTC)
        yield datetime.combine(day, time.fromisoformat(schedule.start), where).astimezone(UTC)
        return
    began = midnight.astimezone(UTC) - timedelta(hours=3)
    yield from (began + timedelta(minutes=minute) for minute in range(30 * 60))


def _zone_info(name: str) -> tzinfo:
    return ZoneInfo(usable_zone(name))


def _known(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def _word(document: Mapping[str, Any] | None, name: str, allowed: tuple[str, ...], default: str) -> str:
    found = (document or {}).get(name) or default
    if found not in allowed:
        raise Invalid(f"The schedule's {name} must be one of {', '.join(allowed)}.")
    return found


def _days(document: Mapping[str, Any] | None) -> tuple[int, ...]:
    found = (document or {}).get("days", WORKDAYS)
    if not isinstance(found, list | tuple) or any(type(day) is not int or not 0 <= day <= 6 for day in found):
        raise Invalid("The schedule's days are numbers from 0 (Monday) to 6 (Sunday).")
    return tuple(sorted(set(found)))


def _clock(document: Mapping[str, Any] | None, name: str, default: str) -> str:
    found = (document or {}).get(name) or default
    if not isinstance(found, str) or not _TIME.fullmatch(found):
        raise Invalid(f"The schedule's {name} must be a time such as 09:00.")
    return found


def _zone(document: Mapping[str, Any] | None) -> str:
    found = (document or {}).get("zone") or ""
    if not isinstance(found, str) or (found and not _known(found)):
        raise Invalid("The schedule's time zone must be a name such as America/New_York.")
    return found


def _dates(document: Mapping[str, Any] | None, name: str) -> tuple[str, ...]:
    found = (document or {}).get(name) or ()
    if not isinstance(found, list | tuple) or len(found) > MOST_DATES:
        raise Invalid(f"The schedule's {name} are at most {MOST_DATES} dates.")
    return tuple(sorted({_date(one) for one in found}))


def _ranges(document: Mapping[str, Any] | None) -> tuple[tuple[str, str], ...]:
    found = (document or {}).get("ranges") or ()
    if not isinstance(found, list | tuple) or len(found) > MOST_RANGES or any(
            not isinstance(one, list | tuple) or len(one) != 2 for one in found):
        raise Invalid(f"The schedule's ranges are at most {MOST_RANGES} pairs of dates.")
    pairs = tuple((_date(first), _date(last)) for first, last in found)
    for first, last in pairs:
        if not 0 <= (date.fromisoformat(last) - date.fromisoformat(first)).days < LONGEST_RANGE:
            raise Invalid("A range of free days begins before it ends and lasts at most a year.")
    return pairs


def _date(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise Invalid("Free days are dates such as 2026-12-24.") from None
