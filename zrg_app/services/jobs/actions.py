"""How does work get into the queue, and how does a person put it back or take it out? As rows of the caller's transaction."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import structlog

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, driver
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services.jobs.registry import registered

# `wake_workers()` notifies only when a worker listens: a NOTIFY per job serialises commits (PERFORMANCE section 2).
_ENQUEUE = """
insert into background_job (id, workspace_id, kind, queue, status, priority, run_at, max_attempts, payload, dedupe_key,
                            lead_id, message_id, draft_id, correlation_id, created_at)
values (%s, %s, %s, %s, 'PENDING', %s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s, %s)
on conflict (dedupe_key) where dedupe_key is not null do nothing
returning id, case when run_at <= created_at then wake_workers() end
"""
_ENQUEUE_MANY = """
with added as (
    insert into background_job (id, workspace_id, kind, queue, status, priority, run_at, max_attempts, payload, dedupe_key,
                                lead_id, message_id, draft_id, correlation_id, created_at)
    select one.id, %s, %s, %s, 'PENDING', %s, %s, %s, one.payload, one.dedupe_key, one.lead_id,
           (one.payload ->> 'message_id')::uuid, (one.payload ->> 'draft_id')::uuid, %s, %s
    from unnest(%s::uuid[], %s::jsonb[], %s::text[], %s::uuid[]) as one (id, payload, dedupe_key, lead_id)
    on conflict (dedupe_key) where dedupe_key is not null do nothing
    returning id)
select count(*), wake_workers() from added
"""
_RETRY = """
update background_job set status = 'PENDING', run_at = %s, attempts = 0, deferrals = 0, finished_at = null
where id = %s and status = 'FAILED' returning id, wake_workers()
"""
_CANCEL = """
update background_job set status = 'FAILED', finished_at = %s, last_error = %s
where id = %s and status = 'PENDING' returning id
"""


def enqueue(tx: Tx | psycopg.Connection, scope: Scope, kind: str, *, run_at: datetime | None = None,
            dedupe_key: str | None = None, priority: int | None = None, lead_id: UUID | None = None,
            correlation_id: str | None = None, **arguments: Any) -> UUID | None:
    """Put a job into the queue. Returns its id, or None when `dedupe_key` is already there (spec section 7).

    `tx` is a session, or on hot paths the bare connection of `fast_transaction`.
    `arguments` are the function's own and are checked against its signature. `lead_id` orders the jobs of one lead: two of
    them never run at once; it is passed on when the function takes it. Without `correlation_id` the one of the running job
    or request goes on. Raises Invalid for a wrong payload.
    """
    job = registered(kind)
    if lead_id is not None and "lead_id" in job.parameters:
        arguments["lead_id"] = lead_id
    payload = job.bind(arguments)
    now = clock.now()
    row = _connection(tx).execute(_ENQUEUE, (
        ids.new_id(), scope.workspace_id, kind, job.queue, job.priority if priority is None else priority, run_at or now,
        job.tries, json.dumps(payload), dedupe_key, lead_id, payload.get("message_id"), payload.get("draft_id"),
        correlation_id or _current_correlation(), now)).fetchone()
    return row[0] if row else None


def enqueue_many(tx: Tx | psycopg.Connection, scope: Scope, kind: str, items: Sequence[Mapping[str, Any]], *,
                 run_at: datetime | None = None, priority: int | None = None, dedupe_keys: Sequence[str] | None = None,
                 lead_ids: Sequence[UUID | None] | None = None) -> int:
    """Put one job per item (its arguments) into the queue in one statement. Returns how many were new.

    `dedupe_keys` and `lead_ids` run beside `items`; lengths that differ and wrong payloads raise Invalid.
    """
    job = registered(kind)
    keys, leads = dedupe_keys or [None] * len(items), lead_ids or [None] * len(items)
    if not (len(items) == len(keys) == len(leads)):
        raise Invalid(f"{len(items)} jobs, {len(keys)} dedupe keys and {len(leads)} leads do not fit together.")
    payloads = [json.dumps(job.bind(dict(item))) for item in items]
    now = clock.now()
    return _connection(tx).execute(_ENQUEUE_MANY, (
        scope.workspace_id, kind, job.queue, job.priority if priority is None else priority, run_at or now, job.tries,
        _current_correlation(), now, [ids.new_id() for _ in items], payloads, list(keys), list(leads))).fetchone()[0]


def retry(tx: Tx, scope: Scope, job_id: UUID) -> None:
    """Give a dead letter a fresh set of attempts. Raises NotFound when there is none, Conflict when it is not FAILED."""
    if driver(tx).execute(_RETRY, (clock.now(), job_id)).fetchone() is None:
        _explain(tx, job_id, "Only a failed job can be tried again")


def cancel(tx: Tx, scope: Scope, job_id: UUID) -> None:
    """Take a waiting job out of the queue; it stays as FAILED with who did it. Raises NotFound, or Conflict when it has begun."""
    if driver(tx).execute(_CANCEL, (clock.now(), f"Cancelled by {scope.actor.name}.", job_id)).fetchone() is None:
        _explain(tx, job_id, "Only a waiting job can be cancelled")


def _explain(tx: Tx, job_id: UUID, sentence: str) -> None:
    row = driver(tx).execute("select status from background_job where id = %s", (job_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such job.")
    raise Conflict(f"{sentence}; this one is {row[0]}.")


def _connection(tx: Tx | psycopg.Connection) -> psycopg.Connection:
    return tx if isinstance(tx, psycopg.Connection) else driver(tx)


def _current_correlation() -> str | None:
    return structlog.contextvars.get_contextvars().get("correlation_id")
