"""Which database does an operator's command work in? The product's own, running already or started for the command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import zrg_app.services.reactions  # noqa: F401 because facts recorded by a command need their reactions
from zrg_app.cli.console import tell
from zrg_app.kit import db
from zrg_app.kit.scope import Actor, Scope, system
from zrg_app.kit.settings import settings
from zrg_app.runtime.database import running_database
from zrg_app.runtime.home import Home
from zrg_app.services import workspaces


@contextmanager
def product_database() -> Iterator[None]:
    """Let the services of this process work in the product's database for the block.

    Raises RuntimeRefused when the embedded one cannot be started.
    """
    home = Home.from_environment().ready()
    with running_database(home, tell) as url:
        if settings().database_url != url:
            os.environ.update(DATABASE_URL=url, ZRG_HOME=str(home.root))  # fence: environ because it is started for us
            settings.cache_clear()
            db.dispose()
        yield


def operator(workspace_id: UUID | None = None) -> Scope:
    """The person at the terminal, over everything or inside one workspace."""
    return Scope(actor=Actor(kind="system", name="operator"), workspace_id=workspace_id)


def workspace_called(id_or_name: str) -> UUID:
    """The id of the workspace with this id or unique name. Raises NotFound or Conflict."""
    with db.transaction(system("find a workspace for a command")) as tx:
        return workspaces.find(tx, id_or_name).id
