"""How does work get into the queue? As a row of the caller's transaction."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, driver
from zrg_app.kit.scope import Scope
from zrg_app.services.jobs.registry import registered

JOB_CHANNEL = "zrg_jobs"

_ENQUEUE = """
insert into background_job (id, workspace_id, kind, queue, status, priority, run_at, max_attempts, payload, dedupe_key,
                            lead_id, message_id, draft_id, correlation_id, created_at)
values (%(id)s, %(workspace_id)s, %(kind)s, %(queue)s, 'PENDING', %(priority)s, %(run_at)s, %(max_attempts)s,
        %(payload)s::jsonb, %(dedupe_key)s, %(lead_id)s, %(message_id)s, %(draft_id)s, %(correlation_id)s, %(now)s)
on conflict (dedupe_key) where dedupe_key is not null do nothing
returning id
"""


def enqueue(tx: Tx, scope: Scope, kind: str, *, run_at: datetime | None = None, dedupe_key: str | None = None,
            priority: int | None = None, lead_id: UUID | None = None, correlation_id: str | None = None,
            **arguments: Any) -> UUID | None:
    """Put a job into the queue. Returns its id, or None when `dedupe_key` is already there (spec section 7).

    `arguments` are the function's own and are checked against its signature. `lead_id` orders the jobs of one lead: two of
    them never run at once; it is passed on when the function takes it. Raises Invalid for a wrong payload.
    """
    job = registered(kind)
    if lead_id is not None and "lead_id" in job.parameters:
        arguments["lead_id"] = lead_id
    payload = job.bind(arguments)
    now = clock.now()
    row = driver(tx).execute(_ENQUEUE, {
        "id": ids.new_id(), "workspace_id": scope.workspace_id, "kind": kind, "queue": job.queue,
        "priority": job.priority if priority is None else priority, "run_at": run_at or now, "max_attempts": job.tries,
        "payload": json.dumps(payload), "dedupe_key": dedupe_key, "lead_id": lead_id,
        "message_id": payload.get("message_id"), "draft_id": payload.get("draft_id"),
        "correlation_id": correlation_id, "now": now}).fetchone()
    if row is None:
        return None
    wake_workers(tx, run_at or now, now)
    return row[0]


def wake_workers(tx: Tx, run_at: datetime, now: datetime) -> None:
    """Tell idle workers after commit that there is something to do."""
    if run_at <= now:
        driver(tx).execute("select pg_notify(%s, '')", (JOB_CHANNEL,))
