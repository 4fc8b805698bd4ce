"""How a workspace reaches its providers: credentials, health, and whose webhook is whose."""

from zrg_app.services.connections import alerts, watching
from zrg_app.services.connections.actions import (
    account,
    allowed_hosts,
    keep_options,
    mark_failing,
    mark_locked,
    mark_working,
    remove,
    renew_secret,
    save,
    touch_event,
    touch_send,
)
from zrg_app.services.connections.choosing import choose
from zrg_app.services.connections.connecting import calendars, channels, connect, try_out
from zrg_app.services.connections.flows import check
from zrg_app.services.connections.health import check_all, check_one
from zrg_app.services.connections.queries import every, mailer, troubles, view
from zrg_app.services.connections.setting_up import disconnect
from zrg_app.services.connections.views import (
    CalendarView,
    ChannelView,
    CheckView,
    ConnectionView,
    CredentialView,
    Mailer,
    OptionView,
    SavedView,
    TroubleView,
)

__all__ = [
    "CalendarView", "ChannelView", "CheckView", "ConnectionView", "CredentialView", "Mailer", "OptionView", "SavedView", "TroubleView",
    "account", "alerts", "allowed_hosts", "calendars", "channels", "check", "check_all", "check_one", "choose", "connect", "disconnect",
    "every", "keep_options", "mailer", "mark_failing", "mark_locked", "mark_working", "remove", "renew_secret", "save",
    "touch_event", "touch_send", "troubles", "try_out", "view", "watching",
]
