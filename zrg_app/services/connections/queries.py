"""How do a workspace's providers stand? For the Integrations tab and the banner above every page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, text

from zrg_app.integrations import registry
from zrg_app.integrations.base import Credential, Provider
from zrg_app.kit import clock, vault
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Connection, WorkspaceSettings
from zrg_app.models.vocabulary import ConnectionStatus
from zrg_app.models.vocabulary import Provider as Slug
from zrg_app.services.connections import actions, addresses, choosing, secrets
from zrg_app.services.connections.views import ConnectionView, CredentialView, Mailer, OptionView, TroubleView

MISMATCHES_SINCE = timedelta(days=1)
_MISMATCHES = text("""
select provider, sum(deliveries)::int as n from webhook_event
where workspace_id = :workspace_id and received_at > :since and status = 'IGNORED' and reason = 'provider_mismatch' group by provider
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """Which e-mail providers are connected, which one is in use, and whose webhooks were ignored because of it."""

    connected: tuple[str, ...]
    chosen: str | None
    mismatches: Mapping[str, int] = field(default_factory=dict)


def every(tx: Tx, scope: Scope) -> tuple[ConnectionView, ...]:
    """All providers there are, connected or not, in the order of the registry."""
    rows = _rows(tx, scope)
    mail = _mail(tx, scope, rows)
    return tuple(_view(scope, declared, rows.get(declared.slug), mail) for declared in registry.PROVIDERS)


def view(tx: Tx, scope: Scope, provider: str) -> ConnectionView:
    """One provider. Raises NotFound when we talk to nobody of that name."""
    declared, rows = registry.provider(provider), _rows(tx, scope)
    return _view(scope, declared, rows.get(provider), _mail(tx, scope, rows))


def troubles(tx: Tx, scope: Scope) -> tuple[TroubleView, ...]:
    """The connections whose credentials are refused, for a banner."""
    rows = tx.execute(select(Connection.provider, Connection.last_error).where(
        Connection.workspace_id == scope.workspace_id, Connection.status == ConnectionStatus.LOCKED).order_by(Connection.provider))
    return tuple(TroubleView(provider=row.provider, title=choosing.title(row.provider), sentence=row.last_error or "")
                 for row in rows)


def mailer(tx: Tx, scope: Scope) -> Mailer | None:
    """How mails of this workspace's product leave: its own Resend, else the installation's; None when neither is set up."""
    row = _row(tx, scope, Slug.RESEND) if scope.workspace_id else None
    own = vault.unseal(row.credentials) if row else {}
    if own.get("api_key") and own.get("from_email"):
        return Mailer(api_key=own["api_key"], sender=own["from_email"])
    now = settings()
    return Mailer(api_key=now.resend_api_key, sender=now.resend_from_email) if now.resend_api_key else None


def _rows(tx: Tx, scope: Scope) -> dict[str, Connection]:
    return {row.provider: row for row in tx.scalars(select(Connection).where(Connection.workspace_id == scope.workspace_id))}


def _row(tx: Tx, scope: Scope, provider: str) -> Connection | None:
    return tx.scalar(select(Connection).where(Connection.workspace_id == scope.workspace_id, Connection.provider == provider))


def _mail(tx: Tx, scope: Scope, rows: Mapping[str, Connection]) -> _Mail:
    connected = tuple(slug for slug in choosing.mail_slugs() if slug in rows)
    settings_row = tx.get(WorkspaceSettings, scope.workspace_id)
    chosen = settings_row.email_provider if settings_row else None
    # Who never chose and has one provider uses that one (routing says the same).
    chosen = chosen or (connected[0] if len(connected) == 1 else None)
    counted = tx.execute(_MISMATCHES, {"workspace_id": scope.workspace_id, "since": clock.now() - MISMATCHES_SINCE})
    return _Mail(connected=connected, chosen=chosen, mismatches={row.provider: row.n for row in counted})


def _view(scope: Scope, declared: Provider, row: Connection | None, mail: _Mail) -> ConnectionView:
    secret = secrets.opened(row.webhook_secret) if row else None
    options, slug = (row.options if row else {}), declared.slug
    channel, calendar = (options[name] if isinstance(options.get(name), dict) else {} for name in ("channel", "calendar"))
    return ConnectionView(
        id=str(row.id) if row else "", provider=slug, title=declared.title, status=row.status if row else "",
        external_id=(row.external_id or "") if row else "", fields=_fields(declared, row),
        webhook_address=addresses.webhook(declared, scope.workspace_id, secret, hidden=True), has_webhook_secret=bool(secret),
        last_error=(row.last_error or "") if row else "", last_checked_at=_iso(row.last_checked_at if row else None),
        last_event_at=_iso(row.last_event_at if row else None), last_send_at=_iso(row.last_send_at if row else None),
        account_name=str(options.get("account_name") or ""), options=_options(declared, options),
        secret_place=declared.secret_place, secret_header=declared.secret_header or "", shows_secret=addresses.shows_secret(declared),
        is_mail=declared.single_email, is_chosen=declared.single_email and mail.chosen == slug,
        mail_title=choosing.title(mail.chosen) if mail.chosen else "",
        rivals=tuple(choosing.title(other) for other in mail.connected if other != slug) if declared.single_email else (),
        mismatches=mail.mismatches.get(slug, 0), trial=declared.trial.title if declared.trial else "",
        tries_by_test=bool(declared.trial and declared.trial.by_test), channel=str(channel.get("id") or ""),
        channel_name=str(channel.get("name") or ""), has_calendars=declared.free_times is not None,
        calendar=str(calendar.get("id") or ""), calendar_name=str(calendar.get("name") or ""))


def _fields(declared: Provider, row: Connection | None) -> tuple[CredentialView, ...]:
    values = vault.unseal(row.credentials) if row else {}
    return tuple(CredentialView(
        name=item.name, title=item.title, help=item.help, secret=item.secret, required=item.required,
        value=vault.masked(values.get(item.name)) if item.secret else values.get(item.name, ""),
        choices=_choices(declared, item, values)) for item in declared.credentials)


def _choices(declared: Provider, item: Credential, values: Mapping[str, str]) -> tuple[str, ...]:
    """EmailBison's address may only name an allowed host, so those are offered; one stored earlier stays among them."""
    if item.name != "base_url" or declared.slug != Slug.EMAILBISON:
        return ()
    # The sandbox's plain address is what an empty field means while there is one.
    hosts = [f"https://{host}" for host in actions.allowed_hosts(declared) if "://" not in host]
    return tuple(sorted({*hosts, values.get("base_url", "")} - {""}))


def _options(declared: Provider, stored: Mapping[str, object]) -> tuple[OptionView, ...]:
    return tuple(OptionView(name=option.name, title=option.title, help=option.help, warning=option.warning,
                            is_on=stored.get(option.name) is True) for option in declared.options)


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
