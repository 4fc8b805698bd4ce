"""How does a meeting stand, when its news come in any order? Pure; FACTS section 12.7."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from zrg_app.models.vocabulary import AppointmentStatus as Status
from zrg_app.models.vocabulary import Provider

ACTIVE = frozenset({Status.CONFIRMED, Status.SHOWED, Status.NO_SHOW})
REBOOKED_WITHIN = timedelta(hours=6)
"""A new booking this soon after a cancellation at Calendly takes its place, though nobody says so."""

_FINALITY = {Status.CONFIRMED: 0, Status.SHOWED: 1, Status.NO_SHOW: 1, Status.RESCHEDULED: 2, Status.CANCELED: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides about a meeting of a lead; links are external ids of the same provider."""

    provider: str
    external_id: str
    status: str
    replaces: str | None = None
    replaced_by: str | None = None
    booked_at: datetime | None = None
    cancelled_at: datetime | None = None


def is_newer(told: tuple[datetime, str], known: tuple[datetime, str]) -> bool:
    """Whether news (its time at the provider and its status) outweighs what is known; at one time the more final wins."""
    return (told[0], _FINALITY[Status(told[1])]) > (known[0], _FINALITY[Status(known[1])])


def linked(meetings: Iterable[Standing]) -> tuple[Standing, ...]:
    """The meetings of one lead with both ends of every move named; what was moved is `rescheduled`, not cancelled."""
    found = {(each.provider, each.external_id): each for each in meetings}
    for key, each in sorted(found.items()):
        for before, after in ((each.replaces, each.external_id), (each.external_id, each.replaced_by)):
            _join(found, key[0], before, after)
    for key, each in sorted(found.items()):
        if each.provider == Provider.CALENDLY and not each.replaces and (left := _left_for(each, found.values())):
            _join(found, key[0], left.external_id, each.external_id)
    return tuple(_moved(each) for each in found.values())


def standing(meetings: Sequence[Standing]) -> str:
    """`booked` while a meeting of the lead stands or is being moved, `cancelled` when all are off, empty without any."""
    known = {(each.provider, each.external_id) for each in meetings}
    # A move whose other half has not been told yet still stands.
    on = any(each.status in ACTIVE or each.status == Status.RESCHEDULED and (each.provider, each.replaced_by) not in known
             for each in meetings)
    return "booked" if on else "cancelled" if known else ""


def _join(found: dict[tuple[str, str], Standing], provider: str, before: str | None, after: str | None) -> None:
    if not before or not after:
        return
    if (provider, before) in found:
        found[provider, before] = replace(found[provider, before], replaced_by=after)
    if (provider, after) in found:
        found[provider, after] = replace(found[provider, after], replaces=before)


def _left_for(meeting: Standing, others: Iterable[Standing]) -> Standing | None:
    """The cancelled meeting that `meeting` was booked in place of."""
    if meeting.booked_at is None or meeting.status not in ACTIVE:
        return None
    left = [each for each in others if each.provider == meeting.provider and each.status == Status.CANCELED
            and not each.replaced_by and each.cancelled_at
            and timedelta(0) <= meeting.booked_at - each.cancelled_at <= REBOOKED_WITHIN]
    return max(left, key=lambda each: (each.cancelled_at, each.external_id), default=None)


def _moved(meeting: Standing) -> Standing:
    is_moved = meeting.replaced_by and meeting.status in (Status.CONFIRMED, Status.CANCELED)
    return replace(meeting, status=Status.RESCHEDULED) if is_moved else meeting
