"""How is a provider connected, and what is noted about it afterwards? Credentials are sealed before they reach a row."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from zrg_app.integrations import registry
from zrg_app.integrations.base import Account, Checked, Provider
from zrg_app.kit import clock, vault
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Broken, Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Connection
from zrg_app.models.vocabulary import ConnectionStatus
from zrg_app.models.vocabulary import Provider as Slug
from zrg_app.services import events
from zrg_app.services.connections import addresses, choosing, policy, routing, secrets
from zrg_app.services.connections.views import SavedView

WebhookSecret = Literal["keep", "none", "new", "ensure"] | str
"""`ensure` keeps the secret there is, and makes one where none is and the provider can show it."""

# Health marks need not be exact; a row written by every webhook would make all of a workspace's wait for each other.
_MARK_EVERY = timedelta(seconds=5)
_SHORTEST_SECRET = 8
_TOUCH = """
update connection set {column} = :now
where workspace_id = :workspace_id and provider = :provider and ({column} is null or {column} < :before)
"""
_TOUCH_EVENT = text(_TOUCH.format(column="last_event_at"))
_TOUCH_SEND = text(_TOUCH.format(column="last_send_at"))


def save(tx: Tx, scope: Scope, provider: str, *, values: Mapping[str, str | None], webhook_secret: WebhookSecret = "keep",
         options: Mapping[str, bool] | None = None, replace: bool = False, proven: Checked | None = None) -> SavedView:
    """Connect a provider, or change its credentials; they count as unchecked until `check` is run, unless they are `proven`.

    An empty secret value keeps the stored one. `webhook_secret` is `keep`, `none`, `new` (a generated one), `ensure` or the
    secret itself. `options` are switches the provider declares; those left out stay. `replace` disconnects the workspace's
    other e-mail provider in this transaction. Raises Invalid for values that cannot work, Conflict when the account belongs to
    another workspace or, with the code `other_email_provider`, when mail runs through another provider (spec section 4).
    """
    declared = registry.provider(provider)
    if declared.proves_first and proven is None:
        raise Broken(f"{declared.title} is proven before it is saved; connections.connect does both.")
    row = _row(tx, scope, provider)
    entry = _entry(declared, row, values)
    switches = policy.switches(declared, options or {})
    if declared.single_email:
        choosing.take_over(tx, scope, declared, replace=replace)
    if row is None:
        row = Connection(workspace_id=scope.workspace_id, provider=provider)
    _fill(row, declared, entry, proven)
    row.options = {**row.options, **switches}
    if webhook_secret == "ensure":
        webhook_secret = "keep" if row.webhook_secret or not addresses.shows_secret(declared) else "new"
    if webhook_secret != "keep":
        row.webhook_secret = secrets.sealed(_secret(webhook_secret))
    _write(tx, row, declared)
    return _saved(tx, scope, declared, row, "saved")


def renew_secret(tx: Tx, scope: Scope, provider: str) -> SavedView:
    """Make a new webhook secret; the old one stops working at once. Raises NotFound, and Invalid where there is none to make."""
    declared, row = registry.provider(provider), _require(tx, scope, provider)
    if not addresses.shows_secret(declared):
        raise Invalid(f"The webhooks of {declared.title} carry no secret of ours.")
    row.webhook_secret, row.updated_at = secrets.sealed(secrets.fresh()), clock.now()
    tx.flush()
    return _saved(tx, scope, declared, row, "secret_renewed")


def keep_made(tx: Tx, scope: Scope, used: Account, made: Mapping[str, str]) -> None:
    """Store what was made at the provider with the credentials of `used`, or forget it when `made` is empty.

    Raises Conflict when the connection was changed or removed meanwhile.
    """
    declared = registry.provider(used.provider)
    row = tx.scalar(select(Connection).where(Connection.workspace_id == scope.workspace_id,
                                             Connection.provider == used.provider).with_for_update())
    stored = vault.unseal(row.credentials) if row else {}
    if row is None or any(stored.get(item.name) != used.credentials.get(item.name) for item in declared.credentials):
        raise Conflict(f"{declared.title} was changed by somebody else meanwhile; test it again.")
    typed = {name: value for name, value in stored.items() if name not in declared.makes}
    row.credentials, row.updated_at = vault.seal({**typed, **made}), clock.now()
    tx.flush()
    routing.forget()


def remove(tx: Tx, scope: Scope, provider: str) -> None:
    """Disconnect a provider and forget its credentials. Raises NotFound."""
    row = _require(tx, scope, provider)
    tx.delete(row)
    choosing.give_up(tx, scope, provider)
    tx.flush()
    routing.forget()
    events.record(tx, scope, events.ConnectionChanged(provider=provider, change="removed"))


def keep_options(tx: Tx, scope: Scope, provider: str, options: Mapping[str, object]) -> None:
    """Remember what was chosen or learnt about a connection, beside its switches; None forgets. Raises NotFound."""
    row = _require(tx, scope, provider)
    tx.refresh(row, with_for_update=True)
    row.options = {name: value for name, value in {**row.options, **options}.items() if value is not None}
    row.updated_at = clock.now()
    tx.flush()
    routing.forget()


def account(tx: Tx, scope: Scope, provider: str) -> Account:
    """The connection with its credentials opened, for a call to the provider. Raises NotFound when it is not connected."""
    row, declared = _require(tx, scope, provider), registry.provider(provider)
    return _account(scope, declared, row.external_id, row.base_url, vault.unseal(row.credentials), row.options)


def candidate(tx: Tx, scope: Scope, provider: str, *, values: Mapping[str, str | None]) -> Account:
    """The account these values would make, for proving them before anything is saved. Raises Invalid."""
    declared, row = registry.provider(provider), _row(tx, scope, provider)
    entry = _entry(declared, row, values)
    return _account(scope, declared, entry.external_id, entry.base_url, entry.credentials, row.options if row else {})


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
    configured = settings().emailbison_allowed_hosts if provider.slug == Slug.EMAILBISON else ""
    return policy.allowed_hosts(configured, provider.vendor_url, default, settings().sandbox_url)


def _entry(declared: Provider, row: Connection | None, values: Mapping[str, str | None]) -> policy.Entry:
    stored = vault.unseal(row.credentials) if row else {}
    return policy.entry(declared, values, stored, allowed_hosts(declared))


def _fill(row: Connection, declared: Provider, entry: policy.Entry, proven: Checked | None) -> None:
    row.base_url, row.credentials, row.updated_at = entry.base_url, vault.seal(dict(entry.credentials)), clock.now()
    row.status, row.last_error = ConnectionStatus.UNCHECKED, None
    if declared.external_id_credential:
        row.external_id = entry.external_id
    if proven is None:
        return
    row.status, row.last_checked_at = ConnectionStatus.WORKING, clock.now()
    if proven.external_id and proven.external_id != row.external_id:
        # What was chosen in the other account is not there in this one.
        row.external_id, row.options = proven.external_id, {}
    if proven.account_name:
        row.options = {**row.options, "account_name": proven.account_name}


def _saved(tx: Tx, scope: Scope, declared: Provider, row: Connection, change: str) -> SavedView:
    routing.forget()
    events.record(tx, scope, events.ConnectionChanged(provider=declared.slug, change=change))
    secret = secrets.opened(row.webhook_secret)
    return SavedView(id=str(row.id), webhook_address=addresses.webhook(declared, row.workspace_id, secret),
                     webhook_secret=(secret or "") if declared.secret_place == "header" else "")


def _account(scope: Scope, declared: Provider, external_id: str | None, base_url: str | None, credentials: Mapping[str, str],
             options: Mapping[str, object]) -> Account:
    return Account(
        provider=declared.slug, workspace_id=str(scope.workspace_id), external_id=external_id,
        base_url=base_url or settings().provider_url(declared.slug, declared.vendor_url), credentials=credentials,
        options=options)


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
