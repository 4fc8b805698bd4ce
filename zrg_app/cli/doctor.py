"""`./zrg doctor`: what is wrong here, and what mends it?"""

from collections.abc import Iterator
from typing import Annotated

import psycopg
import typer
from sqlalchemy.exc import OperationalError

from zrg_app.cli.house import product_database
from zrg_app.kit.errors import Invalid
from zrg_app.runtime.doctor import Finding, examine, no_database
from zrg_app.runtime.home import Home, RuntimeRefused

_MARKS = {"ok": "ok    ", "note": "note  ", "broken": "BROKEN"}


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(doctor)


def doctor(offline: Annotated[bool, typer.Option("--offline", help="Do not ask the providers.")] = False) -> None:
    """Check this installation; each finding comes with its remedy. Exits with 1 when something is broken."""
    broken = 0
    for finding in _findings(reach=not offline):
        broken += finding.state == "broken"
        typer.echo(f"{_MARKS[finding.state]} {finding.subject}: {finding.sentence}")
        if finding.remedy:
            typer.echo(f"       -> {finding.remedy}")
    raise typer.Exit(1 if broken else 0)


def _findings(*, reach: bool) -> Iterator[Finding]:
    home = Home.from_environment()
    try:
        with product_database():
            yield from examine(home, reach=reach)
    except (Invalid, RuntimeRefused, psycopg.OperationalError, OperationalError) as error:
        # The database did not come up or the settings are wrong; the other questions can be asked all the same.
        yield from examine(home, reach=False)
        yield no_database(str(error).strip().splitlines()[0])
