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
        yield process
        process.terminate()
        process.communicate()


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=10)


@pytest.mark.parametrize("everything", [True, False], ids=["every_process", "the_supervisor"])
def test_a_kill_without_warning_loses_no_commit_and_needs_no_cleaning_up(tmp_path: Path, everything: bool) -> None:
    port = free_port()
    try:
        with _up(tmp_path, port) as first:
            url = EmbeddedPostgres(Home(tmp_path)).url
            with psycopg.connect(url) as connection:
                connection.execute("create table kept as select generate_series(1, 100) as row")
            supervisor = psutil.Process(first.pid)
            _kill([supervisor, *(supervisor.children(recursive=True) if everything else ())])
        with _up(tmp_path, port) as second, psycopg.connect(url) as connection:
            assert connection.execute("select count(*) from kept").fetchone() == (100,)
        assert second.returncode == 0
    finally:
        EmbeddedPostgres(Home(tmp_path)).destroy()
