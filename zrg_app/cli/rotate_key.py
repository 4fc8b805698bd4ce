"""`./zrg rotate-key`: can the vault have a new key? Seals every stored credential again and drops the old key."""

import typer

from zrg_app.cli.console import tell
from zrg_app.cli.house import product_database
from zrg_app.kit.settings import settings
from zrg_app.runtime import keys


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command("rotate-key")(rotate_key)


def rotate_key() -> None:
    """Give the vault a new key; safe while the product runs, and safe to repeat when it was interrupted."""
    with product_database():
        count = keys.rotate()
        tell(f"sealed {count} secrets with the new key")
        if settings().secret_key:
            tell("Nothing needs the older keys any more: leave only the first one in ZRG_SECRET_KEY.")
        else:
            tell("The old key is gone; older backups of the database need a copy of it.")
