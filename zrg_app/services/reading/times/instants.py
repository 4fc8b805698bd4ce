"""When exactly are the days and hours that a text offers?"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from zrg_app.services.reading.characters import folded, plain
from zrg_app.services.reading.times.clock import Clock
from zrg_app.services.reading.times.days import Days
from zrg_app.services.reading.times.offers import Hour, Offer
from zrg_app.services.reading.times.reading import OfferReader
from zrg_app.services.reading.times.zones import zone_info

MAX_READ = 3_000
"""Characters searched for times."""

MAX_ITEMS = 20
"""Times returned for one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant (`end` None) or window in UTC; `dated` says that a day was named, `timed` that an hour was."""

    start: datetime
    end: datetime | None
    dated: bool
    timed: bool
    zoned: bool
    refused: bool


def parse_times(text: str | None, reference_time: str | None, tz: str | None) -> list[dict[str, str | None]]:
    """Return the future times that `text` offers as `{"start": ISO 8601 UTC, "end": ISO 8601 UTC or None}`, in order.

    `reference_time` (ISO 8601) is now; `tz` an IANA zone for times without one. A day runs from local midnight to the
    next, bare hours are business hours, refused and past times, durations and recurrences are left out (spec
    section 12).
    """
    reference = _reference(reference_time)
    if reference is None:
        return []
    found: list[dict[str, str | None]] = []
    for moment in moments(text, reference, tz):
        item = {"start": _iso(moment.start), "end": _iso(moment.end) if moment.end else None}
        if not moment.refused and (moment.end or moment.start) > reference and item not in found:
            found.append(item)
    return found[:MAX_ITEMS]


def moments(text: str | None, reference: datetime, tz: str | None) -> list[Moment]:
    """Return every time a text names, refused ones marked. `reference` is an aware datetime."""
    zone = zone_info(tz) if isinstance(tz, str) and tz else UTC
    low, original = folded(text, MAX_READ), plain(text, MAX_READ)
    local = reference.astimezone(zone)
    american = (
        isinstance(tz, str)
        and tz.startswith(("America/", "US/"))
        and not tz.endswith(("Sao_Paulo", "Buenos_Aires", "Bogota", "Mexico_City", "Santiago"))
    )
    reader = OfferReader(low, original, local.date(), month_first=american)
    found: list[Moment] = []
    for offer in reader.offers():
        found += _moments_of(offer, local, zone)
        if len(found) > MAX_ITEMS:
            break
    return found[:MAX_ITEMS]


def _moments_of(offer: Offer, local: datetime, zone: tzinfo) -> list[Moment]:
    named = [span for days in offer.days for span in (_each_day(days) if offer.hours else [days])]
    if not offer.hours:
        return [_moment(_at(days.first, 0, 0, zone), _at(days.after, 0, 0, zone), offer, timed=False) for days in named]
    found = []
    for days in named or [None]:
        for hour in offer.hours:
            moment = _hour_on(days, hour, offer, local, zone)
            if moment is not None:
                found.append(moment)
    return found


def _each_day(days: Days) -> list[Days]:
    if days.single or (days.after - days.first).days > 7:
        return [days]
    count = (days.after - days.first).days
    each = [days.first + timedelta(days=number) for number in range(count)]
    return [
        Days(first=day, after=day + timedelta(days=1), kind="date") for day in each if day.weekday() < 5 or count < 5
    ]


def _hour_on(days: Days | None, hour: Hour, offer: Offer, local: datetime, zone: tzinfo) -> Moment | None:
    if hour.shift is not None:
        return _moment(local + hour.shift, None, offer)
    own = zone_info(hour.zone) if hour.zone else zone
    day = days.first if days else local.date()
    start, end = _bounds(day, hour, own)
    if start is None:
        return None
    if days is None and (end or start) <= local:
        start, end = _bounds(day + timedelta(days=1), hour, own)
    return _moment(start, end, offer, zoned=bool(hour.zone)) if start is not None else None


def _bounds(day: date, hour: Hour, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    if hour.start is None:
        return (_at(day, hour.part[0], 0, zone), _at(day, hour.part[1], 0, zone)) if hour.part else (None, None)
    first = hour.start.hours(hour.part)
    if hour.open == "before":
        return _at(day, 0, 0, zone), _at(day, *first, zone)
    start = _at(day, *first, zone)
    if hour.end is None:
        return start, None
    return start, _range_end(day, first, hour.end, hour.part, zone)


def _range_end(day: date, first: tuple[int, int], end: Clock, part: tuple[int, int] | None, zone: tzinfo) -> datetime:
    last = end.hours(part)
    if last <= first and not end.half and last[0] < 12:
        last = (last[0] + 12, last[1])
    return _at(day + timedelta(days=1) if last <= first else day, *last, zone)


def _moment(start: datetime, end: datetime | None, offer: Offer, *, timed: bool = True, zoned: bool = False) -> Moment:
    return Moment(
        start=start.astimezone(UTC),
        end=end.astimezone(UTC) if end else None,
        dated=bool(offer.days),
        timed=timed,
        zoned=zoned,
        refused=offer.refused,
    )


def _at(day: date, hour: int, minute: int, zone: tzinfo) -> datetime:
    day = min(day, date(9990, 1, 1))
    if hour >= 24:
        day, hour = day + timedelta(days=1), hour - 24
    return datetime.combine(day, time(hour, minute), tzinfo=zone)


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _reference(reference_time: str | None) -> datetime | None:
    if not isinstance(reference_time, str):
        return None
    try:
        reference = datetime.fromisoformat(reference_time.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    reference = reference if reference.tzinfo else reference.replace(tzinfo=UTC)
    return reference if 1990 <= reference.year <= 9000 else None
