"""What is the limit? The shortest loop over a bare table: claim ten with SKIP LOCKED, call the handler, delete the ten.

Same contract as `benchmarks.queue_adapter.Ours`, so the same harness drives both.
"""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable

import psycopg

from benchmarks.queue_adapter import drive, own_database

SCHEMA = """
drop table if exists raw_job;
create table raw_job (id bigint generated always as identity primary key, priority int not null default 100,
                      run_at timestamptz not null default now(), payload jsonb not null, taken_until timestamptz);
create index raw_job_ready on raw_job (priority, run_at, id) where taken_until is null;
"""
CLAIM = """
with next as materialized (select id from raw_job where taken_until is null and run_at <= now()
                           order by priority, run_at, id limit 10 for update skip locked)
update raw_job set taken_until = now() + interval '1 min' from next where raw_job.id = next.id returning raw_job.id, payload
"""
ENQUEUE = "with added as (insert into raw_job (payload) values (%s) returning id) select pg_notify('raw_jobs', '') from added"


class RawTen:
    """Claim ten, acknowledge ten, on one connection per worker; no lease keeper, no ledger, no order per lead."""

    name = "raw10"
    preload = 60_000

    def __init__(self, uri: str) -> None:
        self.address = own_database(uri)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.address, autocommit=True, prepare_threshold=2)

    async def setup(self) -> None:
        """Make the table anew."""
        with self._connect() as connection:
            connection.execute(SCHEMA)

    async def reset(self) -> None:
        """Empty the table."""
        with self._connect() as connection:
            connection.execute("truncate raw_job")

    async def open_producer(self, conns: int) -> None:
        """One connection is enough here."""
        self._producer = self._connect()

    async def close_producer(self) -> None:
        """Close it."""
        self._producer.close()

    async def enqueue(self, payload: dict, conn: int = 0) -> None:
        """One job, durable on return."""
        await asyncio.to_thread(self._producer.execute, ENQUEUE, (json.dumps(payload),))

    async def enqueue_bulk(self, payloads: list[dict]) -> None:
        """Many jobs in one statement."""
        documents = [json.dumps(one) for one in payloads]
        self._producer.execute("insert into raw_job (payload) select unnest(%s::jsonb[])", (documents,))

    async def run_worker(self, handler: Callable[[dict], Awaitable[None]], concurrency: int, stop: asyncio.Event) -> None:
        """Claim and delete until `stop`."""
        end = threading.Event()
        loop = asyncio.to_thread(self._loop, handler, end)
        running = asyncio.create_task(loop)
        await stop.wait()
        end.set()
        await running

    def _loop(self, handler: Callable[[dict], Awaitable[None]], end: threading.Event) -> None:
        with self._connect() as connection:
            connection.execute("listen raw_jobs")
            while not end.is_set():
                rows = connection.execute(CLAIM).fetchall()
                for _, payload in rows:
                    drive(handler(payload))
                if rows:
                    connection.execute("delete from raw_job where id = any(%s)", ([row[0] for row in rows],))
                else:
                    for _ in connection.notifies(timeout=0.2, stop_after=1):
                        pass

    async def remaining(self) -> int:
        """Jobs not yet deleted."""
        with self._connect() as connection:
            return connection.execute("select count(*) from raw_job").fetchone()[0]
