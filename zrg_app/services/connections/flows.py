"""Do the credentials work? Asks the provider, between two transactions."""

from zrg_app.integrations import registry
from zrg_app.kit import db
from zrg_app.kit.errors import Outside, ProviderBusy, ProviderLocked
from zrg_app.kit.scope import Scope
from zrg_app.services.connections import actions
from zrg_app.services.connections.views import CheckView


def check(scope: Scope, provider: str) -> CheckView:
    """Prove the credentials at the provider and note the result on the connection. Raises NotFound when not connected."""
    with db.transaction(scope) as tx:
        account = actions.account(tx, scope, provider)
    try:
        checked = registry.provider(provider).check(account)
    except ProviderLocked as error:
        with db.transaction(scope) as tx:
            actions.mark_locked(tx, scope, provider, sentence=error.sentence)
        return CheckView(works=False, sentence=error.sentence)
    except ProviderBusy as error:
        # Waiting our turn says nothing about the credentials.
        return CheckView(works=False, sentence=error.sentence)
    except Outside as error:
        with db.transaction(scope) as tx:
            actions.mark_failing(tx, scope, provider, sentence=error.sentence)
        return CheckView(works=False, sentence=error.sentence)
    with db.transaction(scope) as tx:
        actions.mark_working(tx, scope, provider)
    return CheckView(works=True, sentence=checked.sentence)
