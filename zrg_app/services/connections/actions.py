"""How is a provider connected, and what is noted about it afterwards? Credentials are sealed before they reach a row."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from zrg_app.integrations import registry
from zrg_app.integrations.base import Account, Provider
from zrg_app.kit import clock, vault
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Connection, WorkspaceSettings
from zrg_app.models.vocabulary import ConnectionStatus
from zrg_app.services import events
from zrg_app.services.connections import addresses, policy, routing, secrets
from zrg_app.services.connections.views import SavedView

WebhookSecret = Literal["keep", "none", "new"] | str

# Health marks need not be exact; a row written by every webhook would make all of a workspace's wait for each other.
_MARK_EVERY = timedelta(seconds=5)
_SHORTEST_SECRET = 8
_TOUCH = """
update connection set {column} = :now
where workspace_id = :workspace_id and provider = :provider and ({column} is null or {column} < :before)
"""
_TOUCH_EVENT = text(_TOUCH.format(column="last_event_at"))
_TOUCH_SEND = text(_TOUCH.format(column="last_send_at"))


def save(tx: Tx, scope: Scope, provider: str, *, values: Mapping[str, str | None],
         webhook_secret: WebhookSecret = "keep") -> SavedView:
    """Connect a provider, or change its credentials; they count as unchecked until `check` is run.

    An empty secret value keeps the stored one. `webhook_secret` is `keep`, `none`, `new` (a generated one) or the secret
    itself. Raises Invalid for values that cannot work, and Conflict when the account belongs to another workspace or the
    workspace reads its mail through another provider (spec section 4: one e-mail provider at a time).
    """
    declared = registry.provider(provider)
    row = _row(tx, scope, provider)
    stored = vault.unseal(row.credentials) if row else {}
    entry = policy.entry(declared, values, stored, allowed_hosts(declared))
    if declared.single_email:
        _choose_email_provider(tx, scope, declared)
    if row is None:
        row = Connection(workspace_id=scope.workspace_id, provider=provider)
    row.external_id, row.base_url, row.credentials = entry.external_id, entry.base_url, vault.seal(dict(entry.credentials))
    row.status, row.last_error, row.updated_at = ConnectionStatus.UNCHECKED, None, clock.now()
    if webhook_secret != "keep":
        row.webhook_secret = secrets.sealed(_secret(webhook_secret))
    _write(tx, row, declared)
    routing.forget()
    events.record(tx, scope, events.ConnectionChanged(provider=provider, change="saved"))
    secret = secrets.opened(row.webhook_secret)
    return SavedView(id=str(row.id), webhook_address=addresses.webhook(declared, row.workspace_id, secret))


def remove(tx: Tx, scope: Scope, provider: str) -> None:
    """Disconnect a provider and forget its credentials. Raises NotFound."""
    row = _require(tx, scope, provider)
    tx.delete(row)
    chosen = tx.get(WorkspaceSettings, scope.workspace_id)
    if chosen is not None and chosen.email_provider == provider:
        chosen.email_provider, chosen.updated_at = None, clock.now()
    tx.flush()
    routing.forget()
    events.record(tx, scope, events.ConnectionChanged(provider=provider, change="removed"))


def account(tx: Tx, scope: Scope, provider: str) -> Account:
    """The connection with its credentials opened, for a call to the provider. Raises NotFound when it is not connected."""
    row, declared = _require(tx, scope, provider), registry.provider(provider)
    return Account(
        provider=provider, workspace_id=str(scope.workspace_id), external_id=row.external_id,
        base_url=row.base_url or settings().provider_url(provider, declared.vendor_url),
        credentials=vault.unseal(row.credentials), options=row.options)


def mark_working(tx: Tx, scope: Scope, provider: str) -> None:
    """The credentials were just seen to work. Nothing happens when the connection is gone."""
    _mark(tx, scope, provider, ConnectionStatus.WORKING, None)


def mark_locked(tx: Tx, scope: Scope, provider: str, *, sentence: str) -> None:
    """The provider refuses our credentials: `sentence` is shown until somebody mends them."""
    _mark(tx, scope, provider, ConnectionStatus.LOCKED, sentence)


def mark_failing(tx: Tx, scope: Scope, provider: str, *, sentence: str) -> None:
    """The provider could not be reached or refused; the credentials may be right."""
    _mark(tx, scope, provider, ConnectionStatus.FAILING, sentence)


def touch_event(tx: Tx, scope: Scope, provider: str) -> None:
    """Something came in from the provider just now."""
    _touch(tx, scope, provider, _TOUCH_EVENT)


def touch_send(tx: Tx, scope: Scope, provider: str) -> None:
    """The provider accepted a message just now."""
    _touch(tx, scope, provider, _TOUCH_SEND)


def allowed_hosts(provider: Provider) -> frozenset[str]:
    """The hosts a connection of `provider` may name: the operator's list, the default instance and the sandbox."""
    default = settings().provider_url(provider.slug, provider.vendor_url)
    listed = "" if provider.hosts_below else settings().emailbison_allowed_hosts
    return policy.allowed_hosts(listed, provider.vendor_url, default, settings().sandbox_url)


def _choose_email_provider(tx: Tx, scope: Scope, provider: Provider) -> None:
    chosen = tx.get(WorkspaceSettings, scope.workspace_id, with_for_update=True)
    if chosen is None:
        raise NotFound("This workspace is not there.")
    if chosen.email_provider not in (None, provider.slug):
        raise Conflict(f"This workspace reads its mail through {chosen.email_provider}; disconnect that first.")
    chosen.email_provider, chosen.updated_at = provider.slug, clock.now()


def _secret(asked: str) -> str | None:
    if asked in ("none", ""):
        return None
    if asked == "new":
        return secrets.fresh()
    if len(asked) < _SHORTEST_SECRET or "/" in asked or not asked.isprintable():
        raise Invalid(f"A webhook secret has at least {_SHORTEST_SECRET} characters and no slash.")
    return asked


def _write(tx: Tx, row: Connection, provider: Provider) -> None:
    # The other workspace cannot be seen from this one; the unique key says that it is there.
    savepoint = tx.begin_nested()
    try:
        tx.add(row)
        tx.flush()
        savepoint.commit()
    except IntegrityError as error:
        savepoint.rollback()
        raise Conflict(f"This {provider.title} account is already connected to another workspace.") from error


def _mark(tx: Tx, scope: Scope, provider: str, status: ConnectionStatus, sentence: str | None) -> None:
    row = _row(tx, scope, provider)
    if row is None:
        return
    changed = (row.status, row.last_error) != (status, sentence)
    row.status, row.last_error, row.last_checked_at = status, sentence, clock.now()
    tx.flush()
    if changed:
        events.record(tx, scope, events.ConnectionChanged(provider=provider, change=str(status), detail=sentence or ""))


def _touch(tx: Tx, scope: Scope, provider: str, statement) -> None:  # noqa: ANN001 because a statement has no better type
    now = clock.now()
    tx.execute(statement, {"workspace_id": scope.workspace_id, "provider": provider, "now": now, "before": now - _MARK_EVERY})


def _row(tx: Tx, scope: Scope, provider: str) -> Connection | None:
    return tx.scalar(select(Connection).where(Connection.workspace_id == scope.workspace_id, Connection.provider == provider))


def _require(tx: Tx, scope: Scope, provider: str) -> Connection:
    row = _row(tx, scope, provider)
    if row is None:
        raise NotFound(f"{registry.provider(provider).title} is not connected.")
    return row
