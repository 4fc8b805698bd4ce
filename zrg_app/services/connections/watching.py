"""Are accounts that log out by themselves still there? Asked every hour, a job per workspace."""

from sqlalchemy import text

from zrg_app.kit import clock, db
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import ConnectionStatus, Provider
from zrg_app.services import jobs
from zrg_app.services.connections import flows

WATCHED = (Provider.UNIPILE.value,)
_CONNECTED = text("select workspace_id, provider from connection where provider = any(:watched) order by workspace_id")
_LOCKED = text("select status from connection where workspace_id = :workspace_id and provider = :provider")


@jobs.job("connections.check_accounts")
def check_accounts(tx: Tx, scope: Scope) -> None:
    """Have every watched account of all workspaces looked at; started by the scheduler under the system scope."""
    hour = int(clock.now().timestamp() // 3600)
    for row in tx.execute(_CONNECTED, {"watched": list(WATCHED)}):
        jobs.enqueue(tx, scope.within(row.workspace_id), "connections.check_account", provider=row.provider,
                     dedupe_key=f"check-account:{row.workspace_id}:{row.provider}:{hour}")


@jobs.job("connections.check_account", tries=2, priority=jobs.registry.BULK_PRIORITY)
def check_account(scope: Scope, *, provider: str) -> None:
    """Ask the provider how the account stands and note it; people hear of one that is still locked, once a day."""
    flows.check(scope, provider)
    with db.transaction(scope) as tx:
        status = tx.execute(_LOCKED, {"workspace_id": scope.workspace_id, "provider": provider}).scalar_one_or_none()
        if status == ConnectionStatus.LOCKED:
            jobs.enqueue(tx, scope, "connections.alert_locked", provider=provider)
