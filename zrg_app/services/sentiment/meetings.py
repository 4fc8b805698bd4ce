"""What does a meeting say about a lead? A calendar's word is the evidence "Meeting Booked" needs (FACTS 2.1 and 12.7)."""

from datetime import datetime
from uuid import UUID

from sqlmodel import select

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models import Conversation, Lead, Message
from zrg_app.models.vocabulary import Direction, LeadStatus, Sentiment, SentimentSource
from zrg_app.services.sentiment.actions import decide
from zrg_app.services.sentiment.policy import STATUS, Verdict, status_for

_BOOKED = "A calendar says that a meeting is booked."
_CANCELLED = "They had booked a meeting; it was cancelled."
_SETTLED = (LeadStatus.BLACKLISTED, LeadStatus.UNQUALIFIED)


def meeting_booked(tx: Tx, scope: Scope, lead_id: UUID, *, at: datetime, reason: str = _BOOKED) -> None:
    """The lead has a meeting: label and status say so. Locks lead, then conversation.

    A question that still waits for an answer is answered as this label says (with a draft); nothing is drafted to what was
    answered before. Blacklisted and unqualified leads keep their status, a label a person gave after `at` stays.
    """
    lead, conversation = _locked(tx, lead_id)
    if lead is None or lead.status in _SETTLED:
        return
    if conversation is None or _is_persons(conversation, at):
        lead.status, lead.updated_at = LeadStatus.MEETING_BOOKED, clock.now()
        tx.flush()
        return
    verdict = Verdict(sentiment=Sentiment.MEETING_BOOKED, source=SentimentSource.PROVIDER, reason=reason)
    newest = _newest_reply(tx, lead_id)
    if newest is not None and conversation.needs_reply:
        decide(tx, scope, lead_id, newest, verdict)
    else:
        _write(lead, conversation, verdict, newest)
    lead.status = LeadStatus.MEETING_BOOKED
    tx.flush()


def meeting_cancelled(tx: Tx, scope: Scope, lead_id: UUID, *, reason: str = _CANCELLED) -> None:
    """No meeting stands any more: a booked lead is qualified again, or what they said since. Locks lead, then conversation."""
    lead, conversation = _locked(tx, lead_id)
    if lead is None or lead.status != LeadStatus.MEETING_BOOKED:
        return
    label = Sentiment(conversation.sentiment) if conversation else Sentiment.MEETING_BOOKED
    if conversation and label is Sentiment.MEETING_BOOKED:
        # Without evidence the label would be wrong; Interested is the one that goes with a qualified lead.
        _write(lead, conversation, Verdict(sentiment=Sentiment.INTERESTED, source=SentimentSource.PROVIDER, reason=reason),
               conversation.sentiment_message_id)
    # Words like "Follow Up" say nothing against a lead who had booked.
    said = STATUS.get(label, LeadStatus.QUALIFIED)
    lead.status = LeadStatus.QUALIFIED if said is LeadStatus.MEETING_BOOKED else said
    lead.updated_at = clock.now()
    tx.flush()


def _locked(tx: Tx, lead_id: UUID) -> tuple[Lead | None, Conversation | None]:
    return (tx.get(Lead, lead_id, with_for_update={"key_share": True}, populate_existing=True),
            tx.get(Conversation, lead_id, with_for_update={"key_share": True}, populate_existing=True))


def _is_persons(conversation: Conversation, at: datetime) -> bool:
    """Whether the label must not be touched: they opted out, or a person has labelled it since."""
    by_person = conversation.sentiment_source == SentimentSource.PERSON and conversation.sentiment_at
    return conversation.sentiment == Sentiment.BLACKLIST or bool(by_person and conversation.sentiment_at >= at)


def _newest_reply(tx: Tx, lead_id: UUID) -> UUID | None:
    return tx.scalars(select(Message.id).where(Message.lead_id == lead_id, Message.direction == Direction.INBOUND).order_by(
        Message.sent_at.desc(), Message.id.desc()).limit(1)).first()


def _write(lead: Lead, conversation: Conversation, verdict: Verdict, message_id: UUID | None) -> None:
    conversation.sentiment, conversation.sentiment_source = verdict.sentiment, verdict.source
    conversation.sentiment_reason, conversation.sentiment_message_id = verdict.reason, message_id
    conversation.sentiment_at = conversation.updated_at = lead.updated_at = clock.now()
    lead.status = status_for(verdict.sentiment, LeadStatus(lead.status))
