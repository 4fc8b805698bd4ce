"""`./zrg migrate`: is the schema the newest one?"""

from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.runtime.database import migrate as bring_to
from zrg_app.runtime.database import running_database
from zrg_app.runtime.home import Home


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(migrate)


def migrate(revision: Annotated[str, typer.Argument(help="Schema revision to go to.")] = "head") -> None:
    """Bring the schema of the database to the newest revision."""
    with running_database(Home.from_environment(), tell) as url:
        bring_to(url, revision)
    tell(f"the schema is at {revision}")
