"""Do webhooks that were set up at a provider still live there? Asked once a day, for every workspace."""

from sqlalchemy import text

from zrg_app.integrations import registry
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services import jobs
from zrg_app.services.connections import flows
from zrg_app.services.jobs import job

_CONNECTED = text("select workspace_id, provider from connection where provider = any(:providers) order by workspace_id")


@job("connections.check_all")
def check_all(tx: Tx, scope: Scope) -> None:
    """Have every connection checked whose provider keeps something of ours; over all workspaces, one job each."""
    asked = [provider.slug for provider in registry.PROVIDERS if provider.connect]
    day = clock.now().date().isoformat()
    for row in tx.execute(_CONNECTED, {"providers": asked}):
        jobs.enqueue(tx, scope.within(row.workspace_id), "connections.check_one", provider=row.provider,
                     dedupe_key=f"{row.workspace_id}:check:{row.provider}:{day}")


@job("connections.check_one", tries=3)
def check_one(scope: Scope, *, provider: str) -> None:
    """Check one connection and mark it; nothing happens when it was removed meanwhile."""
    try:
        flows.check(scope, provider)
    except NotFound:
        return
