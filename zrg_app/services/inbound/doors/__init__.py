"""The doors webhooks come through: one file per provider; each stores, answers, and understands nothing."""

from zrg_app.services.inbound.doors.calendly import calendly
from zrg_app.services.inbound.doors.clay import clay_answer
from zrg_app.services.inbound.doors.emailbison import email
from zrg_app.services.inbound.doors.ghl import ghl_sms
from zrg_app.services.inbound.doors.instantly import instantly
from zrg_app.services.inbound.doors.linkedin import linkedin
from zrg_app.services.inbound.doors.request import Malformed, Request
from zrg_app.services.inbound.doors.slack import slack_interactions
from zrg_app.services.inbound.doors.smartlead import smartlead

__all__ = [
    "Malformed", "Request", "calendly", "clay_answer", "email", "ghl_sms", "instantly", "linkedin", "slack_interactions",
    "smartlead",
]
