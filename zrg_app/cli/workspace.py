"""`./zrg workspace`: which workspaces are there, and how is one made?"""

from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.cli.house import operator, product_database
from zrg_app.kit.db import transaction
from zrg_app.services import access, workspaces

group = typer.Typer(help="Make and list workspaces.", no_args_is_help=True)


def register(application: typer.Typer) -> None:
    """Add the group."""
    application.add_typer(group, name="workspace")


@group.command()
def create(
    name: Annotated[str, typer.Argument(help="Its name, as people will see it.")],
    owner: Annotated[str, typer.Option(help="E-mail of the person who owns it.")],
) -> None:
    """Make a workspace; prints its id alone on standard output."""
    with product_database(), transaction(operator()) as tx:
        owner_id = access.user_called(tx, owner)
        created = workspaces.create(tx, operator(), name, owner_id=owner_id)
    tell(f"made the workspace {name}, owned by {owner}")
    print(created)


@group.command("list")
def list_them() -> None:
    """Print every workspace: id, name and owner, parted by tabs."""
    with product_database(), transaction(operator()) as tx:
        found = workspaces.every(tx)
    for workspace in found:
        print(workspace.id, workspace.name, workspace.owner_email, sep="\t")
    if not found:
        tell("there is no workspace yet; ./zrg workspace create makes one")
