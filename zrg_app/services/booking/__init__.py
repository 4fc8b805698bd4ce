"""When can a lead meet us? Free times of the workspace's calendar, and which were offered to whom."""

from zrg_app.services.booking.offering import OfferedTimeView, offer, offered_to, record_offer

__all__ = ["OfferedTimeView", "offer", "offered_to", "record_offer"]
