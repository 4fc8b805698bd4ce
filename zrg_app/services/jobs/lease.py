"""Whose job is it still? Leases are renewed by a heartbeat and taken back when a worker died."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import psycopg

from zrg_app.kit import clock

RELEASED = "Released stale lock"

RENEW = """
update background_job set locked_until = %(until)s
where id = any(%(ids)s::uuid[]) and locked_by = %(worker)s and status = 'RUNNING'
"""
# A job that was running whenever its worker died is perhaps what kills workers: its attempts count.
RELEASE_STALE = """
update background_job job
set status = case when attempts < max_attempts then 'PENDING' else 'FAILED' end, run_at = %(now)s,
    finished_at = case when attempts < max_attempts then null else %(now)s end,
    locked_by = null, locked_until = null, started_at = null, last_error = %(reason)s
where job.id in (select id from background_job where status = 'RUNNING' and locked_until < %(now)s
                 order by locked_until limit 1000 for update skip locked)
"""
SEEN = """
insert into job_worker (id, listening, running, started_at, seen_at) values (%(worker)s, true, %(running)s, %(now)s, %(now)s)
on conflict (id) do update set running = excluded.running, seen_at = excluded.seen_at
"""
FORGET_SILENT = "delete from job_worker where seen_at < %s"
SILENCE = timedelta(minutes=2)


def renew(connection: psycopg.Connection, worker: str, job_ids: Sequence[UUID], lease: timedelta) -> None:
    """Hold `job_ids` for another `lease` from now."""
    connection.execute(RENEW, {"until": clock.now() + lease, "ids": list(job_ids), "worker": worker})


def release_stale(connection: psycopg.Connection) -> int:
    """Give back the jobs whose lease ran out (spec section 7, "Released stale lock"); returns how many."""
    return connection.execute(RELEASE_STALE, {"now": clock.now(), "reason": RELEASED}).rowcount


def announce(connection: psycopg.Connection, worker: str, running: int) -> None:
    """Say that `worker` is up, and forget workers that have been silent for two minutes."""
    now = clock.now()
    connection.execute(SEEN, {"worker": worker, "running": running, "now": now})
    connection.execute(FORGET_SILENT, (now - SILENCE,))


def leave(connection: psycopg.Connection, worker: str) -> None:
    """Say that `worker` is going."""
    connection.execute("delete from job_worker where id = %s", (worker,))
