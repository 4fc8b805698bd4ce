"""How is a provider set up, proved and left again? The calls to it, between short transactions."""

from zrg_app.integrations import registry, transport
from zrg_app.integrations.base import Account, Provider
from zrg_app.kit import db, logs
from zrg_app.kit.errors import NotFound, Outside, ProviderLocked
from zrg_app.kit.scope import Scope
from zrg_app.services.connections import actions, addresses
from zrg_app.services.connections.actions import WebhookSecret
from zrg_app.services.connections.views import CheckView, SavedView

PATIENCE = 4.0

log = logs.get_logger()


def enter(scope: Scope, provider: str, *, values: dict[str, str | None], webhook_secret: WebhookSecret = "keep") -> SavedView:
    """Save credentials as `save` does and take back what the former ones had set up at the provider; then `check` them.

    Raises what `save` raises; a provider that cannot be reached to take something back is no reason not to save.
    """
    before = _account(scope, provider)
    with db.transaction(scope) as tx:
        saved = actions.save(tx, scope, provider, values=values, webhook_secret=webhook_secret)
    if before is not None and _is_set_up(before):
        _take_back(before)
        with db.transaction(scope) as tx:
            actions.keep_made(tx, scope, actions.account(tx, scope, provider), {})
    return saved


def check(scope: Scope, provider: str) -> CheckView:
    """Prove the credentials at the provider, set up there what is missing, and note the result on the connection.

    Raises NotFound when not connected, Conflict when somebody changed the connection meanwhile.
    """
    with db.transaction(scope) as tx:
        account = actions.account(tx, scope, provider)
    try:
        if registry.provider(provider).connect and not _is_set_up(account):
            account = _set_up(scope, account)
        checked = registry.provider(provider).check(account)
    except ProviderLocked as error:
        with db.transaction(scope) as tx:
            actions.mark_locked(tx, scope, provider, sentence=error.sentence)
        return CheckView(works=False, sentence=error.sentence)
    except Outside as error:
        with db.transaction(scope) as tx:
            actions.mark_failing(tx, scope, provider, sentence=error.sentence)
        return CheckView(works=False, sentence=error.sentence)
    with db.transaction(scope) as tx:
        actions.mark_working(tx, scope, provider)
    return CheckView(works=True, sentence=checked.sentence)


def disconnect(scope: Scope, provider: str) -> str:
    """Take back what was set up at the provider, forget the credentials, and say in a sentence how that went. Raises NotFound.

    A provider that does not answer, or refuses, does not keep anybody from leaving it.
    """
    account, title = _account(scope, provider), registry.provider(provider).title
    problem = _take_back(account) if account is not None and _is_set_up(account) else None
    with db.transaction(scope) as tx:
        actions.remove(tx, scope, provider)
    if problem:
        return f"{title} is disconnected and its credentials are forgotten, but its webhook is still there: {problem} Delete it there."
    return f"{title} is disconnected and its credentials are forgotten."


def _is_set_up(account: Account) -> bool:
    declared = registry.provider(account.provider)
    return bool(declared.makes) and any(account.credentials.get(name) for name in declared.makes)


def _set_up(scope: Scope, account: Account) -> Account:
    declared: Provider = registry.provider(account.provider)
    made = dict(declared.connect(account, addresses.webhook(declared, scope.workspace_id, None)))
    with db.transaction(scope) as tx:
        actions.keep_made(tx, scope, account, made)
        return actions.account(tx, scope, account.provider)


def _take_back(account: Account) -> str | None:
    """Why nothing could be taken back at the provider, in a sentence; None when it was."""
    declared = registry.provider(account.provider)
    if declared.disconnect is None:
        return None
    try:
        # A person waits for it, and it can be done by hand.
        with transport.patience(PATIENCE):
            declared.disconnect(account)
    except Outside as error:
        log.warning("connections.not_taken_back", provider=account.provider, code=error.reason)
        return error.sentence
    return None


def _account(scope: Scope, provider: str) -> Account | None:
    with db.transaction(scope) as tx:
        try:
            return actions.account(tx, scope, provider)
        except NotFound:
            return None
