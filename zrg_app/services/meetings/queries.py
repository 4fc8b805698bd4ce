"""Which meetings does a lead have, and which one matters now?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import namedtuple_row
from sqlalchemy import select, text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.reads import Read, answer
from zrg_app.kit.scope import Scope
from zrg_app.models import Appointment
from zrg_app.services.inbox.views import MeetingView
from zrg_app.services.meetings import policy

# Named SQL, because every click on a conversation runs it and objects cost eight times as much.
_SHOWN = """
select id, title, starts_at, ends_at, status, join_url, reschedule_url, provider, attendee_name, attendee_email, cancel_reason
from appointment where lead_id = %(lead)s and workspace_id = %(workspace)s order by created_at, id
"""
# A meeting is the one of its own id, the one it was moved from or to, or another invitee's of the same event.
_LEAD_OF = text("""
select lead_id from appointment
where workspace_id = :workspace_id and provider = :provider
  and (external_id = any(:ids) or replaces = :external_id or replaced_by = :external_id)
order by (external_id = :external_id) desc, created_at limit 1
""")


def current(tx: Tx, scope: Scope, lead_id: UUID) -> MeetingView | None:
    """The meeting to show: the next one that stands, else the latest that stood, else the latest cancelled (FACTS 12.7)."""
    return answer(tx, current_read(scope, lead_id))


def current_read(scope: Scope, lead_id: UUID) -> Read[MeetingView | None]:
    """What `current` reads, to be asked together with other things."""
    return Read(_SHOWN, {"lead": lead_id, "workspace": scope.workspace_id}, _current, namedtuple_row)


def standing(tx: Tx, scope: Scope, lead_id: UUID) -> str:
    """`booked`, `cancelled` or empty: how it stands with the lead's meetings altogether."""
    return policy.standing([standing_of(row) for row in of_lead(tx, scope, lead_id)])


def lead_of(tx: Tx, scope: Scope, provider: str, external_id: str, *, others: tuple[str | None, ...] = ()) -> UUID | None:
    """Whose meeting this is, when it or one of `others` (what it replaces, or is replaced by) is known."""
    wanted = [one for one in (external_id, *others) if one]
    return tx.execute(_LEAD_OF, {"workspace_id": scope.workspace_id, "provider": provider, "ids": wanted,
                                 "external_id": external_id}).scalar_one_or_none()


def of_lead(tx: Tx, scope: Scope, lead_id: UUID) -> list[Appointment]:
    """The rows of a lead's meetings, oldest first, as they are now."""
    statement = select(Appointment).where(Appointment.workspace_id == scope.workspace_id, Appointment.lead_id == lead_id)
    return list(tx.scalars(statement.order_by(Appointment.created_at, Appointment.id)))


def standing_of(row: Appointment) -> policy.Standing:
    """What decides about a row."""
    return policy.Standing(
        provider=row.provider, external_id=row.external_id, status=row.status, replaces=row.replaces, replaced_by=row.replaced_by,
        booked_at=row.booked_at, cancelled_at=row.cancelled_at)


def _current(rows: Sequence[Any]) -> MeetingView | None:
    found = _primary(rows, clock.now())
    return _view(found) if found else None


def _primary(rows: Iterable[Any], now: datetime) -> Any:
    dated = [row for row in rows if row.starts_at]
    standing = [row for row in dated if row.status in policy.ACTIVE]
    ahead = [row for row in standing if (row.ends_at or row.starts_at) >= now]
    if ahead:
        return min(ahead, key=lambda row: row.starts_at)
    return max(standing or dated, key=lambda row: row.starts_at, default=None)


def _view(row: Any) -> MeetingView:
    stands = row.status in policy.ACTIVE
    link, words = next(((address, said) for address, said in (
        (row.join_url, "Join"), (row.reschedule_url, "Reschedule")) if stands and _is_safe(address)), ("", ""))
    return MeetingView(
        id=str(row.id), title=row.title or "Meeting", starts_at=row.starts_at.isoformat() if row.starts_at else "",
        status=row.status, link=link or "", link_words=words,
        provider=row.provider, attendee=row.attendee_name or row.attendee_email or "", reason=row.cancel_reason or "")


def _is_safe(address: str | None) -> bool:
    # The address came over a webhook and becomes a link somebody clicks.
    return bool(address and address.startswith("https://"))
