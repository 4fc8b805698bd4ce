"""Who asked us to stop, when it was not the lead's own address? A colleague in copy may be a lead in their own right."""

from uuid import UUID

from sqlalchemy import text

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services import jobs
from zrg_app.services.leads.consent import blacklist

_WRITER = text("""
select i.lead_id, m.from_name, m.from_address from message m
join lead_identity i on i.workspace_id = m.workspace_id and i.kind = 'email' and i.value = lower(m.from_address)
where m.id = :message_id and m.workspace_id = :workspace_id and m.direction = 'inbound' and i.lead_id <> m.lead_id
""")


def ask_to_stop(tx: Tx, scope: Scope, message_id: UUID) -> None:
    """Let a request to stop count for whoever wrote it, too. A job of its own, because two leads are locked in order."""
    jobs.enqueue(tx, scope, "leads.stop_writer", message_id=message_id, dedupe_key=f"{message_id}:stop-writer")


@jobs.job("leads.stop_writer")
def stop_writer(tx: Tx, scope: Scope, *, message_id: UUID) -> None:
    """Write no more to the lead whose address a request to stop came from, when it came in another lead's thread."""
    row = tx.execute(_WRITER, {"message_id": message_id, "workspace_id": scope.workspace_id}).one_or_none()
    if row is not None:
        blacklist(tx, scope, row.lead_id, reason=f"{row.from_name or row.from_address} asked to stop in another conversation.")
