"""Does every part run while the product runs, and none after it?"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from zrg_app.runtime.environment import CHECKOUT, inherited
from zrg_app.runtime.home import RuntimeRefused
from zrg_app.runtime.supervisor import Program, Supervisor

_SPEAKS_AND_WAITS = "import time\nprint('here', flush=True)\ntime.sleep(60)\n"
_ENDS_AT_ONCE = "raise SystemExit(3)\n"
_DRAINS = """
import signal, sys, time
def drain(*_):
    time.sleep(0.5)
    print("drained", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, drain)
print("here", flush=True)
time.sleep(60)
"""


@pytest.fixture
def said() -> list[tuple[str, str]]:
    """What the parts and the supervisor said, in order."""
    return []


@pytest.fixture
def supervisor(said: list[tuple[str, str]]) -> Iterator[Supervisor]:
    """A supervisor that is stopped after the test."""
    supervisor = Supervisor(lambda part, line: said.append((part, line)), first_pause=0.01)
    yield supervisor
    supervisor.stop()


def _program(folder: Path, name: str, source: str) -> Program:
    (folder / f"part_{name}.py").write_text(source)
    return Program(name, f"part_{name}", (), inherited(PYTHONPATH=str(folder)), grace=10)


def _until(true: Callable[[], bool], look: Callable[[], None] = lambda: None) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "it did not happen within 20 s"
        look()
        time.sleep(0.05)


def test_what_a_part_says_carries_its_name(supervisor: Supervisor, said: list, tmp_path: Path) -> None:
    supervisor.start(_program(tmp_path, "talker", _SPEAKS_AND_WAITS))
    _until(lambda: ("talker", "here") in said)


def test_a_killed_part_is_started_again(supervisor: Supervisor, said: list, tmp_path: Path) -> None:
    supervisor.start(_program(tmp_path, "talker", _SPEAKS_AND_WAITS))
    first = supervisor.process_of("talker")
    first.kill()
    _until(lambda: said.count(("talker", "here")) == 2 or supervisor.process_of("talker") is not first, supervisor.look)
    assert any("SIGKILL" in line for _, line in said)
    assert supervisor.process_of("talker").poll() is None


def test_a_part_that_never_comes_up_is_given_up_with_a_reason(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(_program(tmp_path, "broken", _ENDS_AT_ONCE))
    with pytest.raises(RuntimeRefused, match="broken keeps ending"):
        _until(lambda: False, supervisor.look)


def test_a_part_may_drain_before_it_ends(supervisor: Supervisor, said: list, tmp_path: Path) -> None:
    supervisor.start(_program(tmp_path, "worker", _DRAINS))
    _until(lambda: ("worker", "here") in said)
    process = supervisor.process_of("worker")
    supervisor.stop()
    assert process.returncode == 0
    _until(lambda: ("worker", "drained") in said)


def test_parts_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    (tmp_path / "part_talker.py").write_text(_SPEAKS_AND_WAITS)
    source = (
        "import os, time\nfrom zrg_app.runtime.supervisor import Program, Supervisor\n"
        "supervisor = Supervisor(lambda part, line: print(supervisor.process_of(part).pid, flush=True))\n"
        "supervisor.start(Program('talker', 'part_talker', (), dict(os.environ)))\ntime.sleep(60)\n"
    )
    environment = inherited(PYTHONPATH=f"{CHECKOUT}{os.pathsep}{tmp_path}")
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, env=environment, text=True) as parent:
        assert parent.stdout is not None
        part = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    psutil.wait_procs([part], timeout=20)
    assert not part.is_running() or part.status() == psutil.STATUS_ZOMBIE
