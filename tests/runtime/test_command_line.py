"""Does every command explain itself, and fail with one sentence instead of a traceback?"""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zrg_app.cli import COMMANDS, build
from zrg_app.cli.where import files_of, first_sentence
from zrg_app.runtime.environment import CHECKOUT, inherited
from zrg_app.runtime.home import held


def _zrg(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = inherited(ZRG_HOME=str(home), **variables)
    command = [sys.executable, "-m", "zrg_app.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, env=environment, check=False)


def _is_one_sentence(done: subprocess.CompletedProcess[str], words: str) -> bool:
    lines = done.stderr.strip().splitlines()
    return done.returncode == 1 and len(lines) == 1 and words in lines[0] and lines[0].startswith("zrg: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_without_the_others(command: str) -> None:
    name = command.replace("_", "-")
    done = CliRunner().invoke(build(name), [name, "--help"], prog_name="./zrg")
    assert done.exit_code == 0
    assert f"Usage: ./zrg {name}" in done.stdout


def test_every_command_is_listed() -> None:
    listed = CliRunner().invoke(build(), ["--help"], prog_name="./zrg").stdout
    assert [command for command in COMMANDS if f"│ {command.replace('_', '-')} " not in listed] == []


def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    done = _zrg(tmp_path, "fly")
    assert done.returncode == 2
    assert "No such command" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = _zrg(tmp_path, "up", "--port", str(other.getsockname()[1]))
    assert _is_one_sentence(done, "is in use by another program"), done.stderr


def test_a_second_start_on_one_home_is_one_sentence(tmp_path: Path) -> None:
    with held(tmp_path / "up.lock"):
        done = _zrg(tmp_path, "up")
    assert _is_one_sentence(done, "already running"), done.stderr


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    done = _zrg(tmp_path, "migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert _is_one_sentence(done, "The database does not answer"), done.stderr


def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = _zrg(tmp_path / "file" / "home", "up")
    assert _is_one_sentence(done, "Cannot create the data folder"), done.stderr


def test_an_unknown_benchmark_is_one_sentence(tmp_path: Path) -> None:
    assert _is_one_sentence(_zrg(tmp_path, "bench", "nothing-of-the-kind"), "There is no benchmark")


def test_where_lists_a_domain_layer_by_layer_with_its_questions() -> None:
    files = [str(path.relative_to(CHECKOUT)) for path in files_of("runtime")]
    assert "zrg_app/runtime/ports.py" in files
    assert files.index("zrg_app/runtime/ports.py") < files.index("tests/runtime/test_origin.py")
    assert first_sentence(CHECKOUT / "zrg_app/runtime/ports.py").startswith("Which ports are free")


def test_the_launcher_says_so_when_there_is_no_python(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "readlink", "dirname", "cat", "cksum"):
        found = next(Path(folder, tool) for folder in os.defpath.split(":") if folder and Path(folder, tool).exists())
        (tools / tool).symlink_to(found)
    environment = {"PATH": str(tools), "ZRG_VENV": str(tmp_path / "venv")}
    done = subprocess.run([CHECKOUT / "zrg", "up"], env=environment, capture_output=True, text=True, check=False)
    assert _is_one_sentence(done, "Python 3.11 or newer is needed"), done.stderr
