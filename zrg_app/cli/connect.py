"""`./zrg connect`: how does an operator give a workspace its provider without opening a browser?"""

from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.cli.house import operator, product_database, workspace_called
from zrg_app.integrations import registry
from zrg_app.kit.errors import Invalid, ProviderLocked
from zrg_app.services import connections

_YES = ("1", "true", "yes", "on")


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(connect)


def connect(
    workspace: Annotated[str, typer.Argument(help="Id or name of the workspace.")],
    provider: Annotated[str, typer.Argument(help="ghl, emailbison, slack, resend or another provider there is.")],
    values: Annotated[list[str] | None, typer.Argument(help="key=value ..., e.g. location_id=abc access_token=pit-1.")] = None,
    test: Annotated[bool, typer.Option("--test", help="Ask the provider whether the credentials work.")] = False,
    secret: Annotated[bool, typer.Option("--secret", help="Ask webhooks for a new secret, shown in the address.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Switch the e-mail provider: the other is disconnected.")] = False,
    webhook_secret: Annotated[str, typer.Option(help="Ask webhooks for this secret; 'none' asks for none.")] = "",
) -> None:
    """Connect a provider; prints the connection's id alone on standard output, the webhook address on standard error."""
    given = dict(_pair(value) for value in values or [])
    wanted = "new" if secret else webhook_secret or "keep"
    with product_database():
        scope = operator(workspace_called(workspace))
        switches = {option.name for option in registry.provider(provider).options}
        saved = connections.connect(
            scope, provider, values={name: value for name, value in given.items() if name not in switches}, replace=replace,
            options={name: value.lower() in _YES for name, value in given.items() if name in switches}, webhook_secret=wanted)
        if saved.webhook_address:
            tell(f"webhook address to paste at the provider: {saved.webhook_address}")
        if saved.webhook_secret and wanted != "keep":
            tell(f"webhook secret, for its header: {saved.webhook_secret}")
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
