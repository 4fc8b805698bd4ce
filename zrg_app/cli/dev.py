"""`./zrg dev`: how does a developer see a change at once? Reflex rebuilds and restarts on every save."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.runtime.database import migrate, running_database
from zrg_app.runtime.environment import CHECKOUT
from zrg_app.runtime.frontend import forget_build
from zrg_app.runtime.home import Home, RuntimeRefused
from zrg_app.runtime.node import reflex_environment
from zrg_app.runtime.ports import is_free


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(dev)


def dev(
    port: Annotated[int, typer.Option(envvar="ZRG_PORT", min=1, max=65535, help="Port to listen on.")] = 3000,
) -> None:
    """Run the app alone with hot reload: save a file, reload the page. Scheduler and sandbox are not started."""
    if not is_free(port):
        raise RuntimeRefused(f"Port {port} is in use by another program; choose one with --port or ZRG_PORT.")
    home = Home.from_environment().ready()
    with running_database(home, tell) as url:
        migrate(url)
        # The readable build takes the place of the production one.
        forget_build()
        environment = reflex_environment(home) | {
            "DATABASE_URL": url, "ZRG_HOME": str(home.root), "ZRG_PORT": str(port), "ZRG_DESIGN_PAGE": "1",
        }  # fmt: skip
        tell(f"hot reload on http://localhost:{port}; stop with Ctrl-C")
        command = [sys.executable, "-m", "reflex", "run", "--env", "preview", "--backend-port", str(port)]
        _run(command, environment)


def _run(command: list[str], environment: dict[str, str]) -> None:
    """Run `command` and hand every request to stop to all of its processes, so that none stays behind."""
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment, start_new_session=True) as process:

        def _stop(_number: int, _frame: object) -> None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
