"""`./zrg connect`: how does an operator give a workspace its provider without opening a browser?"""

from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.cli.house import operator, product_database, workspace_called
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import Invalid, ProviderLocked
from zrg_app.services import connections


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(connect)


def connect(
    workspace: Annotated[str, typer.Argument(help="Id or name of the workspace.")],
    provider: Annotated[str, typer.Argument(help="ghl, emailbison or unipile.")],
    values: Annotated[list[str] | None, typer.Argument(help="key=value ..., e.g. location_id=abc access_token=pit-1.")] = None,
    test: Annotated[bool, typer.Option("--test", help="Ask the provider whether the credentials work.")] = False,
    secret: Annotated[bool, typer.Option("--secret", help="Ask webhooks for a new secret, shown in the address.")] = False,
    webhook_secret: Annotated[str, typer.Option(help="Ask webhooks for this secret; 'none' asks for none.")] = "",
) -> None:
    """Connect a provider; prints the connection's id alone on standard output, the webhook address on standard error."""
    given = dict(_pair(value) for value in values or [])
    wanted = "new" if secret else webhook_secret or "keep"
    with product_database():
        scope = operator(workspace_called(workspace))
        with transaction(scope) as tx:
            saved = connections.save(tx, scope, provider, values=given, webhook_secret=wanted)
        tell(f"webhook address to paste at the provider: {saved.webhook_address}")
        print(saved.id)
        if test:
            found = connections.check(scope, provider)
            if not found.works:
                raise ProviderLocked(f"Saved, but the test failed: {found.sentence}")
            tell(f"tested: {found.sentence}")


def _pair(given: str) -> tuple[str, str]:
    name, separator, value = given.partition("=")
    if not separator or not name:
        raise Invalid(f"{given[:60]!r} is not key=value.")
    return name.strip(), value
