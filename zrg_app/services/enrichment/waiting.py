"""What waits for something to be found out about a lead, and when does it go on?"""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.digest import stable_key
from zrg_app.kit.scope import Scope
from zrg_app.services import jobs
from zrg_app.services.enrichment.policy import STALE

# A job that waits is one that is due late: what it does then without the answer is its own business.
_RESUME = text("""
update background_job set run_at = :now
where lead_id = :lead_id and status = 'PENDING' and run_at > :now and starts_with(dedupe_key, :mark)
returning id, wake_workers()
""")


def wait(tx: Tx, scope: Scope, lead_id: UUID, kind: str, job: str, **arguments: Any) -> UUID | None:
    """Let `job` run once `kind` (phone, linkedin) is found out about the lead, at the latest when the look-up is given up.

    Returns the job's id, or None when the same work waits already. Raises Invalid for arguments the job does not take.
    """
    key = f"waiting:{kind}:{lead_id}:{job}:{stable_key(*sorted(arguments.items()))}"
    return jobs.enqueue(tx, scope, job, lead_id=lead_id, run_at=clock.now() + STALE, dedupe_key=key, **arguments)


def resume(tx: Tx, lead_id: UUID, kind: str) -> int:
    """Let everything go that waits for `kind`; returns how many jobs."""
    return len(tx.execute(_RESUME, {"lead_id": lead_id, "now": clock.now(), "mark": f"waiting:{kind}:"}).all())
