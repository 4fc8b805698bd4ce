"""How are all conversations of a workspace read back? Page by page, behind all other work, with progress; a person can stop it.

The run is a row and each page is jobs, so it goes on where it was after a restart. The next page waits until most of the last
one is done: a run never fills the queue, and other workspaces keep their turns.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, driver, fetch_all, fetch_one
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services import events, jobs
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import BULK_PRIORITY
from zrg_app.services.sync.actions import request
from zrg_app.services.sync.queries import readable_providers
from zrg_app.services.sync.views import RunView

PAGE = 50
REST = 10
PAUSE = timedelta(seconds=2)

_START = text("""
insert into sync_run (id, workspace_id, status, total, until_lead_id, started_by, started_at)
select :id, :workspace_id, 'running', count(*), (array_agg(lead_id order by lead_id desc))[1], :started_by, :now
from conversation where workspace_id = :workspace_id
""")
_TAKE = "select * from sync_run where id = %(id)s and workspace_id = %(workspace)s for update"
_NEXT = """
select lead_id from conversation
where workspace_id = %(workspace)s and lead_id <= %(until)s and (%(last)s::uuid is null or lead_id > %(last)s)
order by lead_id limit %(limit)s
"""
_JOBS = "select id, status from background_job where id = any(%(ids)s)"
_WRITE = """
update sync_run set page = %(page)s, asked = %(asked)s, failed = %(failed)s, last_lead_id = %(last)s, status = %(status)s,
                    finished_at = %(finished)s, total = greatest(%(asked)s, total) where id = %(id)s
"""
_CANCEL = """
update sync_run set status = 'cancelled', finished_at = %s where id = %s and workspace_id = %s and status = 'running' returning id
"""
_LATEST = "select * from sync_run where workspace_id = %(workspace)s order by started_at desc, id desc limit 1"


def start(tx: Tx, scope: Scope) -> UUID:
    """Begin to read every conversation back. Raises Conflict when a run is under way or no provider can be asked."""
    if not readable_providers(tx, scope):
        raise Conflict("No connected provider can be asked for its history.")
    run_id = ids.new_id()
    savepoint = tx.begin_nested()
    try:
        tx.execute(_START, {"id": run_id, "workspace_id": scope.workspace_id, "started_by": scope.actor.name, "now": clock.now()})
        savepoint.commit()
    except IntegrityError as error:
        savepoint.rollback()
        raise Conflict("All conversations are being read back already.") from error
    jobs.enqueue(tx, scope, "sync.page", run_id=run_id)
    events.tell_screens(tx, scope, ("operations",))
    return run_id


def cancel(tx: Tx, scope: Scope, run_id: UUID) -> None:
    """Stop a run; what it has asked for and not begun is let go. Raises NotFound when there is none under way."""
    if driver(tx).execute(_CANCEL, (clock.now(), run_id, scope.workspace_id)).fetchone() is None:
        raise NotFound("That run has ended already.")
    events.tell_screens(tx, scope, ("operations",))


def is_cancelled(tx: Tx, run_id: UUID) -> bool:
    """Whether the conversations of this run need not be read any more."""
    row = fetch_one(tx, "select status from sync_run where id = %(id)s", {"id": run_id})
    return row is None or row["status"] == "cancelled"


def latest(tx: Tx, scope: Scope) -> RunView | None:
    """The run under way, else the last one; None before the first."""
    row = fetch_one(tx, _LATEST, {"workspace": scope.workspace_id})
    if row is None:
        return None
    states = _states(tx, row["page"])
    open_jobs = sum(status in ("PENDING", "RUNNING") for status in states.values())
    done = row["asked"] - open_jobs
    return RunView(
        id=str(row["id"]), status=row["status"], total=row["total"], done=done, started_by=row["started_by"],
        failed=row["failed"] + sum(status == "FAILED" for status in states.values()),
        share=100 if row["status"] == "done" else min(99, 100 * done // max(row["total"], 1)),
        started_at=row["started_at"].isoformat(), finished_at=row["finished_at"].isoformat() if row["finished_at"] else "")


@job("sync.page", tries=10, priority=BULK_PRIORITY)
def page(tx: Tx, scope: Scope, *, run_id: UUID) -> None:
    """Ask for the next page of conversations once most of the last is done, and come back until none is left."""
    run = fetch_one(tx, _TAKE, {"id": run_id, "workspace": scope.workspace_id})
    if run is None or run["status"] != "running":
        return
    states = _states(tx, run["page"])
    waiting = [job_id for job_id, status in states.items() if status in ("PENDING", "RUNNING")]
    leads = _next_leads(tx, scope, run) if len(waiting) <= REST else []
    if leads:
        asked = [request(tx, scope, lead_id, run_id=run_id, priority=BULK_PRIORITY) for lead_id in leads]
        run |= {"last_lead_id": leads[-1], "asked": run["asked"] + len(leads)}
        gone = [status for job_id, status in states.items() if job_id not in waiting]
        run |= {"failed": run["failed"] + gone.count("FAILED"), "page": list(dict.fromkeys([*waiting, *filter(None, asked)]))}
    ended = not leads and not waiting
    driver(tx).execute(_WRITE, {
        "id": run_id, "page": run["page"], "asked": run["asked"], "failed": run["failed"], "last": run["last_lead_id"],
        "status": "done" if ended else "running", "finished": clock.now() if ended else None})
    if not ended:
        jobs.enqueue(tx, scope, "sync.page", run_id=run_id, run_at=clock.now() + PAUSE)
    events.tell_screens(tx, scope, ("operations",))


def _next_leads(tx: Tx, scope: Scope, run: dict) -> list[UUID]:
    found = fetch_all(tx, _NEXT, {"workspace": scope.workspace_id, "until": run["until_lead_id"], "last": run["last_lead_id"],
                                  "limit": PAGE})
    return [row["lead_id"] for row in found]


def _states(tx: Tx, job_ids: list[UUID]) -> dict[UUID, str]:
    return {row["id"]: row["status"] for row in fetch_all(tx, _JOBS, {"ids": job_ids})} if job_ids else {}
