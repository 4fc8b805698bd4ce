"""What does a reply mean? Rules first, then a model, then a person; the last word is a person's."""

from zrg_app.services.sentiment.actions import correct, decide
from zrg_app.services.sentiment.flows import understand_reply
from zrg_app.services.sentiment.meetings import meeting_booked, meeting_cancelled
from zrg_app.services.sentiment.policy import DRAFTED, status_for

__all__ = ["DRAFTED", "correct", "decide", "meeting_booked", "meeting_cancelled", "status_for", "understand_reply"]
