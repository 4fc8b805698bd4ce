# ruff: noqa: E501
"""What do we ask of the domains below until they are merged? Same names and signatures as theirs; this file then goes."""

from sqlalchemy import select

from zrg_app.integrations import registry
from zrg_app.integrations.base import Account
from zrg_app.kit import clock, vault
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Connection
from zrg_app.services import events


def account(tx: Tx, scope: Scope, provider: str) -> Account:
    row = _connection(tx, scope, provider)
    if row is None:
        raise NotFound("It is not connected.")
    declared = registry.provider(provider)
    return Account(provider=provider, workspace_id=str(scope.workspace_id), external_id=row.external_id,
                   base_url=row.base_url or settings().provider_url(provider, declared.vendor_url),
                   credentials=vault.unseal(row.credentials), options=row.options)


def mark_locked(tx: Tx, scope: Scope, provider: str, *, sentence: str) -> None:
    row = _connection(tx, scope, provider)
    if row is not None:
        row.status, row.last_error, row.updated_at = "locked", sentence, clock.now()
        events.record(tx, scope, events.ConnectionChanged(provider=provider, change="locked", detail=sentence))


def touch_send(tx: Tx, scope: Scope, provider: str) -> None:
    row = _connection(tx, scope, provider)
    if row is not None:
        row.last_send_at = clock.now()


def _connection(tx: Tx, scope: Scope, provider: str) -> Connection | None:
    return tx.scalar(select(Connection).where(Connection.workspace_id == scope.workspace_id, Connection.provider == provider))
