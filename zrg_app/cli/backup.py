"""`./zrg backup FILE`: is everything in one file? The database; the key of the vault is kept apart on purpose."""

from pathlib import Path
from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.runtime.backup import back_up
from zrg_app.runtime.database import running_database
from zrg_app.runtime.home import Home

KEY_WARNING = (
    "The key that opens stored credentials is not inside: keep a copy of secret.key (in ZRG_HOME) or of ZRG_SECRET_KEY elsewhere."
)


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(backup)


def backup(file: Annotated[Path, typer.Argument(help="File to write; must not exist yet.")]) -> None:
    """Write the whole database to one file, while the product may be running."""
    with running_database(Home.from_environment(), tell) as url:
        size = back_up(url, file)
    tell(f"wrote {file} ({size / 1_000_000:.1f} MB)")
    tell(KEY_WARNING)
