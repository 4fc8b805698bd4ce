"""How is a row of the ledger read once more? As a job, harmless however often it is asked for."""

from uuid import UUID

from sqlalchemy import text

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import WebhookStatus
from zrg_app.services import events, jobs
from zrg_app.services.jobs.registry import NORMAL_PRIORITY

MOST_AT_ONCE = 500

_TAKE = text("""
select status, octet_length(body) as size from webhook_event where id = :id and workspace_id = :workspace_id for update
""")
_WAIT = text("""
update webhook_event set status = 'PENDING', reason = null, last_error = null, processed_at = null where id = :id
""")
_IN_STATUS = """
select id from webhook_event where workspace_id = %(workspace)s and status = %(status)s and octet_length(body) > 0
order by received_at, id limit %(limit)s
"""


def replay(tx: Tx, scope: Scope, event_id: UUID) -> None:
    """Have one row read again. What it told before is recognised, so a replay adds only what was missing.

    Raises NotFound, also for another workspace's, and Conflict when its body is gone.
    """
    row = tx.execute(_TAKE, {"id": event_id, "workspace_id": scope.workspace_id}).one_or_none()
    if row is None:
        raise NotFound("This webhook is not here (any more).")
    if not row.size:
        raise Conflict("Its body is not kept (bodies go after 90 days), so it cannot be replayed.")
    if row.status != WebhookStatus.SUCCEEDED:
        tx.execute(_WAIT, {"id": event_id})
    jobs.enqueue(tx, scope, "inbound.understand_event", webhook_event_id=event_id, replayed=True, priority=NORMAL_PRIORITY)
    events.tell_screens(tx, scope, ("operations",))


def replay_all(tx: Tx, scope: Scope, *, status: WebhookStatus, limit: int = MOST_AT_ONCE) -> int:
    """Have the oldest rows of a status read again, at most `limit`; returns how many."""
    found = fetch_all(tx, _IN_STATUS, {"workspace": scope.workspace_id, "status": status, "limit": limit})
    for row in found:
        replay(tx, scope, row["id"])
    return len(found)
