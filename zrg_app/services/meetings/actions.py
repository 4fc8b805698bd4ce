"""How is a meeting written down, once, whatever is told first: booked, moved, cancelled, attended or not?"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from zrg_app.integrations.base import Meeting, Person
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models import Appointment
from zrg_app.models.vocabulary import AppointmentSource, AppointmentStatus
from zrg_app.services import events
from zrg_app.services.meetings import policy
from zrg_app.services.meetings.queries import of_lead, standing_of

News = Literal["", "booked", "moved", "cancelled", "outcome"]

_LONGEST = 2_000
# Column of the row, and where it stands in what was told.
_TOLD = {"starts_at": "starts_at", "ends_at": "ends_at", "title": "title", "calendar": "calendar", "join_url": "join_url",
         "cancel_url": "cancel_url", "reschedule_url": "reschedule_url", "timezone": "timezone", "cancelled_by": "cancelled_by",
         "cancel_reason": "reason", "replaces": "replaces", "replaced_by": "replaced_by", "booked_at": "booked_at"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What news of a meeting changed: empty `news` when it was known or told too late to matter.

    `is_first` is true when the meeting was unknown before; a cancellation may be the first we hear of it.
    """

    appointment_id: UUID
    news: News
    is_first: bool


def record(tx: Tx, scope: Scope, lead_id: UUID, meeting: Meeting, *, provider: str, person: Person,
           source: AppointmentSource = AppointmentSource.WEBHOOK) -> Change:
    """Write down what a calendar tells of a lead's meeting and say what is new about it, as a fact.

    The caller holds the lead's lock. Repeats change nothing; older news only fill what is still unknown; the two halves of a
    move find each other in either order. A meeting stays with the lead it was first told of.
    """
    rows = of_lead(tx, scope, lead_id)
    row = next((one for one in rows if (one.provider, one.external_id) == (provider, meeting.external_id)), None)
    before = (row.status, row.starts_at) if row else None
    told_at = meeting.told_at or clock.now()
    status = AppointmentStatus.RESCHEDULED if meeting.rescheduled else AppointmentStatus(meeting.status)
    if row is None:
        row = Appointment(workspace_id=scope.workspace_id, lead_id=lead_id, provider=provider, external_id=meeting.external_id,
                          status=status, source=source, told_at=told_at)
        tx.add(row)
        rows.append(row)
        _tell(row, meeting, person, is_newer=True)
    else:
        is_newer = policy.is_newer((told_at, status), (row.told_at, row.status))
        if is_newer:
            row.status, row.told_at = status, told_at
        _tell(row, meeting, person, is_newer=is_newer)
    if row.status in (AppointmentStatus.CANCELED, AppointmentStatus.RESCHEDULED):
        row.cancelled_at = row.cancelled_at or told_at
    _link(rows)
    tx.flush()
    news = _news(before, row)
    _record_fact(tx, scope, row, news)
    return Change(appointment_id=row.id, news=news, is_first=before is None)


def _tell(row: Appointment, meeting: Meeting, person: Person, *, is_newer: bool) -> None:
    told = {column: getattr(meeting, name) for column, name in _TOLD.items()}
    name = f"{person.first_name} {person.last_name}".strip()
    told |= {"attendee_email": person.email, "attendee_name": name or None}
    for column, value in told.items():
        if value is not None and (is_newer or getattr(row, column) is None):
            setattr(row, column, value[:_LONGEST] if isinstance(value, str) else value)
    handles = {**row.handles, **meeting.handles} if is_newer else {**meeting.handles, **row.handles}
    if handles != row.handles:
        row.handles = json.loads(json.dumps(handles, default=str))
    row.updated_at = clock.now()


def _link(rows: list[Appointment]) -> None:
    by_key = {(row.provider, row.external_id): row for row in rows}
    for each in policy.linked(standing_of(row) for row in rows):
        row = by_key[each.provider, each.external_id]
        if (row.status, row.replaces, row.replaced_by) != (each.status, each.replaces, each.replaced_by):
            row.status, row.replaces, row.replaced_by, row.updated_at = each.status, each.replaces, each.replaced_by, clock.now()


def _news(before: tuple[str, datetime | None] | None, row: Appointment) -> News:
    stood = before is not None and before[0] in policy.ACTIVE
    if row.status in policy.ACTIVE:
        if not stood:
            return "moved" if row.replaces else "booked"
        if before[0] != row.status:
            return "outcome"
        return "moved" if before[1] and before[1] != row.starts_at else ""
    is_off = row.status == AppointmentStatus.CANCELED and (before is None or before[0] != row.status)
    return "cancelled" if is_off else ""


def _record_fact(tx: Tx, scope: Scope, row: Appointment, news: News) -> None:
    starts_at = row.starts_at.isoformat() if row.starts_at else ""
    if news in ("booked", "moved"):
        events.record(tx, scope, events.MeetingBooked(
            lead_id=row.lead_id, appointment_id=row.id, starts_at=starts_at, title=row.title or "", moved=news == "moved"))
    elif news == "cancelled":
        events.record(tx, scope, events.MeetingCancelled(
            lead_id=row.lead_id, appointment_id=row.id, starts_at=starts_at, by=row.cancelled_by or "",
            reason=(row.cancel_reason or "")[:300]))
    elif news == "outcome":
        events.record(tx, scope, events.MeetingOutcome(lead_id=row.lead_id, appointment_id=row.id, outcome=row.status))
