"""Do the credentials work? Asks the provider, between two transactions."""

from zrg_app.integrations import registry
from zrg_app.kit import db
from zrg_app.kit.errors import Outside, ProviderBusy, ProviderLocked
from zrg_app.kit.scope import Scope
from zrg_app.services.connections import actions, setting_up
from zrg_app.services.connections.views import CheckView


def check(scope: Scope, provider: str) -> CheckView:
    """Prove the credentials at the provider, set up there what is missing, and note the result on the connection.

    Raises NotFound when not connected, Conflict when somebody changed the connection meanwhile.
    """
    with db.transaction(scope) as tx:
        account = actions.account(tx, scope, provider)
    try:
        checked = registry.provider(provider).check(setting_up.ensure(scope, account))
    except ProviderLocked as error:
        with db.transaction(scope) as tx:
            actions.mark_locked(tx, scope, provider, sentence=error.sentence)
        return CheckView(works=False, sentence=error.sentence)
    except ProviderBusy as error:
        # We have to wait; that says nothing about the credentials.
        return CheckView(works=False, sentence=error.sentence)
    except Outside as error:
        with db.transaction(scope) as tx:
            actions.mark_failing(tx, scope, provider, sentence=error.sentence)
        return CheckView(works=False, sentence=error.sentence)
    with db.transaction(scope) as tx:
        actions.mark_working(tx, scope, provider)
        if checked.account_name and checked.account_name != account.options.get("account_name"):
            actions.keep_options(tx, scope, provider, {"account_name": checked.account_name})
    return CheckView(works=True, sentence=checked.sentence)
