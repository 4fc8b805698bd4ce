"""How a workspace reaches its providers: credentials, health, and whose webhook is whose."""

from zrg_app.services.connections.actions import (
    account,
    allowed_hosts,
    keep_made,
    mark_failing,
    mark_locked,
    mark_working,
    remove,
    save,
    set_option,
    touch_event,
    touch_send,
)
from zrg_app.services.connections.flows import check, disconnect, enter
from zrg_app.services.connections.health import check_all, check_one
from zrg_app.services.connections.queries import every, view
from zrg_app.services.connections.views import CheckView, ConnectionView, CredentialView, SavedView

__all__ = [
    "CheckView", "ConnectionView", "CredentialView", "SavedView", "account", "allowed_hosts", "check", "check_all",
    "check_one", "disconnect", "enter", "every", "keep_made", "mark_failing", "mark_locked", "mark_working", "remove", "save",
    "set_option", "touch_event", "touch_send", "view",
]
