"""Which account does a message leave through, and what did its last send say about it?"""

from datetime import timedelta

from sqlalchemy import select

from zrg_app.integrations import registry
from zrg_app.integrations.base import Account
from zrg_app.kit import clock, vault
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Connection
from zrg_app.models.vocabulary import ConnectionStatus
from zrg_app.services import events

NOTED_EVERY = timedelta(minutes=1)


def account(tx: Tx, scope: Scope, provider: str) -> Account:
    """The workspace's account at `provider`, its credentials opened. Raises NotFound, and Invalid when they cannot be opened."""
    row = _connection(tx, scope, provider)
    if row is None:
        raise NotFound("This channel is not connected any more.")
    base_url = row.base_url or settings().provider_url(provider, registry.provider(provider).vendor_url)
    return Account(provider=provider, workspace_id=str(scope.workspace_id), external_id=row.external_id, base_url=base_url,
                   credentials=vault.unseal(row.credentials), options=row.options)


def mark_locked(tx: Tx, scope: Scope, provider: str, *, sentence: str) -> None:
    """The provider does not accept our credentials: nothing more is sent until a person enters them again."""
    row = _connection(tx, scope, provider)
    if row is not None and row.status != ConnectionStatus.LOCKED:
        row.status, row.last_error, row.updated_at = ConnectionStatus.LOCKED, sentence, clock.now()
        events.record(tx, scope, events.ConnectionChanged(provider=provider, change="locked", detail=sentence))


def touch_send(tx: Tx, scope: Scope, provider: str) -> None:
    """A message has just left through this account; noted once a minute, so that sends do not queue for this one row."""
    row, now = _connection(tx, scope, provider), clock.now()
    if row is not None and (row.last_send_at is None or now - row.last_send_at > NOTED_EVERY):
        row.last_send_at = now


def _connection(tx: Tx, scope: Scope, provider: str) -> Connection | None:
    return tx.scalar(select(Connection).where(Connection.workspace_id == scope.workspace_id, Connection.provider == provider))
