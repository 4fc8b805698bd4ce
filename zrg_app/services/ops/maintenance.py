"""What heals by itself every minute? Leases of dead workers, open rows of the run ledger, too old a queue."""

from zrg_app.kit.db import Tx, driver
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Scope
from zrg_app.services import jobs
from zrg_app.services.jobs import job

log = get_logger()
TOO_OLD_SECONDS = 30 * 60


@job("ops.background_jobs", tries=1, priority=1)
def background_jobs(tx: Tx, scope: Scope) -> dict:
    """Release stale leases, heal the run ledger, warn about jobs that are due for over 30 minutes (FACTS section 23)."""
    connection = driver(tx)
    released, healed = jobs.lease.release_stale(connection), jobs.runs.heal(connection)
    depths = jobs.queries.depths(tx, scope)
    oldest = max((depth.oldest_seconds for depth in depths), default=0.0)
    if oldest > TOO_OLD_SECONDS:
        log.error("ops.queue_too_old", oldest_seconds=round(oldest))
    return {"released": released, "healed": healed, "waiting": sum(depth.waiting for depth in depths),
            "oldest_seconds": round(oldest)}
