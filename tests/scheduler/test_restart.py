"""The database is killed and restarted under load: nothing is lost and nothing is done twice (issue section 10)."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from tests.conftest import migrate
from tests.jobs import rows, until, worker_process
from tests.world import World, build_world
from zrg_app.kit import db
from zrg_app.kit.settings import settings
from zrg_app.runtime.home import Home
from zrg_app.runtime.postgres import EmbeddedPostgres
from zrg_app.services import jobs

JOBS = 1_500


@pytest.fixture
def own_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[EmbeddedPostgres]:
    """A server of our own that may be killed, with the schema; durable, as in production."""
    server = EmbeddedPostgres(Home(tmp_path))
    assert server.acquire()
    server.start()
    db.dispose()
    monkeypatch.setenv("DATABASE_URL", server.url)
    settings.cache_clear()
    migrate(server.url)
    yield server
    db.dispose()
    monkeypatch.undo()
    settings.cache_clear()
    server.stop()
    server.destroy()


class Producer(threading.Thread):
    """Enqueues one job after the other; after an error the same again, as a provider repeats its webhook."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.enqueued = self.repeated = 0

    def run(self) -> None:
        """Enqueue all."""
        for number in range(JOBS):
            while not self._enqueue(f"job-{number}"):
                self.repeated += 1
                time.sleep(0.05)
            self.enqueued += 1
            time.sleep(0.002)

    def _enqueue(self, name: str) -> bool:
        try:
            with db.transaction(self._world.as_mara) as tx:
                jobs.enqueue(tx, self._world.as_mara, "tests.label", name=name, dedupe_key=name)
        except (psycopg.OperationalError, DBAPIError):
            return False
        return True


def kill(server: EmbeddedPostgres, number: signal.Signals) -> None:
    """End the server with a signal and start it again."""
    os.kill(server.process.pid, number)
    server.process.wait(30)
    server.start()


def test_nothing_is_lost_or_doubled_when_the_database_dies_under_load(
        own_server: EmbeddedPostgres, capsys: pytest.CaptureFixture[str]) -> None:
    world = build_world()
    producer = Producer(world)
    lease = {"BACKGROUND_JOB_STALE_LOCK_MS": "3000"}
    with worker_process(**lease), worker_process(**lease) as second:
        producer.start()
        for share, number in ((0.2, signal.SIGKILL), (0.5, signal.SIGINT), (0.75, signal.SIGKILL)):
            until(lambda share=share: producer.enqueued >= JOBS * share, 90)
            kill(own_server, number)
        second.send_signal(signal.SIGKILL)
        producer.join(120)
        until(lambda: set(rows("status")) == {("SUCCEEDED",)} and len(rows("id")) == JOBS, 90)
    with db.fast_transaction(world.as_mara) as connection:
        effects = Counter(name for (name,) in connection.execute("select name from label where name like 'job-%'"))
    retried = sum(attempts > 1 for (attempts,) in rows("attempts"))
    with capsys.disabled():
        print(f"\n{JOBS} jobs, 3 database deaths, 1 worker killed: {producer.repeated} enqueues repeated, {retried} jobs tried "
              f"again, {JOBS - len(effects)} lost, {sum(count - 1 for count in effects.values())} done twice.")
    assert set(effects) == {f"job-{number}" for number in range(JOBS)}
    assert set(effects.values()) == {1}
