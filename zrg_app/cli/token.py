"""`./zrg token`: how does a program get a key to a workspace?"""

from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.cli.house import operator, product_database, workspace_called
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import Invalid
from zrg_app.kit.ids import parse_id
from zrg_app.services import access

group = typer.Typer(help="Keys for programs.", no_args_is_help=True)


def register(application: typer.Typer) -> None:
    """Add the group."""
    application.add_typer(group, name="token")


@group.command()
def create(
    workspace: Annotated[str, typer.Argument(help="Id or unique name of the workspace.")],
    scope: Annotated[str, typer.Option(help="read or write.")] = "read",
    name: Annotated[str, typer.Option(help="What it is for.")] = "",
) -> None:
    """Make a token of a workspace; prints it alone on standard output, the only time it can be read."""
    with product_database():
        acting = operator(workspace_called(workspace))
        with transaction(acting) as tx:
            made = access.create_token(tx, acting, scope, name=name)
    tell(f"made a token to {scope}; revoke it with ./zrg token revoke {made.id}")
    print(made.token)


@group.command()
def revoke(token_id: Annotated[str, typer.Argument(help="The id of the token, as shown when it was made.")]) -> None:
    """Make a token useless at once."""
    identifier = parse_id(token_id)
    if identifier is None:
        raise Invalid("That is no id of a token.")
    with product_database():
        with transaction(operator()) as tx:
            acting = operator(access.workspace_of_token(tx, identifier))
        with transaction(acting) as tx:
            access.revoke_token(tx, acting, identifier)
    tell("the token is revoked")
