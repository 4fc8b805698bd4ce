"""`./zrg user`: how does the operator let a person in?"""

import sys
from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.cli.house import operator, product_database, workspace_called
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.services import access

group = typer.Typer(help="Let people in.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(help="Their e-mail, which is also their login.")]


def register(application: typer.Typer) -> None:
    """Add the group."""
    application.add_typer(group, name="user")


@group.command()
def create(
    email: Email,
    name: Annotated[str, typer.Option(help="How colleagues see them.")] = "",
    password: Annotated[str, typer.Option(help="Their password; it stays in the shell's history.")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")] = False,
) -> None:
    """Make a person who can sign in; prints their id alone on standard output."""
    chosen = sys.stdin.readline().rstrip("\r\n") if password_stdin else password
    if not chosen:
        raise Invalid("Give a password with --password-stdin or --password.")
    with product_database():
        created = access.create_user(email=email, name=name, password=chosen)
    tell(f"{email} can sign in now")
    print(created)


@group.command()
def invite(
    workspace: Annotated[str, typer.Argument(help="Id or unique name of the workspace.")],
    email: Email,
    role: Annotated[str, typer.Option(help="ADMIN, INBOX_MANAGER, SETTER or CLIENT_PORTAL.")] = "SETTER",
) -> None:
    """Mail somebody an invitation; prints its link alone on standard output, nothing for somebody who is in at once."""
    with product_database():
        scope = operator(workspace_called(workspace))
        with transaction(scope) as tx:
            invited = access.invite(tx, scope, email, role.upper())
    if invited.link:
        tell(f"invited {email}; the link works for seven days")
        print(invited.link)
    else:
        tell(f"{email} has a login and is a member now")


@group.command("reset-password")
def reset_password(email: Email) -> None:
    """Mail somebody a link for a new password; prints it alone on standard output too."""
    with product_database():
        link = access.ask_reset(email, address="operator")
    if not link:
        raise NotFound(f"Nobody signs in with {email[:100]}.")
    tell(f"the link for {email} works for one hour")
    print(link)
