"""How is a conversation's history asked for? As a job, once per window, never twice at the same time."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services import events, jobs
from zrg_app.services.jobs.registry import NORMAL_PRIORITY
from zrg_app.services.sync.importing import Imported
from zrg_app.services.sync.queries import readable_providers

_LEAD = text("select true from lead where id = :lead_id and workspace_id = :workspace_id")
_ROW = text("""
insert into lead_sync (lead_id, workspace_id) values (:lead_id, :workspace_id) on conflict (lead_id) do nothing
""")
_STATE = text("""
select s.job_id, s.requested_at, j.status in ('PENDING', 'RUNNING') as is_open
from lead_sync s left join background_job j on j.id = s.job_id where s.lead_id = :lead_id for no key update of s
""")
_ASKED = text("update lead_sync set job_id = :job_id, requested_at = :now where lead_id = :lead_id")
_DONE = text("""
update lead_sync set synced_at = :now, imported = :imported, healed = :healed, error = :error where lead_id = :lead_id
""")


def request(tx: Tx, scope: Scope, lead_id: UUID, *, automatic: bool = False, run_id: UUID | None = None,
            priority: int = NORMAL_PRIORITY) -> UUID | None:
    """Ask for one lead's history to be read back. Returns the job that does it, a waiting or running one if there is one.

    An `automatic` wish is heard once per CONVERSATION_SYNC_DEDUPE_WINDOW_MS (spec 42i) and is None in between; so is a wish
    where no provider can be asked. Raises NotFound, also for another workspace's lead.
    """
    where = {"lead_id": lead_id, "workspace_id": scope.workspace_id}
    if tx.execute(_LEAD, where).one_or_none() is None:
        raise NotFound("This conversation is not here (any more).")
    if not readable_providers(tx, scope):
        return None
    tx.execute(_ROW, where)
    state, now = tx.execute(_STATE, where).one(), clock.now()
    if state.is_open:
        return state.job_id
    window = timedelta(milliseconds=settings().sync_window_ms)
    if automatic and state.requested_at is not None and state.requested_at > now - window:
        return None
    # The row of the job names no lead: a slow provider must not hold up the lead's other jobs.
    job_id = jobs.enqueue(tx, scope, "sync.conversation", of_lead=lead_id, run_id=run_id, priority=priority)
    tx.execute(_ASKED, {"lead_id": lead_id, "job_id": job_id, "now": now})
    if run_id is None:
        events.tell_screens(tx, scope, ("thread",), lead_id)
    return job_id


def note_done(tx: Tx, scope: Scope, lead_id: UUID, imported: Imported, error: str) -> None:
    """Write down how reading back ended, and show it."""
    tx.execute(_ROW, {"lead_id": lead_id, "workspace_id": scope.workspace_id})
    tx.execute(_DONE, {"lead_id": lead_id, "now": clock.now(), "imported": imported.new, "healed": imported.healed,
                       "error": error or None})
    events.tell_screens(tx, scope, ("thread",), lead_id)
