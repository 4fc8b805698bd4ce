"""What does a message change: a reply of the lead, or one of ours that left elsewhere?"""

from uuid import UUID

from sqlalchemy import text

from zrg_app.models.vocabulary import Channel, Direction, Sentiment, SentimentSource
from zrg_app.services import events, leads, sentiment
from zrg_app.services.inbound.meaning.case import Case
from zrg_app.services.inbound.meaning.fate import mark_bounced
from zrg_app.services.inbound.meaning.relations import own_note
from zrg_app.services.inbox import ingest
from zrg_app.services.sentiment.policy import Verdict

_BOUNCED_BEFORE = text("select facts->'bounced'->>:key from lead where id = :lead_id")
_UNDECIDED = text("""
select true from conversation c, message told
where c.lead_id = :lead_id and told.id = :message_id and c.sentiment <> :blacklist
  and not exists (select from message later where later.id = c.sentiment_message_id and later.sent_at > told.sent_at)
  and not (c.sentiment_message_id is not distinct from told.id and c.sentiment_source in ('person', 'provider'))
""")


def reply(case: Case) -> UUID:
    """Put what the lead wrote into the thread; a new message asks for an answer. Returns its id."""
    event = case.event
    inserted = case.insert()
    if event.channel == Channel.EMAIL:
        leads.remember_address(case.tx, case.scope, case.lead_id, event.from_address)
        ingest.update_replier(case.tx, case.lead_id)
    if inserted.is_new:
        ingest.roll_up(case.tx, case.scope, case.lead_id, unread=1, reopen=not event.automatic)
        events.record(case.tx, case.scope, events.ReplyReceived(
            lead_id=case.lead_id, message_id=inserted.message_id, channel=event.channel))
    return inserted.message_id


def interested(case: Case) -> UUID:
    """A reply that was marked as interested at the provider: the label follows unless a newer word or a person decided."""
    message_id = reply(case)
    if case.tx.execute(_UNDECIDED, {"lead_id": case.lead_id, "message_id": message_id,
                                    "blacklist": Sentiment.BLACKLIST}).scalar_one_or_none():
        sentiment.decide(case.tx, case.scope, case.lead_id, message_id, Verdict(
            sentiment=Sentiment.INTERESTED, source=SentimentSource.PROVIDER,
            reason="Marked as interested at the e-mail provider."))
    return message_id


def outbound(case: Case) -> UUID:
    """A message of ours that left elsewhere, or the echo of one that left here. Returns its id."""
    inserted = (own_note(case) if case.event.channel == Channel.LINKEDIN else None) or case.insert()
    if not inserted.is_new:
        return inserted.message_id
    bounced = case.tx.execute(_BOUNCED_BEFORE, {"lead_id": case.lead_id, "key": case.event.dedupe_key}).scalar_one_or_none()
    if bounced is not None:
        mark_bounced(case, case.event.dedupe_key, bounced)
    ingest.roll_up(case.tx, case.scope, case.lead_id)
    events.record(case.tx, case.scope, events.MessageObserved(
        lead_id=case.lead_id, message_id=inserted.message_id, channel=case.event.channel, direction=Direction.OUTBOUND))
    return inserted.message_id
