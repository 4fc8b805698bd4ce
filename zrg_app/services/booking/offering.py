"""Which times may a draft offer, in whose zone, and which were offered before?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.models import OfferedTime

_FREE = "select slots from availability where workspace_id = %(workspace)s and error is null order by fetched_at desc limit 1"
_OFFERED = """
select starts_at, label, zone from offered_time where lead_id = %(lead)s and workspace_id = %(workspace)s
order by offered_at desc, starts_at limit 20
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTimeView:
    """A time with the words it is offered in: `Tue, Nov 24, 10:00 AM EST`, always with its zone."""

    starts_at: datetime
    label: str
    zone: str


def offer(tx: Tx, scope: Scope, lead_id: UUID, *, zone: str, count: int = 6) -> tuple[OfferedTimeView, ...]:
    """The next free times, labelled in `zone`; empty when no calendar tells any."""
    row = fetch_one(tx, _FREE, {"workspace": scope.workspace_id})
    times = (datetime.fromisoformat(one) for one in (row["slots"] if row else ()))
    return tuple(_labelled(at, zone) for at in sorted(times) if at > clock.now())[:count]


def offered_to(tx: Tx, scope: Scope, lead_id: UUID) -> tuple[OfferedTimeView, ...]:
    """The times that were offered to a lead, the last offer first."""
    return tuple(OfferedTimeView(**row) for row in fetch_all(tx, _OFFERED, {"lead": lead_id, "workspace": scope.workspace_id}))


def record_offer(tx: Tx, scope: Scope, lead_id: UUID, times: Sequence[OfferedTimeView], *, draft_id: UUID | None = None) -> None:
    """Write down that a message that left proposed `times`."""
    for time in times:
        tx.add(OfferedTime(id=ids.new_id(), workspace_id=scope.workspace_id, lead_id=lead_id, draft_id=draft_id,
                           starts_at=time.starts_at, label=time.label, zone=time.zone))
    tx.flush()


def _labelled(at: datetime, zone: str) -> OfferedTimeView:
    local = at.astimezone(ZoneInfo(zone))
    hour = local.strftime("%I").lstrip("0")
    return OfferedTimeView(starts_at=at, zone=zone, label=f"{local:%a, %b} {local.day}, {hour}:{local:%M %p %Z}")
