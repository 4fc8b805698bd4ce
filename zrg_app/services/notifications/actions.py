"""How does a person put aside what they were told? One, all of a conversation, or everything; their own only."""

from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services.notifications.queries import one
from zrg_app.services.notifications.telling import ring
from zrg_app.services.notifications.views import NotificationView

_READ = """
update notification set read_at = :now
where workspace_id = :workspace and user_id = :user and read_at is null {which}
"""
_ONE, _OF_LEAD, _ALL = (text(_READ.format(which=which)) for which in ("and id = :which", "and lead_id = :which", ""))


def read(tx: Tx, scope: Scope, notification_id: UUID) -> NotificationView:
    """One was seen; returns it, because what was told is now gone to. Raises NotFound, also for somebody else's."""
    found = one(tx, scope, notification_id)
    _settle(tx, scope, _ONE, which=notification_id)
    return found


def read_of(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """Everything about the conversation of one lead was seen: the person looks at it."""
    _settle(tx, scope, _OF_LEAD, which=lead_id)


def read_all(tx: Tx, scope: Scope) -> None:
    """Everything was seen."""
    _settle(tx, scope, _ALL)


def _settle(tx: Tx, scope: Scope, statement: object, **which: UUID) -> None:
    seen = tx.execute(statement, {"now": clock.now(), "workspace": scope.workspace_id, "user": scope.user_id, **which}).rowcount
    if seen:
        ring(tx, scope, (scope.user_id,))
