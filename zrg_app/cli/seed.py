"""`./zrg seed`: is there something to look at? Writes the demo world into an empty database."""

from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.cli.house import product_database
from zrg_app.demo import people, world
from zrg_app.kit import clock
from zrg_app.runtime.home import Home

LOGIN_FILE = "demo-login.txt"


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(seed)


def seed(if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing when anybody is there already.")] = False) -> None:
    """Write the demo world: Acme Growth, its people and about sixty conversations."""
    home = Home.from_environment().ready()
    with product_database():
        if if_empty and not world.is_empty():
            tell("there are people already; nothing to seed")
            return
        seeded = world.seed(now=clock.now())
    login = f"login: {people.MARA.email}\npassword: {people.PASSWORD}\n"
    path = home.path(LOGIN_FILE)
    path.touch(mode=0o600)
    path.write_text(login)
    tell(f"wrote the demo world with {seeded.leads} conversations")
    typer.echo(login, nl=False)
