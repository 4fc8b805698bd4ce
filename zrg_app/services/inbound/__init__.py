"""What providers tell us: stored at the door, answered at once, understood later."""

from zrg_app.services.inbound.actions import replay, replay_all
from zrg_app.services.inbound.doors import (
    Malformed,
    Request,
    calendly,
    clay_answer,
    email,
    ghl_sms,
    instantly,
    linkedin,
    slack_interactions,
    smartlead,
)
from zrg_app.services.inbound.queries import raw_webhook, webhook_counts, webhook_page, webhook_reasons
from zrg_app.services.inbound.revisiting import revisit
from zrg_app.services.inbound.sweeping import sweep
from zrg_app.services.inbound.understanding import understand_event
from zrg_app.services.inbound.views import RawWebhook, WebhookCounts, WebhookFilter, WebhookPage, WebhookRow

__all__ = [
    "Malformed", "RawWebhook", "Request", "WebhookCounts", "WebhookFilter", "WebhookPage", "WebhookRow", "calendly",
    "clay_answer", "email", "ghl_sms", "instantly", "linkedin", "raw_webhook", "replay", "replay_all", "revisit",
    "slack_interactions", "smartlead", "sweep", "understand_event", "webhook_counts", "webhook_page", "webhook_reasons",
]
