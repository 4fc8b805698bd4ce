"""`./zrg bench`: how fast is it? Each module of `benchmarks/` measures one thing."""

import subprocess
import sys
from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.runtime.database import running_database
from zrg_app.runtime.environment import CHECKOUT, inherited
from zrg_app.runtime.home import Home, RuntimeRefused

_FOLDER = CHECKOUT / "benchmarks"


def register(application: typer.Typer) -> None:
    """Add the command; whatever it does not know goes to the benchmark."""
    passing_on = {"allow_extra_args": True, "ignore_unknown_options": True}
    application.command(context_settings=passing_on)(bench)


def known() -> list[str]:
    """Return the names of the benchmarks there are: the modules with a `main`, not what they share."""
    return sorted(path.stem for path in _FOLDER.glob("[a-z]*.py") if "\ndef main(" in path.read_text())


def bench(
    context: typer.Context, name: Annotated[str, typer.Argument(help="Which one; without a name they are listed.")] = ""
) -> None:
    """Run one benchmark by name; further arguments go to it."""
    if not name:
        tell("benchmarks: " + (", ".join(known()) or "none yet"))
        return
    if name not in known():
        raise RuntimeRefused(f"There is no benchmark {name!r}; there are: {', '.join(known()) or 'none'}.")
    with running_database(Home.from_environment(), tell) as url:
        command = [sys.executable, "-m", f"benchmarks.{name}", *context.args]
        done = subprocess.run(command, cwd=CHECKOUT, env=inherited(DATABASE_URL=url), check=False)
    raise typer.Exit(done.returncode)
