"""How is one claimed job done? Under the scope of its row, with its effect and completion together where it can be."""

from contextvars import copy_context
from datetime import timedelta

import structlog

from zrg_app.kit import clock, db
from zrg_app.kit.errors import Broken, ZrgError
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Actor, Scope, system
from zrg_app.services.jobs.claim import Claimed, claim, lanes
from zrg_app.services.jobs.outcome import Ended, complete, failed, given_up, settle, succeeded
from zrg_app.services.jobs.registry import Job, all_jobs, registered

log = get_logger()
TEST_LEASE = timedelta(minutes=5)


class LeaseLost(Broken):
    """Somebody else holds the job by now; the transaction is rolled back and theirs counts."""

    code = "lease_lost"


def scope_of(job: Claimed) -> Scope:
    """The job acting in its row's workspace; the system scope when the row has none."""
    return Scope(actor=Actor(kind="job", name=f"job {job.kind}"), workspace_id=job.workspace_id)


def perform(job: Claimed, worker: str) -> Ended:
    """Do `job` and say how it ended; never raises for what the job did."""
    structlog.contextvars.bind_contextvars(job=str(job.id), kind=job.kind, workspace=str(job.workspace_id or ""),
                                           correlation_id=job.correlation_id or str(job.id), attempt=job.attempts)
    try:
        kind = registered(job.kind)
    except Broken as error:
        log.error("jobs.unknown_kind")
        return given_up(job, error.sentence)
    try:
        ended = _transactional(kind, job, worker) if kind.transactional else _flow(kind, job)
    except BaseException as error:  # fence: broad-except because this is the edge of the worker: any end of a job is recorded
        ended = failed(job, error, clock.now())
        _report(ended, error)
    return ended


def run_ready(limit: int = 100, worker: str = "run_ready") -> list[Ended]:
    """Do what is due now, one by one in this thread, up to `limit` jobs; also inside a test's rolled-back transaction."""
    queues, done = sorted({job.queue for job in all_jobs()}), []
    while len(done) < limit:
        with db.fast_transaction(system("claim jobs")) as connection:
            taken = claim(connection, worker, lanes(connection, queues), share=1, lease=TEST_LEASE)
        if not taken:
            break
        for job in taken:
            done.append(copy_context().run(perform, job, worker))
            with db.fast_transaction(system("settle jobs")) as connection:
                settle(connection, worker, done[-1:])
    return done


def _transactional(kind: Job, job: Claimed, worker: str) -> Ended:
    with db.transaction(scope_of(job)) as tx:
        result = kind.function(tx, scope_of(job), **kind.arguments(job.payload))
        if not complete(db.driver(tx), worker, job):
            raise LeaseLost(f"Job {job.kind} was taken over after its lease ran out.")
    return succeeded(job, result, written=True)


def _flow(kind: Job, job: Claimed) -> Ended:
    return succeeded(job, kind.function(scope_of(job), **kind.arguments(job.payload)))


def _report(ended: Ended, error: BaseException) -> None:
    # Our own errors say what they mean; a defect is told with its way through the code.
    trace = None if isinstance(error, ZrgError) and not isinstance(error, Broken) else error
    if ended.status == "FAILED":
        log.error("jobs.failed", error=ended.error, exc_info=trace)
    else:
        log.warning("jobs.retried", error=ended.error, run_at=ended.run_at, exc_info=trace)
