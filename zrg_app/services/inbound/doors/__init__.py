"""The doors webhooks come through: one file per provider; each stores, answers, and understands nothing."""

from zrg_app.services.inbound.doors.emailbison import email
from zrg_app.services.inbound.doors.ghl import ghl_sms
from zrg_app.services.inbound.doors.linkedin import linkedin
from zrg_app.services.inbound.doors.request import Malformed, Request

__all__ = ["Malformed", "Request", "email", "ghl_sms", "linkedin"]
