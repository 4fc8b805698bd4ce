"""Who hears by mail that a connected account stopped working? The owner and the admins of its workspace."""

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Role
from zrg_app.services import connections, jobs
from zrg_app.services.access import mails, members


@jobs.job("connections.alert_locked")
def alert_locked(tx: Tx, scope: Scope, *, provider: str) -> None:
    """Mail the workspace's owner and admins that a connection stopped working, unless they heard of it today."""
    alert = connections.alerts.due(tx, scope, provider)
    if alert is None:
        return
    for member in members(tx, scope):
        if member.role in (Role.OWNER, Role.ADMIN):
            mails.enqueue(tx, scope, mails.stopped(member.email, provider=alert.provider, workspace=alert.workspace,
                                                   reason=alert.sentence, link=alert.link))
