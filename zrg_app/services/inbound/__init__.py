"""What providers tell us: stored at the door, answered at once, understood later."""

from zrg_app.services.inbound.doors import Malformed, Request, calendly, email, ghl_sms, instantly, slack_interactions, smartlead
from zrg_app.services.inbound.revisiting import revisit
from zrg_app.services.inbound.sweeping import sweep
from zrg_app.services.inbound.understanding import understand_event

__all__ = [
    "Malformed", "Request", "calendly", "email", "ghl_sms", "instantly", "revisit", "slack_interactions", "smartlead",
    "sweep", "understand_event",
]
