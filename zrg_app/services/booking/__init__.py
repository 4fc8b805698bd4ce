"""The meetings leads have with us: what calendars tell of them, each once, whatever arrives first."""

from zrg_app.services.booking.actions import Change, record
from zrg_app.services.booking.queries import current, lead_of, standing
from zrg_app.services.booking.views import MeetingView

__all__ = ["Change", "MeetingView", "current", "lead_of", "record", "standing"]
