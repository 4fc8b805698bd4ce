"""What becomes of a job that ended? Pure decision, and the statements that write it down.

Spec section 7: a failure waits min(15 min, 2^attempt s + less than a second) and is tried again until its attempts are used
up; then the row stays as FAILED, a dead letter with its last error.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import psycopg

from zrg_app.kit import clock
from zrg_app.kit.errors import ProviderBusy, ProviderRefused, Refused, ZrgError
from zrg_app.services.jobs import runs
from zrg_app.services.jobs.claim import Claimed

LONGEST_BACKOFF = timedelta(minutes=15)
MOST_DEFERRALS = 100
ERROR_CHARACTERS = 10_000
_LINE = "\n"

# Attempts fence: after a lost lease somebody else may hold the row, or this worker itself for another try.
_MINE = "job.id = done.id and job.attempts = done.attempts and job.locked_by = %(worker)s and job.status = 'RUNNING'"
SUCCEED = f"""
update background_job job set status = 'SUCCEEDED', finished_at = %(now)s, locked_by = null, locked_until = null
from unnest(%(ids)s::uuid[], %(attempts)s::int[]) as done (id, attempts) where {_MINE}
"""
SETTLE = f"""
update background_job job
set status = done.status, run_at = coalesce(done.run_at, job.run_at), attempts = job.attempts - done.refund,
    deferrals = job.deferrals + done.deferred, finished_at = case when done.status = 'FAILED' then %(now)s end,
    locked_by = null, locked_until = null, last_error = coalesce(done.error, job.last_error)
from unnest(%(ids)s::uuid[], %(attempts)s::int[], %(statuses)s::text[], %(run_ats)s::timestamptz[], %(refunds)s::int[],
            %(deferred)s::int[], %(errors)s::text[]) as done (id, attempts, status, run_at, refund, deferred, error)
where {_MINE}
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one try of a job ended. `refund` 1 gives the attempt back, `deferred` 1 counts a wait for a provider; `written` says
    the job's own transaction recorded it."""

    job: Claimed
    status: str
    error: str | None = None
    run_at: datetime | None = None
    refund: int = 0
    deferred: int = 0
    written: bool = False
    result: dict[str, Any] = field(default_factory=dict)


def backoff(attempts: int, jitter: float) -> timedelta:
    """How long to wait after failed try number `attempts`; `jitter` is 0 to 1 s."""
    return min(LONGEST_BACKOFF, timedelta(seconds=2 ** min(max(attempts, 1), 10) + jitter))


def succeeded(job: Claimed, result: object = None, *, written: bool = False) -> Ended:
    """The job did what it should; a dictionary it returned goes into the ledger of runs."""
    return Ended(job, "SUCCEEDED", written=written, result=result if isinstance(result, dict) else {})


def failed(job: Claimed, error: BaseException, now: datetime) -> Ended:
    """What `error` means for the job: wait for a busy provider, give up on a refusal, or try again after the backoff."""
    if isinstance(error, ProviderBusy) and job.deferrals < MOST_DEFERRALS:
        wait = min(max(timedelta(seconds=error.retry_after), timedelta(seconds=1)), LONGEST_BACKOFF)
        return Ended(job, "PENDING", describe(error), now + wait, refund=1, deferred=1)
    if isinstance(error, (Refused, ProviderRefused)) or job.attempts >= job.max_attempts:
        return Ended(job, "FAILED", describe(error))
    return Ended(job, "PENDING", describe(error), now + backoff(job.attempts, random.random()))


def given_up(job: Claimed, reason: str) -> Ended:
    """The job cannot be done at all, whatever the number of tries."""
    return Ended(job, "FAILED", reason)


def handed_back(job: Claimed) -> Ended:
    """The job was claimed but not begun; it waits again as if it had not been touched."""
    return Ended(job, "PENDING", refund=1)


def describe(error: BaseException) -> str:
    """The error for people who look at a dead letter: reason and sentence of ours, type and first line of others'."""
    # The further lines of a database error quote the statement and the row: people's words.
    ours = isinstance(error, ZrgError)
    text = f"{error.reason}: {error.sentence}" if ours else f"{type(error).__name__}: {str(error).partition(_LINE)[0]}"
    return text[:ERROR_CHARACTERS].replace("\x00", "")


def settle(connection: psycopg.Connection, worker: str, ended: Sequence[Ended]) -> None:
    """Write down a batch of ends, one statement for the successes and one for the rest; late results change nothing."""
    now = clock.now()
    good = [end for end in ended if end.status == "SUCCEEDED" and not end.written]
    rest = [end for end in ended if end.status != "SUCCEEDED"]
    if good:
        connection.execute(SUCCEED, {**_columns(good), "worker": worker, "now": now})
    if rest:
        connection.execute(SETTLE, {
            **_columns(rest), "worker": worker, "now": now, "statuses": [end.status for end in rest],
            "run_ats": [end.run_at for end in rest], "refunds": [end.refund for end in rest],
            "deferred": [end.deferred for end in rest], "errors": [end.error for end in rest]})
    runs.finish(connection, [(end.job.dedupe_key, end.status, end.result, end.error) for end in ended
                             if runs.is_run(end.job.dedupe_key) and end.status != "PENDING"])


def complete(connection: psycopg.Connection, worker: str, job: Claimed) -> bool:
    """Mark one job done in the caller's transaction; False when it is no longer this worker's."""
    return connection.execute(SUCCEED, {"ids": [job.id], "attempts": [job.attempts], "worker": worker,
                                        "now": clock.now()}).rowcount == 1


def _columns(ended: Sequence[Ended]) -> dict[str, list]:
    return {"ids": [end.job.id for end in ended], "attempts": [end.job.attempts for end in ended]}
