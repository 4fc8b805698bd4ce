"""`./zrg replay`: how are webhooks of the ledger read once more?"""

from typing import Annotated

import typer

from zrg_app.cli.console import tell
from zrg_app.cli.house import operator, product_database, workspace_called
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import Invalid
from zrg_app.kit.ids import parse_id
from zrg_app.models.vocabulary import WebhookStatus
from zrg_app.services import inbound, workspaces


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command()(replay)


def replay(
    workspace: Annotated[str, typer.Option(help="Id or unique name of one workspace; all without it.")] = "",
    status: Annotated[str, typer.Option(help="Which rows: FAILED, PENDING, IGNORED or SUCCEEDED.")] = "FAILED",
    event: Annotated[str, typer.Option(help="One row by its id, whatever its status; needs --workspace.")] = "",
) -> None:
    """Have webhooks read again by the workers; harmless, because what was told before is recognised. Prints how many."""
    if status.upper() not in list(WebhookStatus):
        raise Invalid(f"A row of the ledger is {', '.join(WebhookStatus)}; there is no status {status}.")
    with product_database():
        if event:
            print(_one(workspace, event))
            return
        with transaction(operator()) as tx:
            chosen = [workspace_called(workspace)] if workspace else [found.id for found in workspaces.every(tx)]
        print(sum(_many(workspace_id, WebhookStatus(status.upper())) for workspace_id in chosen))
    tell("the workers read them now; see Operations, Webhooks")


def _one(workspace: str, event: str) -> int:
    event_id = parse_id(event)
    if event_id is None or not workspace:
        raise Invalid("--event takes the id of a row and needs --workspace.")
    acting = operator(workspace_called(workspace))
    with transaction(acting) as tx:
        inbound.replay(tx, acting, event_id)
    return 1


def _many(workspace_id: object, status: WebhookStatus) -> int:
    acting = operator(parse_id(str(workspace_id)))
    with transaction(acting) as tx:
        return inbound.replay_all(tx, acting, status=status)
