"""Which of the free times does a lead get to choose from? Near ones, spread over days and parts of the day, little offered so far. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

# An offer is read a while after it was written.
NOTICE = timedelta(hours=1)
NEAR = timedelta(days=5)
MOST_A_DAY = 2
NOON = 12
# Hours a person takes calls in, when the working hours hold too few (FACTS section 12.2).
WAKING = (7 * 60, 21 * 60)

Hours = tuple[int, int]
"""From the first minute of the day that counts to the first that does not."""


def choose(free: Sequence[datetime], *, now: datetime, zone: tzinfo, hours: Hours, count: int,
           offered_to_them: Collection[datetime] = (), offered_before: Mapping[datetime, int] | None = None) -> tuple[datetime, ...]:
    """At most `count` of the `free` times, soonest first, and at most two of one day in the lead's `zone`.

    Times within the working `hours` of that zone come first, then waking ones, then any; times within five days before later
    ones. What was offered to this lead already is left out unless too few others are there; what was offered least
    (`offered_before`, by time) is preferred.
    """
    ahead = sorted({at for at in free if at >= now + NOTICE})
    fresh = [at for at in ahead if at not in offered_to_them]
    pools = [*_at_good_hours(fresh, now, zone, hours), *_at_good_hours(ahead, now, zone, hours), fresh, ahead]
    chosen: list[datetime] = []
    for pool in pools:
        # What is new to them, near and at a good hour is used up before anything else is looked at.
        chosen += _spread(pool, zone, count - len(chosen), offered_before or {}, chosen)
    return tuple(sorted(chosen))


def _at_good_hours(times: Sequence[datetime], now: datetime, zone: tzinfo, hours: Hours) -> list[list[datetime]]:
    near = [at for at in times if at < now + NEAR]
    return [[at for at in span if _is_within(at, zone, window)] for window in (hours, WAKING) for span in (near, times)]


def _spread(times: Sequence[datetime], zone: tzinfo, count: int, before: Mapping[datetime, int], chosen: Sequence[datetime]
            ) -> list[datetime]:
    """One time of each day, in turn from the morning and the afternoon; then, where more are wanted, a second of each day."""
    days, taken = _by_day([at for at in times if at not in chosen], zone), _by_day(chosen, zone)
    found: list[datetime] = []
    for most in range(1, MOST_A_DAY + 1):
        for number, day in enumerate(sorted(days)):
            left = [at for at in days[day] if at not in taken[day]]
            if len(found) >= count or len(taken[day]) >= most or not left:
                continue
            wants_morning = not _is_morning(taken[day][0], zone) if taken[day] else number % 2 == 0
            best = min(left, key=lambda at, early=wants_morning: (_is_morning(at, zone) != early, before.get(at, 0), at))
            taken[day].append(best)
            found.append(best)
    return found


def _by_day(times: Sequence[datetime], zone: tzinfo) -> dict[date, list[datetime]]:
    days: dict[date, list[datetime]] = defaultdict(list)
    for at in times:
        days[at.astimezone(zone).date()].append(at)
    return days


def _is_within(at: datetime, zone: tzinfo, window: Hours) -> bool:
    local = at.astimezone(zone)
    return window[0] <= local.hour * 60 + local.minute < window[1]


def _is_morning(at: datetime, zone: tzinfo) -> bool:
    return at.astimezone(zone).hour < NOON
