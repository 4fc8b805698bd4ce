"""`./zrg restore FILE`: can we have everything back? Replaces the database by what a backup holds."""

from pathlib import Path
from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.kit import clock
from zrg_app.runtime.backup import bring_back
from zrg_app.runtime.database import migrate, running_database
from zrg_app.runtime.home import Home


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(restore)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that ./zrg backup wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a database that is not empty, after a backup of it.")] = False,
) -> None:
    """Bring back a backup, then bring its schema up to date."""
    home = Home.from_environment()
    with running_database(home, tell) as url:
        kept = bring_back(url, file, home=home, now=clock.now(), force=force)
        migrate(url)
    if kept:
        tell(f"what was there before is in {kept}")
    tell(f"restored {file}")
    tell("Stored credentials open with the key of that time: put its secret.key into ZRG_HOME, or set ZRG_SECRET_KEY.")
