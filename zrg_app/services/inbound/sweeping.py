"""Which rows of the ledger were given up? Those whose job is gone or dead; they are marked, so that nobody takes them for waiting."""

from datetime import timedelta

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, driver
from zrg_app.kit.scope import Scope
from zrg_app.services.jobs import job

QUIET = timedelta(minutes=10)

_GIVE_UP = """
update webhook_event e set status = 'FAILED', processed_at = %(now)s,
       last_error = coalesce((select j.last_error from background_job j where j.payload ->> 'webhook_event_id' = e.id::text
                              and j.status = 'FAILED' order by j.finished_at desc limit 1), 'Its job is gone.')
where e.id in (select w.id from webhook_event w where w.status = 'PENDING' and w.received_at < %(before)s
               and not exists (select from background_job j where j.kind in ('inbound.understand_event', 'inbound.look_up')
                               and j.payload ->> 'webhook_event_id' = w.id::text and j.status in ('PENDING', 'RUNNING'))
               order by w.received_at limit 200)
"""


@job("inbound.sweep")
def sweep(tx: Tx, scope: Scope) -> None:
    """Mark given-up rows as FAILED with their job's last error, in all workspaces; they can be replayed."""
    driver(tx).execute(_GIVE_UP, {"now": clock.now(), "before": clock.now() - QUIET})
