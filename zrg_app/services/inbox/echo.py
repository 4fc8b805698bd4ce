"""Is this mail of ours one the thread already has, told again under a name it did not have before?

Not every provider names a message when it accepts it. Then what was sent from here has no provider id, and the provider's own
news of it (a webhook, before or after, or its history) does. The two are one message when they have the same words, of the same
lead, through the same provider, at about the same time, and at most one of them has a name.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations.base import Event
from zrg_app.integrations.outgoing_html import carries, text_from_html
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope

# A provider may hold a mail back for a while after accepting it; clocks differ by less than the second figure.
LONGEST_HOLD, CLOCK_DIFFERENCE = timedelta(minutes=15), timedelta(minutes=2)

_OURS = text("""
select id, outbound_id, body, raw_text, raw_html from message
where lead_id = :lead_id and workspace_id = :workspace_id and provider = :provider and channel = :channel
  and direction = 'outbound' and sent_at between :earliest and :latest
  and case when :named then external_id is null
           else (external_id is not null or outbound_id is not null)
                and (outbound_id is null or cast(:outbound_id as uuid) is null) end
order by sent_at, id for update
""")
_NAME = text("update message set external_id = :external_id, dedupe_key = :dedupe_key where id = :id")
_NAME_SENT = text("update outbound_message set provider_message_id = :external_id where id = :outbound_id")


def recognise(tx: Tx, scope: Scope, lead_id: UUID, event: Event, *, provider: str, outbound_id: UUID | None) -> UUID | None:
    """The message that `event` (outbound, with a time) tells again; it is given the event's name if it had none. None when it
    is a new one. `outbound_id` says that the event is our own record of a message of the outbox."""
    early, late = (CLOCK_DIFFERENCE, LONGEST_HOLD) if outbound_id else (LONGEST_HOLD, CLOCK_DIFFERENCE)
    known = tx.execute(_OURS, {
        "lead_id": lead_id, "workspace_id": scope.workspace_id, "provider": provider, "channel": event.channel,
        "named": event.external_id is not None, "outbound_id": outbound_id, "earliest": event.sent_at - early,
        "latest": event.sent_at + late}).all()
    words = event.text or text_from_html(event.html or "")
    for row in known:
        # What was sent from here is kept as it was written; the provider may have added to it.
        same = (carries(row.body, text=event.text, markup=event.html) if row.outbound_id
                else carries(words, text=row.raw_text, markup=row.raw_html))
        if same:
            _give_name(tx, row.id, row.outbound_id, event)
            return row.id
    return None


def _give_name(tx: Tx, message_id: UUID, outbound_id: UUID | None, event: Event) -> None:
    if event.external_id is None:
        return
    tx.execute(_NAME, {"id": message_id, "external_id": event.external_id, "dedupe_key": event.dedupe_key})
    tx.execute(_NAME_SENT, {"outbound_id": outbound_id, "external_id": event.external_id})
