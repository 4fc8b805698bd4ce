"""The meetings leads have with us: what calendars tell of them, each once, whatever arrives first."""

from zrg_app.services.inbox.views import MeetingView
from zrg_app.services.meetings.actions import Change, record
from zrg_app.services.meetings.queries import current, lead_of, standing

__all__ = ["Change", "MeetingView", "current", "lead_of", "record", "standing"]
