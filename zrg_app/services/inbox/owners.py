"""What becomes of somebody's conversations when they leave the team, and when they come back after all?"""

from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services import events

_RELEASE = text("""
update conversation set assignee_id = null, assigned_at = null, updated_at = :now
where workspace_id = :workspace_id and assignee_id = :user_id returning lead_id
""")
# Given back is what is nobody's still, and was not given to anybody in between.
_GIVE_BACK = text("""
update conversation c set assignee_id = :user_id, assigned_at = :now, updated_at = :now
from audit_event e
where e.workspace_id = :workspace_id and e.created_at >= :since and e.kind = 'inbox.owner_left'
  and e.data->>'departure_id' = :departure_id and c.lead_id = e.lead_id and c.assignee_id is null
  and not exists (select from audit_event later where later.lead_id = e.lead_id and later.created_at > e.created_at
                  and later.kind = 'inbox.changed' and later.data->>'change' in ('assigned', 'released'))
returning c.lead_id
""")


def release_all(tx: Tx, scope: Scope, *, user_id: UUID, name: str, departure_id: UUID) -> int:
    """Make every conversation of a person nobody's, each with a line that says why; returns how many."""
    found = tx.scalars(_RELEASE, {"workspace_id": scope.workspace_id, "user_id": user_id, "now": clock.now()}).all()
    events.record_all(tx, scope, [events.OwnerLeft(lead_id=lead, name=name, departure_id=departure_id) for lead in sorted(found)])
    return len(found)


def give_back(tx: Tx, scope: Scope, *, user_id: UUID, name: str, departure_id: UUID, since: object) -> int:
    """Give a person who is back what their leaving released and nobody has taken; returns how many."""
    found = tx.scalars(_GIVE_BACK, {"workspace_id": scope.workspace_id, "user_id": user_id, "now": clock.now(), "since": since,
                                    "departure_id": str(departure_id)}).all()
    events.record_all(tx, scope, [events.OwnerReturned(lead_id=lead, name=name, departure_id=departure_id) for lead in sorted(found)])
    return len(found)
