"""When its moment has come, what happens around the sending of a draft? The provider is read between two short transactions."""

from datetime import timedelta
from uuid import UUID

from zrg_app.kit import clock, db, logs
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import Outside, Refused
from zrg_app.kit.scope import Actor, Scope
from zrg_app.models.vocabulary import ConnectionStatus
from zrg_app.services import jobs, sync
from zrg_app.services.autosend import sending_off
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import REPLY_PRIORITY
from zrg_app.services.sync.queries import readable_providers

log = logs.get_logger()

AI = "AI"
# A provider that told us something within this time would have told us of a reply too.
LIVE_WITHIN = timedelta(hours=1)
LOST_AFTER = timedelta(minutes=2)

_EVENTS = "select provider, status, last_event_at from connection where workspace_id = %(workspace)s and provider = any(%(providers)s)"
_NOTED = "select error from lead_sync where lead_id = %(lead)s and workspace_id = %(workspace)s"
_LOST = """
select d.id, d.workspace_id from auto_send_decision d
where d.due_at is not null and d.outcome is null and d.due_at < %(before)s
  and not exists (select from background_job j where j.kind = 'autosend.send' and j.status in ('PENDING', 'RUNNING')
                  and j.payload ->> 'decision_id' = d.id::text) limit 200
"""


@job("autosend.send", tries=5, priority=REPLY_PRIORITY)
def send(scope: Scope, *, decision_id: UUID) -> dict | None:
    """Send what was decided, if nothing happened since. Safe to run any number of times, at once or after a crash.

    Whatever refuses holds the draft for a person, with the reason; nothing that is not known for sure is sent.
    """
    scope = Scope(actor=Actor(kind="job", name=AI), workspace_id=scope.workspace_id)
    with db.transaction(scope) as tx:
        row = sending_off.due(tx, scope, decision_id)
        lead_id = row.lead_id if row else None
    if lead_id is None:
        return None
    read = _read_history(scope, lead_id)
    try:
        with db.transaction(scope) as tx:
            live = read or _webhooks_live(tx, scope)
            outbound_id = sending_off.let_go(tx, scope, decision_id, history_read=read, webhooks_live=live)
    except Refused as refused:
        with db.transaction(scope) as tx:
            sending_off.hold_by_id(tx, scope, decision_id, refused.reason, refused.sentence)
        outbound_id = None
    log.info("autosend.sent" if outbound_id else "autosend.not_sent", decision=str(decision_id))
    return {"outbound": str(outbound_id)} if outbound_id else None


@job("autosend.sweep")
def sweep(tx: Tx, scope: Scope) -> dict:
    """Put due sends whose job was lost back into the queue, in all workspaces."""
    lost = fetch_all(tx, _LOST, {"before": clock.now() - LOST_AFTER})
    for row in lost:
        jobs.enqueue(tx, scope.within(row["workspace_id"]), "autosend.send", decision_id=row["id"], priority=REPLY_PRIORITY)
    return {"found": len(lost)}


def _read_history(scope: Scope, lead_id: UUID) -> bool:
    """Read back what the lead's providers have; whether all of them answered. One without a history to read counts as read."""
    try:
        sync.conversation(scope, of_lead=lead_id)
    except (Outside, Refused) as error:
        log.warning("autosend.history_unreadable", reason=error.reason)
        return False
    with db.transaction(scope) as tx:
        noted = fetch_one(tx, _NOTED, {"lead": lead_id, "workspace": scope.workspace_id})
    return not (noted and noted["error"])


def _webhooks_live(tx: Tx, scope: Scope) -> bool:
    """Whether every provider that could be asked has told us something of late, and none is locked."""
    able = readable_providers(tx, scope)
    rows = fetch_all(tx, _EVENTS, {"workspace": scope.workspace_id, "providers": list(able)})
    since = clock.now() - LIVE_WITHIN
    return all(row["status"] != ConnectionStatus.LOCKED and row["last_event_at"] and row["last_event_at"] > since for row in rows)
