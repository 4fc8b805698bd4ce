"""Which jobs do the tests of the queue run, and how are workers started beside a test?

`python -m tests.jobs` is a real worker process with these jobs, for tests that kill it.
"""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg

import zrg_app.services.reactions  # noqa: F401 because importing it registers the jobs of the product
from scheduler.worker import Worker
from zrg_app.kit import db
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid, ProviderBusy
from zrg_app.kit.scope import Scope, system
from zrg_app.services.jobs import job

WAIT_SECONDS = 90


def label_exists(scope: Scope, name: str) -> bool:
    """Whether this workspace has a label of that name; labels are what the test jobs leave behind."""
    with db.fast_transaction(scope) as connection:
        return connection.execute("select exists (select from label where name = %s)", (name,)).fetchone()[0]


@job("tests.label", tries=20)
def write_label(tx: Tx, scope: Scope, *, name: str, seconds: float = 0) -> None:
    """Write one label (not unique) and wait before the end of the transaction."""
    db.driver(tx).execute("insert into label (id, workspace_id, name) values (gen_random_uuid(), %s, %s)",
                          (scope.workspace_id, name))
    time.sleep(seconds)


@job("tests.flow")
def flow(scope: Scope, *, name: str, seconds: float = 0, lead_id: UUID | None = None) -> dict:
    """Remember that it began and ended, in `DONE`."""
    DONE.append(("began", name, str(scope.workspace_id), time.monotonic()))
    time.sleep(seconds)
    DONE.append(("ended", name, str(scope.workspace_id), time.monotonic()))
    return {"name": name}


@job("tests.busy")
def busy(scope: Scope, *, retry_after: float) -> None:
    """A provider that is always busy."""
    raise ProviderBusy("The provider asks us to wait.", retry_after=retry_after)


@job("tests.refused")
def refused(scope: Scope) -> None:
    """Something that will never work."""
    raise Invalid("The lead has no address.")


@job("tests.broken", tries=3)
def broken(scope: Scope) -> None:
    """A defect."""
    raise RuntimeError("The moon is in the wrong place.")


DONE: list[tuple[str, str, str, float]] = []


@contextmanager
def working(count: int = 1, **options: Any) -> Iterator[list[Worker]]:
    """`count` workers in threads of this process; `DONE` begins empty."""
    DONE.clear()
    with working_beside(count, **options) as workers:
        yield workers


@contextmanager
def working_beside(count: int = 1, **options: Any) -> Iterator[list[Worker]]:
    """`count` more workers."""
    workers = [Worker(**options) for _ in range(count)]
    threads = [threading.Thread(target=worker.run) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield workers
    finally:
        for worker in workers:
            worker.stop()
        for thread in threads:
            thread.join(WAIT_SECONDS)


@contextmanager
def worker_process(**environment: str) -> Iterator[subprocess.Popen]:
    """A worker in a process of its own; killed at the end when it still runs."""
    import os  # noqa: PLC0415 because only this helper needs the environment

    process = subprocess.Popen([sys.executable, "-m", "tests.jobs"], env={**os.environ, **environment})
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(WAIT_SECONDS)


def until(happened: Callable[[], Any], seconds: float = WAIT_SECONDS) -> Any:
    """Wait for something true and return it; fail the test when it does not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := happened():
                return found
        except psycopg.OperationalError:
            pass  # the database is away, which some tests want
        time.sleep(0.02)
    raise AssertionError("It did not happen in time.")


def rows(columns: str = "kind, status", order: str = "id") -> list[tuple]:
    """The queue as tuples."""
    with db.fast_transaction(system("look at the queue")) as connection:
        return connection.execute(f"select {columns} from background_job order by {order}").fetchall()


def main() -> None:
    """Work until SIGTERM."""
    worker = Worker()
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    worker.run()


if __name__ == "__main__":
    main()
