"""How a workspace reaches its providers: credentials, health, and whose webhook is whose."""

from zrg_app.services.connections import alerts, watching
from zrg_app.services.connections.actions import (
    account,
    allowed_hosts,
    mark_failing,
    mark_locked,
    mark_working,
    remove,
    save,
    touch_event,
    touch_send,
)
from zrg_app.services.connections.flows import check
from zrg_app.services.connections.queries import every, view
from zrg_app.services.connections.views import CheckView, ConnectionView, CredentialView, SavedView

__all__ = [
    "CheckView", "ConnectionView", "CredentialView", "SavedView", "account", "alerts", "allowed_hosts", "check", "every",
    "mark_failing", "mark_locked", "mark_working", "remove", "save", "touch_event", "touch_send", "view", "watching",
]
