"""When is a stand-in calendar free? Half hours of a working day in New York, but for what was taken."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
LENGTH = timedelta(minutes=30)
OPENS, CLOSES = 9, 17


def free(start: datetime, end: datetime, taken: Collection[datetime] = ()) -> list[datetime]:
    """The free half hours that begin at or after `start` and before `end`, in New York time, soonest first."""
    found, day = [], start.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    busy = {moment.astimezone(ZONE) for moment in taken}
    while day < end:
        for number in range((CLOSES - OPENS) * 2):
            at = day.replace(hour=OPENS + number // 2, minute=30 * (number % 2))
            # Something is always taken, so that a calendar does not look unused.
            if day.weekday() < 5 and start <= at < end and at not in busy and (at.toordinal() + number) % 5:
                found.append(at)
        day = (day.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=ZONE)
    return found
