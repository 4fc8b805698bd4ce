"""How does the yardstick drive our queue? The product's own enqueue and worker, with a job that only counts.

Loaded as a plug-in of a queue benchmark (which injects `register` and `Adapter`), or by `benchmarks.queue` itself.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

sys.path.insert(0, str(Path(__file__).parent.parent))

from scheduler.worker import Worker
from zrg_app.kit import db, logs
from zrg_app.kit.scope import Scope, workspace_system
from zrg_app.kit.settings import settings
from zrg_app.services import jobs

DATABASE = "zrg_queue_benchmark"
WORKSPACES = [UUID(int=number) for number in range(1, 11)]
_handled: Callable[[dict], None] = lambda payload: None  # noqa: E731 because it is replaced by whoever counts


@jobs.job("benchmarks.count")
def count(scope: Scope, *, payload: dict) -> None:
    """Tell the yardstick that a job began."""
    _handled(payload)


def own_database(address: str, *, anew: bool = False) -> str:
    """The address of a database of our own on the same server, with the product's schema; settings point at it."""
    with psycopg.connect(address, autocommit=True) as connection:
        if anew:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(DATABASE)))
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
    os.environ["DATABASE_URL"] = ours = db.plain_url(str(make_url(address).set(database=DATABASE).render_as_string(False)))
    settings.cache_clear()
    db.dispose()
    if anew:
        _migrate(os.environ["DATABASE_URL"])
    return ours


def _migrate(address: str) -> None:
    from alembic import command  # noqa: PLC0415 because only the first process migrates
    from alembic.config import Config  # noqa: PLC0415

    root = Path(__file__).parent.parent
    config = Config()
    config.set_main_option("script_location", str(root / "alembic"))
    config.set_main_option("sqlalchemy.url", address.replace("%", "%%"))
    command.upgrade(config, "head")
    with psycopg.connect(db.plain_url(address), autocommit=True) as connection:
        connection.execute("insert into app_user (id, email) values (%s, 'owner@agency.example')", (WORKSPACES[0],))
        connection.execute("insert into workspace (id, owner_id) select unnest(%s::uuid[]), %s", (WORKSPACES, WORKSPACES[0]))


class Ours:
    """The product behind the yardstick's contract: real rows, ten workspaces, enqueued and run as in production."""

    name = "zrg"
    preload = 60_000

    def __init__(self, uri: str) -> None:
        self.uri = uri
        logs.configure("benchmark")
        self.address = own_database(uri)

    async def setup(self) -> None:
        """Make the schema from nothing."""
        await asyncio.to_thread(own_database, self.uri, anew=True)

    async def reset(self) -> None:
        """Empty the queue."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("truncate background_job")
            connection.execute("delete from job_worker")

    async def open_producer(self, conns: int) -> None:
        """The pool of the process opens by itself; a thread per connection drives it."""
        self._turn = 0

    async def close_producer(self) -> None:
        """Close the pool."""
        db.dispose()

    async def enqueue(self, payload: dict, conn: int = 0) -> None:
        """One job, durable on return."""
        await asyncio.to_thread(self._enqueue, payload)

    async def enqueue_bulk(self, payloads: list[dict]) -> None:
        """Many jobs of one workspace in one transaction; the workspaces take turns."""
        await asyncio.to_thread(self._enqueue_bulk, payloads)

    async def run_worker(self, handler: Callable[[dict], Awaitable[None]], concurrency: int, stop: asyncio.Event) -> None:
        """Run one worker of the product until `stop`."""
        global _handled
        _handled = lambda payload: drive(handler(payload))  # noqa: E731
        worker = Worker(concurrency=concurrency)
        thread = threading.Thread(target=worker.run)
        thread.start()
        await stop.wait()
        worker.stop()
        await asyncio.to_thread(thread.join)

    async def remaining(self) -> int:
        """Jobs not yet completed."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            return connection.execute("select count(*) from background_job where status <> 'SUCCEEDED'").fetchone()[0]

    def _scope(self) -> Scope:
        self._turn += 1
        return workspace_system(WORKSPACES[self._turn % len(WORKSPACES)], "benchmark")

    def _enqueue(self, payload: dict) -> None:
        scope = self._scope()
        with db.fast_transaction(scope) as tx:
            jobs.enqueue(tx, scope, "benchmarks.count", payload=payload)

    def _enqueue_bulk(self, payloads: list[dict]) -> None:
        scope = self._scope()
        with db.fast_transaction(scope) as tx:
            jobs.enqueue_many(tx, scope, "benchmarks.count", [{"payload": payload} for payload in payloads])


def drive(handling: Any) -> None:
    """Run a coroutine that never waits (the yardstick's counting handler) without an event loop."""
    try:
        handling.send(None)
    except StopIteration:
        return
    raise RuntimeError("The handler of the yardstick waits for something.")


if "register" in globals():
    globals()["register"](type("OursOnTheYardstick", (Ours, globals()["Adapter"]), {}))
