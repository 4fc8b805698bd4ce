"""What does a reply mean? Rules first, then a model, then a person; the last word is a person's."""

from zrg_app.services.sentiment.actions import correct, decide
from zrg_app.services.sentiment.flows import understand_reply
from zrg_app.services.sentiment.judging import Judged, judge
from zrg_app.services.sentiment.meetings import meeting_booked, meeting_cancelled
from zrg_app.services.sentiment.policy import DRAFTED, POSITIVE, Reply, Verdict, status_for

__all__ = ["DRAFTED", "POSITIVE", "Judged", "Reply", "Verdict", "correct", "decide", "judge", "meeting_booked", "meeting_cancelled",
           "status_for", "understand_reply"]
