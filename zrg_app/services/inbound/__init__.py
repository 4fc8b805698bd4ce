"""What providers tell us: stored at the door, answered at once, understood later."""

from zrg_app.services.inbound.doors import Malformed, Request, email, ghl_sms, linkedin
from zrg_app.services.inbound.sweeping import sweep
from zrg_app.services.inbound.understanding import understand_event

__all__ = ["Malformed", "Request", "email", "ghl_sms", "linkedin", "sweep", "understand_event"]
