"""When should a message leave? The usual moments in somebody's own day, and one a person typed. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zrg_app.kit.errors import Invalid

MORNING, AFTERNOON = time(9), time(15)
ROUND = timedelta(minutes=5)
# "This afternoon" is offered while it is at least this far away.
AHEAD = timedelta(minutes=30)
FARTHEST = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A moment to choose: `key` is its stable name, `label` for people, `at` an instant in UTC."""

    key: str
    label: str
    at: datetime


def presets(now: datetime, zone: ZoneInfo) -> tuple[Preset, ...]:
    """The usual moments after `now`, the next first, in the day of whoever lives in `zone`."""
    today = now.astimezone(zone).date()
    tomorrow, monday = today + timedelta(days=1), today + timedelta(days=7 - today.weekday())
    found = [("hour", "In an hour", _rounded(now + timedelta(hours=1))),
             ("afternoon", "This afternoon", instant(today, AFTERNOON, zone)),
             ("tomorrow", "Tomorrow morning", instant(tomorrow, MORNING, zone)),
             ("monday", "Monday morning", instant(monday, MORNING, zone))]
    offered = [(key, label, at) for key, label, at in found
               if not (key == "afternoon" and at < now + AHEAD) and not (key == "monday" and monday == tomorrow)]
    return tuple(Preset(key=key, label=label, at=at) for key, label, at in sorted(offered, key=lambda each: each[2]))


def typed(text: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time such as `2026-11-23T09:30` in `zone`.

    Raises Invalid for what is no time, has passed, or is more than a year away.
    """
    try:
        wall = datetime.fromisoformat(text.strip())
        at = instant(wall.date(), wall.time(), zone)
    except (ValueError, OverflowError) as error:
        raise Invalid("Choose a date and a time.") from error
    if wall.tzinfo is not None:
        raise Invalid("Choose a date and a time.")
    if at <= now:
        raise Invalid("That time has passed; choose a later one.")
    if at > now + FARTHEST:
        raise Invalid("A message can wait for a year at most.")
    return at


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant when clocks in `zone` show `at` on `day`: a time the clocks skip is moved on with them, of a time they show
    twice it is the first."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def zone_of(*names: str | None) -> ZoneInfo:
    """The first of `names` that is a time zone; UTC when none is."""
    for name in names:
        try:
            return ZoneInfo(name or "")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def _rounded(at: datetime) -> datetime:
    late = (at - datetime(1970, 1, 1, tzinfo=UTC)) % ROUND
    return (at + (ROUND - late) if late else at).astimezone(UTC)
