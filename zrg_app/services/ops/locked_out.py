"""Who hears by mail that a connected account stopped working? The owner and the admins of its workspace."""

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services import connections, jobs
from zrg_app.services.access import in_charge, mails


@jobs.job("connections.alert_locked")
def alert_locked(tx: Tx, scope: Scope, *, provider: str) -> None:
    """Mail the workspace's owner and admins that a connection stopped working, unless they heard of it today."""
    alert = connections.alerts.due(tx, scope, provider)
    if alert is None:
        return
    for address in in_charge(tx, scope):
        mails.enqueue(tx, scope, mails.stopped(address, provider=alert.provider, workspace=alert.workspace,
                                               reason=alert.sentence, link=alert.link))
