"""Does a waiting message still belong to the account it was written for? A thread of one account means nothing in another."""

from psycopg.rows import namedtuple_row
from sqlalchemy import select, text

from zrg_app.integrations import registry
from zrg_app.kit.db import Tx, driver, transaction
from zrg_app.kit.scope import Scope
from zrg_app.models import Connection, OutboundMessage
from zrg_app.models.vocabulary import OutboundStatus
from zrg_app.services.jobs import job
from zrg_app.services.sending import passage, policy

_STANDS = """
select c.id is not null as connected, c.external_id, s.email_provider from workspace w
left join connection c on c.workspace_id = w.id and c.provider = %(provider)s
left join workspace_settings s on s.workspace_id = w.id where w.id = %(workspace)s
"""
_WAITING = text("""
select count(*) from outbound_message where workspace_id = :workspace_id and provider = :provider and status = 'waiting'
""")


def account_of(tx: Tx, scope: Scope, provider: str) -> str | None:
    """The account a message through `provider` would leave from now; a row of the outbox remembers it."""
    return tx.scalar(select(Connection.external_id).where(
        Connection.workspace_id == scope.workspace_id, Connection.provider == provider))


def astray(tx: Tx, row: OutboundMessage) -> policy.Refusal | None:
    """Why this message must not leave any more: its provider was given up, or its account is another one now. None when it may.

    A provider that is merely disconnected is the policy's to tell, and so is everything else.
    """
    with driver(tx).cursor(row_factory=namedtuple_row) as cursor:
        now = cursor.execute(_STANDS, {"provider": row.provider, "workspace": row.workspace_id}).fetchone()
    declared = registry.provider(row.provider)
    if now is None:
        return None
    if declared.single_email and now.email_provider not in (None, row.provider):
        other = _title(now.email_provider)
        return policy.Refusal(code="provider_changed", sentence=(
            f"This was to leave through {declared.title}, and mail now runs through {other}. Nothing left; write it anew there."))
    if now.connected and row.account and now.external_id != row.account:
        return policy.Refusal(code="account_changed", sentence=(
            f"This was written for the {declared.title} account {row.account}, and another one is connected now. Nothing left."))
    return None


def waiting_through(tx: Tx, scope: Scope, provider: str) -> int:
    """How many messages wait to leave through `provider`; they are held when it is given up."""
    return tx.execute(_WAITING, {"workspace_id": scope.workspace_id, "provider": provider}).scalar_one()


@job("sending.hold_astray", tries=5)
def hold_astray(scope: Scope, *, provider: str) -> None:
    """Hold the waiting messages of a provider that was given up or changed its account; each says why and can be written anew.

    One transaction per message, so that no lead is locked longer than its own takes; a second run finds nothing to do.
    """
    with transaction(scope) as tx:
        waiting = tx.scalars(select(OutboundMessage.id).where(
            OutboundMessage.workspace_id == scope.workspace_id, OutboundMessage.provider == provider,
            OutboundMessage.status == OutboundStatus.WAITING)).all()
    for outbound_id in waiting:
        with transaction(scope) as tx:
            locked = passage.lock(tx, outbound_id)
            refusal = astray(tx, locked.row) if locked.row.status == OutboundStatus.WAITING else None
            if refusal:
                passage.hold(tx, scope, locked, refusal.code, refusal.sentence)


def _title(slug: str) -> str:
    return next((each.title for each in registry.PROVIDERS if each.slug == slug), slug)
