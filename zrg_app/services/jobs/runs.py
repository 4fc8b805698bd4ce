"""Did a dispatched function really run, and how did it end? The ledger of runs (spec sections 14 and 22).

A tick of a timer or a call of a cron route opens a row and enqueues a job with the row's key; the end of the job closes it,
so a row that says SUCCEEDED means the work was done, not only asked for.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, driver
from zrg_app.kit.scope import Scope
from zrg_app.services.jobs.actions import enqueue

RUN_PREFIX = "run:"

_OPEN = """
insert into function_run (id, run_key, function_name, status, attempt, source, workspace_id, dispatch_key, correlation_id,
                          requested_at, created_at)
values (%s, %s, %s, 'PENDING', 1, %s, %s, %s, %s, %s, %s)
on conflict (run_key) do nothing returning id
"""
_FINISH = """
update function_run run
set status = done.status, started_at = job.started_at, finished_at = %(now)s, attempt = greatest(job.attempts, 1),
    duration_ms = round(extract(epoch from %(now)s - coalesce(job.started_at, %(now)s)) * 1000),
    outcome = done.outcome, last_error = done.error
from unnest(%(keys)s::text[], %(statuses)s::text[], %(outcomes)s::jsonb[], %(errors)s::text[])
     as done (key, status, outcome, error) join background_job job on job.dedupe_key = done.key
where run.run_key = done.key
"""
# What a crash between the end of a job and its ledger row, or a cancelled job, left open.
HEAL = """
update function_run run
set status = job.status, started_at = job.started_at, finished_at = job.finished_at, last_error = job.last_error
from background_job job
where job.dedupe_key = run.run_key and run.status = 'PENDING' and job.status in ('SUCCEEDED', 'FAILED')
  and job.finished_at < %(before)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """The answer to "start this once per window": `is_new` is False when the window had been dispatched before."""

    function_name: str
    dispatch_key: str
    correlation_id: str
    is_new: bool


def is_run(dedupe_key: str | None) -> bool:
    """Whether a job was dispatched by a timer or a cron route."""
    return dedupe_key is not None and dedupe_key.startswith(RUN_PREFIX)


def window_start(at: datetime, window: timedelta) -> datetime:
    """The beginning of the window that `at` lies in; windows are counted from the epoch, alike on every machine."""
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=at.tzinfo)


def dispatch(tx: Tx, scope: Scope, function_name: str, kind: str, *, at: datetime, source: str,
             **arguments: Any) -> Dispatch:
    """Start job `kind` once for the window that begins `at`, with a row in the ledger; a second call changes nothing."""
    dispatch_key = f"{function_name}@{at.isoformat(timespec='seconds')}"
    run_key, now = RUN_PREFIX + dispatch_key, clock.now()
    correlation_id = run_key
    opened = driver(tx).execute(_OPEN, (ids.new_id(), run_key, function_name, source, scope.workspace_id, dispatch_key,
                                        correlation_id, now, now)).fetchone()
    if opened:
        enqueue(tx, scope, kind, dedupe_key=run_key, correlation_id=correlation_id, **arguments)
    return Dispatch(function_name=function_name, dispatch_key=dispatch_key, correlation_id=correlation_id,
                    is_new=opened is not None)


def finish(connection: psycopg.Connection, ends: Sequence[tuple[str, str, dict, str | None]]) -> None:
    """Close the ledger rows of ended jobs, given as (run key, status, outcome, last error)."""
    if ends:
        keys, statuses, outcomes, errors = zip(*ends, strict=True)
        connection.execute(_FINISH, {"now": clock.now(), "keys": list(keys), "statuses": list(statuses),
                                     "outcomes": [json.dumps(outcome, default=str) for outcome in outcomes],
                                     "errors": list(errors)})


def heal(connection: psycopg.Connection) -> int:
    """Close rows whose job ended a minute ago or earlier without saying so; returns how many."""
    return connection.execute(HEAL, {"before": clock.now() - timedelta(minutes=1)}).rowcount
