"""How full is the queue, what is in it, and what has died?"""

from datetime import datetime
from uuid import UUID

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, driver
from zrg_app.kit.scope import Scope
from zrg_app.services.jobs.views import JobRow, QueueDepth

MOST_ROWS = 200

_DEPTHS = """
select queue, count(*) filter (where status = 'PENDING' and run_at <= %(now)s),
       count(*) filter (where status = 'PENDING' and run_at > %(now)s), count(*) filter (where status = 'RUNNING'),
       coalesce(extract(epoch from %(now)s - min(run_at) filter (where status = 'PENDING' and run_at <= %(now)s)), 0)
from (select queue, status, run_at from background_job where status = 'PENDING'
      union all select queue, status, run_at from background_job where status = 'RUNNING') open
group by queue order by queue
"""
_PAGE = """
select id, kind, queue, status, workspace_id, lead_id, attempts, max_attempts, run_at, finished_at, locked_by, last_error,
       correlation_id
from background_job
where (%(status)s::text is null or status = %(status)s) and (%(kind)s::text is null or kind = %(kind)s)
  and (%(lead_id)s::uuid is null or lead_id = %(lead_id)s) and (%(before)s::uuid is null or id < %(before)s)
order by id desc limit %(limit)s
"""


def depths(tx: Tx, scope: Scope) -> tuple[QueueDepth, ...]:
    """Depth and age of every queue that holds something, of this workspace or, under the system scope, of all."""
    rows = driver(tx).execute(_DEPTHS, {"now": clock.now()}).fetchall()
    return tuple(QueueDepth(queue=queue, waiting=waiting, scheduled=scheduled, running=running, oldest_seconds=float(age))
                 for queue, waiting, scheduled, running, age in rows)


def page(tx: Tx, scope: Scope, *, status: str | None = None, kind: str | None = None, lead_id: UUID | None = None,
         before: UUID | None = None, limit: int = 50) -> tuple[JobRow, ...]:
    """Jobs newest first, `before` the last id of the page above; at most 200."""
    rows = driver(tx).execute(_PAGE, {"status": status, "kind": kind, "lead_id": lead_id, "before": before,
                                      "limit": min(limit, MOST_ROWS)}).fetchall()
    return tuple(_row(row) for row in rows)


def dead_letters(tx: Tx, scope: Scope, *, before: UUID | None = None, limit: int = 50) -> tuple[JobRow, ...]:
    """Jobs that were given up, newest first."""
    return page(tx, scope, status="FAILED", before=before, limit=limit)


def _row(row: tuple) -> JobRow:
    names = ("id", "kind", "queue", "status", "workspace_id", "lead_id", "attempts", "max_attempts", "run_at", "finished_at",
             "locked_by", "last_error", "correlation_id")
    return JobRow(**{name: _plain(value) for name, value in zip(names, row, strict=True)})


def _plain(value: object) -> object:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else value if isinstance(value, int) else str(value)
