"""What does a message change: a reply of the lead, or one of ours that left elsewhere?"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.models.vocabulary import Channel, Direction, Sentiment, SentimentSource
from zrg_app.services import events, leads, sentiment
from zrg_app.services.inbound.meaning.case import Case
from zrg_app.services.inbound.meaning.relations import own_note
from zrg_app.services.inbox import fates, ingest
from zrg_app.services.inbox.answered import ANSWERED
from zrg_app.services.sentiment.policy import Verdict

# A reply that nobody saw for a month is history; it is kept and understood, but asks for nothing any more.
NEWS_FOR = timedelta(days=30)
_NEWS = text(f"""
select true from message told where told.id = :message_id and told.sent_at > :since and not {ANSWERED.format(reply="told")}
  and not exists (select from message later where later.lead_id = :lead_id and later.direction = 'inbound'
                  and (later.sent_at, later.id) > (told.sent_at, told.id))
""")
_UNDECIDED = text("""
select true from conversation c, message told
where c.lead_id = :lead_id and told.id = :message_id and c.sentiment <> :blacklist
  and not exists (select from message later where later.id = c.sentiment_message_id and later.sent_at > told.sent_at)
  and not (c.sentiment_message_id is not distinct from told.id and c.sentiment_source in ('person', 'provider'))
""")
_REMEMBER_MARK = text("""
update lead set facts = facts || jsonb_build_object('interested_at', greatest(facts->>'interested_at', cast(:at as text)))
where id = :lead_id
""")
_MARKED_LATER = text("select true from lead where id = :lead_id and cast(facts->>'interested_at' as timestamptz) >= :at")
_NEWEST_REPLY = text("""
select id from message where lead_id = :lead_id and channel = :channel and direction = 'inbound' and not is_automatic
  and sent_at <= :at order by sent_at desc, id desc limit 1
""")


def reply(case: Case) -> UUID:
    """Put what the lead wrote into the thread; a new message asks for an answer. Returns its id.

    One we learn of late asks for nothing when it was answered, overtaken by a newer one, or is older than NEWS_FOR.
    """
    event = case.event
    inserted = case.insert()
    if event.channel == Channel.EMAIL:
        # A machine may answer for many people: its address says nothing about who the lead is.
        if not event.automatic:
            leads.remember_address(case.tx, case.scope, case.lead_id, event.from_address)
        ingest.update_replier(case.tx, case.lead_id)
    if inserted.is_new:
        _take_in(case, inserted.message_id)
        if not event.automatic and case.tx.execute(
                _MARKED_LATER, {"lead_id": case.lead_id, "at": event.sent_at}).scalar_one_or_none():
            _call_interested(case, inserted.message_id)
    elif inserted.completed:
        ingest.roll_up(case.tx, case.scope, case.lead_id)
        events.record(case.tx, case.scope, events.ReplyCompleted(
            lead_id=case.lead_id, message_id=inserted.message_id, channel=event.channel))
    return inserted.message_id


def _take_in(case: Case, message_id: UUID) -> None:
    if case.late and not _is_news(case, message_id):
        ingest.roll_up(case.tx, case.scope, case.lead_id)
        events.record(case.tx, case.scope, events.MessageObserved(
            lead_id=case.lead_id, message_id=message_id, channel=case.event.channel, direction=Direction.INBOUND))
        return
    ingest.roll_up(case.tx, case.scope, case.lead_id, unread=1, reopen=not case.event.automatic)
    events.record(case.tx, case.scope, events.ReplyReceived(
        lead_id=case.lead_id, message_id=message_id, channel=case.event.channel))


def _is_news(case: Case, message_id: UUID) -> bool:
    return case.tx.execute(_NEWS, {"lead_id": case.lead_id, "message_id": message_id,
                                   "since": clock.now() - NEWS_FOR}).scalar_one_or_none() is not None


def interested(case: Case) -> UUID | None:
    """A reply that was marked as interested at the provider: the label follows unless a newer word or a person decided.

    A mark that names no reply is for the newest one before it, also when that one arrives later; None without one.
    """
    event = case.event
    if event.external_id or event.text or event.html:
        message_id = reply(case)
    else:
        told = {"lead_id": case.lead_id, "channel": event.channel, "at": event.sent_at}
        case.tx.execute(_REMEMBER_MARK, told | {"at": event.sent_at.isoformat()})
        message_id = case.tx.execute(_NEWEST_REPLY, told).scalar_one_or_none()
    if message_id:
        _call_interested(case, message_id)
    return message_id


def outbound(case: Case) -> UUID:
    """A message of ours that left elsewhere, or the echo of one that left here. Returns its id."""
    inserted = (own_note(case) if case.event.channel == Channel.LINKEDIN else None) or case.insert()
    if inserted.completed:
        ingest.roll_up(case.tx, case.scope, case.lead_id)
    if not inserted.is_new:
        return inserted.message_id
    fates.catch_up(case.tx, case.scope, case.event.dedupe_key)
    ingest.roll_up(case.tx, case.scope, case.lead_id)
    events.record(case.tx, case.scope, events.MessageObserved(
        lead_id=case.lead_id, message_id=inserted.message_id, channel=case.event.channel, direction=Direction.OUTBOUND))
    return inserted.message_id


def _call_interested(case: Case, message_id: UUID) -> None:
    if case.tx.execute(_UNDECIDED, {"lead_id": case.lead_id, "message_id": message_id,
                                    "blacklist": Sentiment.BLACKLIST}).scalar_one_or_none():
        sentiment.decide(case.tx, case.scope, case.lead_id, message_id, Verdict(
            sentiment=Sentiment.INTERESTED, source=SentimentSource.PROVIDER,
            reason="Marked as interested at the e-mail provider."))
