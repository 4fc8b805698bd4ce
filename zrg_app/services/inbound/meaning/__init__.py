"""What does one neutral event change? A message, a lead's consent, or what is known of a mail: the table says who knows."""

import dataclasses
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from zrg_app.integrations.base import Event
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Channel
from zrg_app.services import leads, reading
from zrg_app.services.inbound.meaning import consent, fate, messages, relations
from zrg_app.services.inbound.meaning.case import Case, Done, Ignored, Outcome

__all__ = ["Done", "Ignored", "Outcome", "apply"]

_MEANINGS: dict[str, Callable[[Case], object]] = {
    "reply": messages.reply, "interested": messages.interested, "outbound": messages.outbound,
    "bounced": fate.bounced, "unsubscribed": fate.unsubscribed, "opened": fate.opened,
    "sms_blocked": consent.sms_blocked, "sms_allowed": consent.sms_allowed,
}


def apply(tx: Tx, scope: Scope, event: Event, *, provider: str, webhook_event_id: UUID | None, region: str | None,
          at: datetime) -> Outcome:
    """Do what `event` means, once, whatever arrived before it; `at` is its plausible time."""
    event = dataclasses.replace(event, sent_at=at)
    if event.kind == "reply" and event.channel == Channel.EMAIL and reading.is_bounce_sender(event.from_address):
        return fate.mail_system(tx, scope, event, provider=provider, region=region)
    if event.kind == "relation":
        return relations.connected(tx, scope, event, region=region)
    from_address = event.from_address if event.kind in ("reply", "interested") else None
    match = leads.find_or_create(tx, scope, event.person, region=region, from_address=from_address)
    if match is None:
        return Ignored(reason="nobody_to_recognise")
    if event.campaign_id:
        leads.join_campaign(tx, scope, match.lead_id, provider, event.campaign_id, name=event.campaign_name)
    _MEANINGS[event.kind](Case(tx=tx, scope=scope, event=event, provider=provider, webhook_event_id=webhook_event_id,
                                lead_id=match.lead_id))
    return Done()
