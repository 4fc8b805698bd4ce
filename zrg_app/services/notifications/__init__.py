"""What is a person told inside the product? That they were named, that a conversation is theirs now, that one of theirs has news."""

from zrg_app.services.notifications.actions import read, read_all, read_of
from zrg_app.services.notifications.queries import bell, one
from zrg_app.services.notifications.telling import tell_assignee, tell_mentioned, tell_of_reply
from zrg_app.services.notifications.views import Bell, NotificationView

__all__ = ["Bell", "NotificationView", "bell", "one", "read", "read_all", "read_of", "tell_assignee", "tell_mentioned", "tell_of_reply"]
