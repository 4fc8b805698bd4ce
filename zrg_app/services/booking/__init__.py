"""When can a lead meet us? Free times of the workspace's calendar, and which were offered to whom."""

from zrg_app.services.booking.choices import TimeChoice, TimeChoices, choices
from zrg_app.services.booking.offering import labelled, note_offers, offer, offered_to, record_offer
from zrg_app.services.booking.refreshing import ask, read_anew, refresh, standing
from zrg_app.services.booking.views import FreeTimesView, OfferedTimeView

__all__ = ["FreeTimesView", "OfferedTimeView", "TimeChoice", "TimeChoices", "ask", "choices", "labelled", "note_offers", "offer",
           "offered_to", "read_anew", "record_offer", "refresh", "standing"]
