"""Through which provider does a workspace read and write its mail? Exactly one at a time (spec section 4)."""

from sqlalchemy import delete, select

from zrg_app.integrations import registry
from zrg_app.integrations.base import Provider
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Connection, WorkspaceSettings
from zrg_app.services import events
from zrg_app.services.connections import routing

OTHER = "other_email_provider"


def take_over(tx: Tx, scope: Scope, provider: Provider, *, replace: bool) -> None:
    """Make `provider` the one mail runs through. With `replace` every other e-mail provider is disconnected and its secrets are
    forgotten, here and now; without it their presence raises Conflict with the code OTHER. Raises NotFound."""
    chosen = _settings(tx, scope)
    others = [slug for slug in _connected(tx, scope) if slug != provider.slug]
    if chosen.email_provider not in (None, provider.slug, *others):
        others.append(chosen.email_provider)
    if others and not replace:
        names = " and ".join(title(slug) for slug in others)
        raise Conflict(f"This workspace reads its mail through {names}; a workspace has one e-mail provider. Switch to "
                       f"{provider.title}, or disconnect {names} first.", code=OTHER)
    chosen.email_provider, chosen.updated_at = provider.slug, clock.now()
    tx.flush()
    for slug in others:
        _forget(tx, scope, slug)


def choose(tx: Tx, scope: Scope, provider: str) -> None:
    """Settle on one of several connected e-mail providers; the others are disconnected. Raises NotFound and Invalid."""
    declared = registry.provider(provider)
    if not declared.single_email or provider not in _connected(tx, scope):
        raise Invalid(f"{declared.title} is not an e-mail provider that is connected here.")
    take_over(tx, scope, declared, replace=True)
    routing.forget()
    events.record(tx, scope, events.ConnectionChanged(provider=provider, change="chosen"))


def give_up(tx: Tx, scope: Scope, provider: str) -> None:
    """The workspace reads no mail through `provider` any more."""
    chosen = tx.get(WorkspaceSettings, scope.workspace_id)
    if chosen is not None and chosen.email_provider == provider:
        chosen.email_provider, chosen.updated_at = None, clock.now()


def title(slug: str) -> str:
    """How people call a provider, even one of an older or newer version of the product."""
    try:
        return registry.provider(slug).title
    except NotFound:
        return slug


def mail_slugs() -> list[str]:
    """The providers of which a workspace has one."""
    return [each.slug for each in registry.PROVIDERS if each.single_email]


def _settings(tx: Tx, scope: Scope) -> WorkspaceSettings:
    found = tx.get(WorkspaceSettings, scope.workspace_id, with_for_update={"key_share": True})
    if found is None:
        raise NotFound("This workspace is not there.")
    return found


def _connected(tx: Tx, scope: Scope) -> list[str]:
    return list(tx.scalars(select(Connection.provider).where(
        Connection.workspace_id == scope.workspace_id, Connection.provider.in_(mail_slugs())).order_by(Connection.created_at)))


def _forget(tx: Tx, scope: Scope, slug: str) -> None:
    tx.execute(delete(Connection).where(Connection.workspace_id == scope.workspace_id, Connection.provider == slug)
               .execution_options(synchronize_session="fetch"))
    events.record(tx, scope, events.ConnectionChanged(provider=slug, change="removed", detail="replaced"))
