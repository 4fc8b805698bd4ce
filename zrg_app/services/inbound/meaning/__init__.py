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
from zrg_app.services.inbound.meaning import consent, enrichment, fate, meetings, messages, relations
from zrg_app.services.inbound.meaning.case import Case, Done, Ignored, Outcome

__all__ = ["Case", "Done", "Ignored", "Outcome", "apply", "tell"]

_MEANINGS: dict[str, Callable[[Case], object]] = {
    "reply": messages.reply, "interested": messages.interested, "outbound": messages.outbound,
    "bounced": fate.bounced, "unsubscribed": fate.unsubscribed, "opened": fate.opened,
    "delivery_failed": fate.delivery_failed,
    "sms_blocked": consent.sms_blocked, "sms_allowed": consent.sms_allowed,
}


def apply(tx: Tx, scope: Scope, event: Event, *, provider: str, webhook_event_id: UUID | None, region: str | None,
          at: datetime, late: bool = False) -> Outcome:
    """Do what `event` means, once, whatever arrived before it; `at` is its plausible time, `late` as in `Case`."""
    event = dataclasses.replace(event, sent_at=at)
    if event.kind in meetings.KINDS:
        return meetings.apply(tx, scope, event, provider=provider, region=region)
    if event.kind == "enriched":
        return enrichment.enriched(tx, scope, event, region=region)
    if event.kind == "reply" and event.channel == Channel.EMAIL and reading.is_bounce_sender(event.from_address):
        return fate.mail_system(tx, scope, event, provider=provider, region=region)
    if event.kind == "relation":
        return relations.connected(tx, scope, event, region=region)
    from_address = event.from_address if event.kind in ("reply", "interested") else None
    match = leads.find_or_create(tx, scope, event.person, region=region, from_address=from_address, source=provider)
    if match is None:
        return Ignored(reason="nobody_to_recognise")
    if event.campaign_id:
        leads.join_campaign(tx, scope, match.lead_id, provider, event.campaign_id, name=event.campaign_name)
    return tell(Case(tx=tx, scope=scope, event=event, provider=provider, webhook_event_id=webhook_event_id,
                     lead_id=match.lead_id, late=late))


def tell(case: Case) -> Outcome:
    """Do what the event of `case` means for a lead that is known already."""
    meaning = _MEANINGS.get(case.event.kind)
    if meaning is None:
        return Ignored(reason="event_not_used")
    meaning(case)
    return Done()
