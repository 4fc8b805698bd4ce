"""What is left after pulling the plug on `./zrg up`? Everything that was committed, and nothing in the way of the next start."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from zrg_app.runtime.environment import CHECKOUT, inherited
from zrg_app.runtime.home import Home
from zrg_app.runtime.ports import free_port
from zrg_app.runtime.postgres import EmbeddedPostgres


@contextmanager
def _up(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Run `./zrg up --no-demo` until the end of the block; yields when it says that it is ready."""
    command = [sys.executable, "-m", "zrg_app.cli", "up", "--no-demo", "--port", str(port)]
    environment = inherited(ZRG_HOME=str(home), DATABASE_URL="")
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        said = []
        for line in process.stdout or ():
            said.append(line)
            if "is ready" in line:
                break
        else:
            pytest.fail("".join(said))
        try:
            yield process
        finally:
            process.terminate()
            process.communicate()


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=10)


def test_kills_without_warning_lose_no_commit_and_need_no_cleaning_up(tmp_path: Path) -> None:
    port, url = free_port(), EmbeddedPostgres(Home(tmp_path)).url
    try:
        for kept, everything in enumerate((True, False)):
            with _up(tmp_path, port) as product:
                with psycopg.connect(url) as connection:
                    assert _survivors(connection) == kept
                    connection.execute(f"create table survivor_{kept} as select generate_series(1, 100) as row")
                supervisor = psutil.Process(product.pid)
                _kill([supervisor, *(supervisor.children(recursive=True) if everything else ())])
        with _up(tmp_path, port) as last, psycopg.connect(url) as connection:
            assert _survivors(connection) == 2
        assert last.returncode == 0
    finally:
        EmbeddedPostgres(Home(tmp_path)).destroy()


def _survivors(connection: psycopg.Connection) -> int:
    names = [name for (name,) in connection.execute("select tablename from pg_tables where tablename like 'survivor%' order by 1")]
    assert all(connection.execute(f"select count(*) from {name}").fetchone() == (100,) for name in names)
    return len(names)
