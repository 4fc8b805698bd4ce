"""What must stand at a provider so that it reaches us (a webhook subscription), and who takes it back? Between transactions."""

from zrg_app.integrations import registry, transport
from zrg_app.integrations.base import Account
from zrg_app.kit import db, logs
from zrg_app.kit.errors import NotFound, Outside, ProviderBusy, ProviderLocked
from zrg_app.kit.scope import Scope
from zrg_app.services.connections import actions, addresses

PATIENCE = 6.0
"""Seconds each call may take: a person waits, and what fails is tried again by Test or done by hand."""

log = logs.get_logger()


def former(scope: Scope, provider: str) -> Account | None:
    """The connection as it is before it changes; None when there is none."""
    with db.transaction(scope) as tx:
        try:
            return actions.account(tx, scope, provider)
        except NotFound:
            return None


def renew(scope: Scope, provider: str, before: Account | None) -> None:
    """After credentials were saved: take back what the former ones had set up, and set it up anew.

    What fails is noted on the connection and not raised: the credentials are saved.
    """
    if registry.provider(provider).connect is None:
        return
    if before is not None and is_set_up(before):
        _take_back(before)
        with db.transaction(scope) as tx:
            actions.keep_made(tx, scope, actions.account(tx, scope, provider), {})
    try:
        with transport.patience(PATIENCE):
            ensure(scope, former(scope, provider))
    except ProviderBusy as error:
        log.info("connections.set_up_waits", provider=provider, seconds=error.retry_after)
    except Outside as error:
        mark = actions.mark_locked if isinstance(error, ProviderLocked) else actions.mark_failing
        with db.transaction(scope) as tx:
            mark(tx, scope, provider, sentence=error.sentence)


def ensure(scope: Scope, account: Account) -> Account:
    """The account with everything set up there that was missing. Raises Outside, and Conflict when it was changed meanwhile."""
    declared = registry.provider(account.provider)
    if declared.connect is None or is_set_up(account):
        return account
    made = dict(declared.connect(account, addresses.webhook(declared, scope.workspace_id, None)))
    with db.transaction(scope) as tx:
        actions.keep_made(tx, scope, account, made)
        return actions.account(tx, scope, account.provider)


def disconnect(scope: Scope, provider: str) -> str:
    """Take back what was set up at the provider, forget the credentials, and say in a sentence how that went. Raises NotFound.

    A provider that does not answer, or refuses, does not keep anybody from leaving it.
    """
    account, title = former(scope, provider), registry.provider(provider).title
    problem = _take_back(account) if account is not None and is_set_up(account) else None
    with db.transaction(scope) as tx:
        actions.remove(tx, scope, provider)
    told = f"{title} is disconnected and its credentials are forgotten"
    return f"{told}, but its webhook is still there: {problem} Delete it there." if problem else f"{told}."


def is_set_up(account: Account) -> bool:
    """Whether something of ours stands at the provider, as far as we know."""
    return any(account.credentials.get(name) for name in registry.provider(account.provider).makes)


def _take_back(account: Account) -> str | None:
    """Why nothing could be taken back at the provider, in a sentence; None when it was."""
    declared = registry.provider(account.provider)
    if declared.disconnect is None:
        return None
    try:
        with transport.patience(PATIENCE):
            declared.disconnect(account)
    except Outside as error:
        log.warning("connections.not_taken_back", provider=account.provider, code=error.reason)
        return error.sentence
    return None
