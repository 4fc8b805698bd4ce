"""`./zrg test`: does everything still hold? Sets up a database and a browser, then runs the tests."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import typer

from zrg_app.cli.console import tell
from zrg_app.runtime.browser import ensure_browser
from zrg_app.runtime.environment import CHECKOUT, inherited
from zrg_app.runtime.frontend import ensure_frontend
from zrg_app.runtime.home import Home
from zrg_app.runtime.postgres import running

# More would wait for the product that all browser tests share, which itself leaves a processor idle half the time.
MOST_PROCESSES = 4
ONE_BY_ONE = ("-k", "-m", "-n", "-x", "-s", "--pdb")
"""Arguments of somebody who chooses tests or reads along."""


def register(application: typer.Typer) -> None:
    """Add the command; whatever it does not know goes to pytest."""
    passing_on = {"allow_extra_args": True, "ignore_unknown_options": True}
    application.command(context_settings=passing_on)(test)


def test(context: typer.Context) -> None:
    """Run the tests against a throw-away database; further arguments go to pytest (`./zrg test -k inbox`)."""
    with tempfile.TemporaryDirectory(prefix="zrg-test-") as folder:
        root = Path(folder)
        # PostgreSQL runs under another account when we are root.
        root.chmod(0o711)
        variables = {"ZRG_HOME": folder, "ZRG_ENVIRONMENT": "test"}
        if _includes_browser(context.args):
            variables["ZRG_CHROMIUM"] = ensure_browser(tell)
            ensure_frontend(Home.from_environment(), tell)
        tell("starting a throw-away database")
        with running(root) as url:
            environment = inherited(**variables, DATABASE_URL=url)
            command = [sys.executable, "-m", "pytest", *_side_by_side(context.args), *context.args]
            raise typer.Exit(subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode)


def _side_by_side(arguments: list[str]) -> list[str]:
    """Have the whole suite run in several processes, each with a database of its own; chosen tests run in one, to be read."""
    if _paths(arguments) or any(argument.startswith(ONE_BY_ONE) for argument in arguments):
        return []
    return ["-n", str(min((os.cpu_count() or 1) + 1, MOST_PROCESSES)), "--dist", "loadscope", "--no-loadscope-reorder"]


def _paths(arguments: list[str]) -> list[str]:
    return [argument for argument in arguments if (CHECKOUT / argument.split("::")[0]).exists()]


def _includes_browser(arguments: list[str]) -> bool:
    """Say whether the chosen tests include browser tests: all of them do when no path is chosen."""
    paths = _paths(arguments)
    return not paths or any("browser" in path or path.rstrip("/") == "tests" for path in paths)
