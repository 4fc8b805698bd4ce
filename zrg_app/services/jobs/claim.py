"""Who may do which job next? Rows are taken in fair turns under a lease; SQL by name, on the bare driver.

A lane is one queue of one workspace. A claim takes the same share from several lanes, so a workspace with a hundred
thousand jobs gets no more turns than one with a single reply; inside a lane the lower `priority` number goes first.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg.errors import UniqueViolation

from zrg_app.kit import clock

Lane = tuple[str, UUID | None]
CLAIM_TRIES = 3

# A loose index scan: one probe per lane instead of one per job. NULL sorts last and stops the row comparison, so
# the system's own lanes are asked for by queue.
LANES = """
with recursive lane as (
    (select queue, workspace_id from background_job where status = 'PENDING' and workspace_id is not null
     order by queue, workspace_id limit 1)
    union all
    select next.queue, next.workspace_id from lane cross join lateral (
        select queue, workspace_id from background_job
        where status = 'PENDING' and workspace_id is not null and (queue, workspace_id) > (lane.queue, lane.workspace_id)
        order by queue, workspace_id limit 1) next
)
select queue, workspace_id from lane where exists (
    select from background_job due where due.status = 'PENDING' and due.queue = lane.queue
    and due.workspace_id = lane.workspace_id and due.run_at <= %(now)s)
union all
select queue, null from unnest(%(queues)s::text[]) queue where exists (
    select from background_job due where due.status = 'PENDING' and due.queue = queue
    and due.workspace_id is null and due.run_at <= %(now)s)
"""

# The advisory lock keeps two workers from taking two jobs of one lead in the same instant: without it the second would wait
# for the first on the unique index, and two such waits could deadlock. A row that another worker has locked is skipped, not
# gone: the look for an earlier one keeps the order of a lead even when that worker then lets go of it.
_CLAIM = """
with candidate as materialized (
    select due.* from unnest(%(queues)s::text[], %(workspaces)s::uuid[]) as lane (queue, workspace_id) cross join lateral (
        select job.id, job.lead_id, job.priority, job.run_at from background_job job
        where job.status = 'PENDING' and job.queue = lane.queue and {workspace} and job.run_at <= %(now)s
          and (job.lead_id is null or not exists (
              select from background_job busy where busy.lead_id = job.lead_id and busy.status = 'RUNNING'))
        order by job.priority, job.run_at, job.id limit %(share)s for update of job skip locked) due
), first_of_lead as materialized (
    select distinct on (coalesce(lead_id, id)) id, lead_id from candidate order by coalesce(lead_id, id), priority, run_at, id
)
update background_job job
set status = 'RUNNING', attempts = job.attempts + 1, locked_by = %(worker)s, locked_until = %(lease)s, started_at = %(now)s
from first_of_lead chosen
where job.id = chosen.id
  and (chosen.lead_id is null or not exists (
          select from background_job earlier where earlier.lead_id = chosen.lead_id and earlier.status = 'PENDING'
          and earlier.queue = job.queue and earlier.run_at <= %(now)s
          and (earlier.priority, earlier.run_at, earlier.id) < (job.priority, job.run_at, job.id))
       and pg_try_advisory_xact_lock(hashtextextended(chosen.lead_id::text, 20)))
returning job.id, job.workspace_id, job.kind, job.queue, job.payload, job.priority, job.run_at, job.attempts,
          job.max_attempts, job.deferrals, job.lead_id, job.dedupe_key, job.correlation_id
"""
CLAIM = _CLAIM.format(workspace="job.workspace_id = lane.workspace_id")
CLAIM_SYSTEM = _CLAIM.format(workspace="job.workspace_id is null")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job this worker holds. `attempts` counts this try and, with the worker's name, fences late results off."""

    id: UUID
    workspace_id: UUID | None
    kind: str
    queue: str
    payload: dict[str, Any]
    priority: int
    run_at: datetime
    attempts: int
    max_attempts: int
    deferrals: int
    lead_id: UUID | None
    dedupe_key: str | None
    correlation_id: str | None


def lanes(connection: psycopg.Connection, system_queues: Sequence[str]) -> list[Lane]:
    """The lanes in which something is due now; those of the system itself are looked for in `system_queues`."""
    return connection.execute(LANES, {"now": clock.now(), "queues": list(system_queues)}).fetchall()


def claim(connection: psycopg.Connection, worker: str, among: Sequence[Lane], *, share: int, lease: timedelta) -> list[Claimed]:
    """Take up to `share` due jobs of each lane for `worker`, at most one per lead, most urgent first."""
    owned = [lane for lane in among if lane[1] is not None]
    taken = _claim(connection, CLAIM, worker, owned, share, lease) if owned else []
    if len(owned) < len(among):
        taken += _claim(connection, CLAIM_SYSTEM, worker, [lane for lane in among if lane[1] is None], share, lease)
    return sorted(taken, key=lambda job: (job.priority, job.run_at, job.id))


def _claim(connection: psycopg.Connection, query: str, worker: str, among: list[Lane], share: int,
           lease: timedelta) -> list[Claimed]:
    now = clock.now()
    values = {"queues": [lane[0] for lane in among], "workspaces": [lane[1] for lane in among], "now": now,
              "share": share, "worker": worker, "lease": now + lease}
    for _ in range(CLAIM_TRIES):
        try:
            with nullcontext() if connection.autocommit else connection.transaction():
                return [Claimed(*row) for row in connection.execute(query, values).fetchall()]
        except UniqueViolation:
            # Another worker took a job of the same lead after our snapshot; a new look sees it running.
            continue
    return []
