"""Does the embedded database come back from everything, with everything that was committed?"""

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from zrg_app.runtime.home import Home
from zrg_app.runtime.postgres import EmbeddedPostgres, running


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """A started server, with one committed row in table `kept`."""
    server = EmbeddedPostgres(Home(tmp_path), durable=False)
    assert server.acquire()
    server.start()
    with psycopg.connect(server.url) as connection:
        connection.execute("create table kept (row integer)")
        connection.execute("insert into kept values (1)")
    yield server
    server.stop()
    server.destroy()


def _rows(server: EmbeddedPostgres) -> int:
    with psycopg.connect(server.url) as connection:
        row = connection.execute("select count(*) from kept").fetchone()
    assert row is not None
    return row[0]


def _kill(server: EmbeddedPostgres) -> None:
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    assert not server.is_live()


def test_a_stopped_database_keeps_its_rows(server: EmbeddedPostgres) -> None:
    server.stop()
    assert not server.is_live()
    assert server.acquire()
    server.start()
    assert _rows(server) == 1


def test_a_killed_database_comes_back_with_what_was_committed(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("insert into kept values (2)")
        connection.commit()
        connection.execute("insert into kept values (3)")
        _kill(server)
        # The process that serves us ends a moment after its parent was killed.
        with pytest.raises(psycopg.OperationalError):
            while True:
                connection.execute("select 1")
    server.start()
    assert _rows(server) == 2


def test_stale_pid_files_that_name_a_living_stranger_do_not_hold_it_back(
    server: EmbeddedPostgres, tmp_path: Path
) -> None:
    _kill(server)
    for stale in (*tmp_path.rglob("postmaster.pid"), *tmp_path.rglob(".s.PGSQL.5432.lock")):
        first, rest = stale.read_text().split("\n", 1)
        stale.write_text(f"{os.getpid()}\n{rest}")
    server.start()
    assert _rows(server) == 1


def test_a_server_that_outlived_its_supervisor_is_taken_over(server: EmbeddedPostgres, tmp_path: Path) -> None:
    orphan = server.process
    assert orphan is not None
    server.process = None
    server.stop()
    server = EmbeddedPostgres(Home(tmp_path), durable=False)
    assert server.acquire()
    taken_over = server.start()
    assert orphan.wait(10) == 0
    assert taken_over.pid != orphan.pid
    assert _rows(server) == 1
    server.stop()


def test_only_one_process_at_a_time_may_start_it(server: EmbeddedPostgres, tmp_path: Path) -> None:
    assert not EmbeddedPostgres(Home(tmp_path)).acquire()


def test_the_password_is_generated_and_private(server: EmbeddedPostgres, tmp_path: Path) -> None:
    file = tmp_path / "postgres.password"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text()) >= 32
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url.replace(file.read_text(), "wrong"))


def test_it_is_tuned_and_has_the_extensions_the_product_needs(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.url) as connection:
        for extension in ("pg_trgm", "vector", "btree_gin", "citext", "unaccent"):
            connection.execute(f'create extension "{extension}"')
        found = connection.execute(
            "select current_setting('jit'), current_setting('max_connections'), current_setting('TimeZone')"
        ).fetchone()
    assert found == ("off", "200", "UTC")


def test_a_throw_away_server_leaves_nothing_behind(tmp_path: Path) -> None:
    with running(tmp_path) as url, psycopg.connect(url) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    assert not (tmp_path / "postgres").exists()
