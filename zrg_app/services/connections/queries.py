"""How do a workspace's providers stand? For the Integrations tab."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from zrg_app.integrations import registry
from zrg_app.integrations.base import Provider
from zrg_app.kit import vault
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models import Connection
from zrg_app.services.connections import addresses, secrets
from zrg_app.services.connections.views import ConnectionView, CredentialView

UNSIGNED = ("Webhooks without a signature are accepted here: whoever learns the address can tell of meetings that never were. "
            "Test the connection to make a signing key, or ask for signatures again.")


def every(tx: Tx, scope: Scope) -> tuple[ConnectionView, ...]:
    """All providers there are, connected or not, in the order of the registry."""
    rows = {row.provider: row for row in tx.scalars(select(Connection).where(Connection.workspace_id == scope.workspace_id))}
    return tuple(_view(scope, declared, rows.get(declared.slug)) for declared in registry.PROVIDERS)


def view(tx: Tx, scope: Scope, provider: str) -> ConnectionView:
    """One provider. Raises NotFound when we talk to nobody of that name."""
    declared = registry.provider(provider)
    row = tx.scalar(select(Connection).where(Connection.workspace_id == scope.workspace_id, Connection.provider == provider))
    return _view(scope, declared, row)


def _view(scope: Scope, declared: Provider, row: Connection | None) -> ConnectionView:
    values = vault.unseal(row.credentials) if row else {}
    secret = secrets.opened(row.webhook_secret) if row else None
    fields = tuple(CredentialView(
        name=item.name, title=item.title, help=item.help, secret=item.secret, required=item.required,
        value=vault.masked(values.get(item.name)) if item.secret else values.get(item.name, "")) for item in declared.credentials)
    return ConnectionView(
        id=str(row.id) if row else "", provider=declared.slug, title=declared.title, status=row.status if row else "",
        external_id=(row.external_id or "") if row else "", fields=fields,
        webhook_address=addresses.webhook(declared, scope.workspace_id, secret, hidden=True), has_webhook_secret=bool(secret),
        last_error=(row.last_error or "") if row else "", last_checked_at=_iso(row.last_checked_at if row else None),
        last_event_at=_iso(row.last_event_at if row else None), last_send_at=_iso(row.last_send_at if row else None),
        is_signed=declared.secret_place == "signature", **_signatures(declared, row, values))


def _signatures(declared: Provider, row: Connection | None, values: Mapping[str, str]) -> dict[str, str]:
    if row is None or "signing_key" not in declared.makes:
        return {}
    is_open = row.options.get("allow_unsigned") is True
    warning = UNSIGNED if is_open and not values.get("signing_key") else ""
    return {"takes_unsigned": "yes" if is_open else "no", "warning": warning}


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
