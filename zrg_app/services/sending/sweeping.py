"""Which messages are stuck, because a worker or a job was lost? They are set going again, never sent blindly."""

from datetime import timedelta

from sqlalchemy import and_, or_, select

from zrg_app.kit import clock
from zrg_app.kit.db import transaction
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Scope
from zrg_app.models import OutboundMessage as Row
from zrg_app.models.vocabulary import OutboundStatus
from zrg_app.services import jobs
from zrg_app.services.jobs import job
from zrg_app.services.sending.claims import LEASE, LOOKS

log = get_logger()

OVERDUE = timedelta(minutes=2)
BATCH = 200


@job("sending.sweep", tries=1)
def sweep(scope: Scope) -> None:
    """Set stuck messages of all workspaces going again; run every minute by the scheduler under the system scope."""
    now = clock.now()
    lost_looks = timedelta(seconds=2 * LOOKS[-1])
    with transaction(scope) as tx:
        rows = tx.execute(select(Row.id, Row.workspace_id, Row.lead_id, Row.status).where(or_(
            and_(Row.status == OutboundStatus.SENDING, Row.attempted_at < now - LEASE),
            and_(Row.status == OutboundStatus.CHECKING, Row.updated_at < now - lost_looks),
            and_(Row.status == OutboundStatus.WAITING, Row.not_before < now - OVERDUE)))
            .order_by(Row.updated_at).limit(BATCH)).all()
        for row in rows:
            kind = "sending.reconcile" if row.status == OutboundStatus.CHECKING else "sending.send"
            # One rescue per message and lease, however often the sweep runs while the queue is long.
            jobs.enqueue(tx, scope.within(row.workspace_id), kind, lead_id=row.lead_id, outbound_id=row.id,
                         dedupe_key=f"{kind}:{row.id}:{int(now.timestamp() // LEASE.total_seconds())}")
    if rows:
        log.warning("sending.swept", messages=len(rows))
