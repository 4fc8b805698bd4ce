"""How is a label written down? On the conversation, with the lead's status, as a fact."""

from uuid import UUID

from sqlmodel import select

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Conversation, Lead, Message
from zrg_app.models.vocabulary import Direction, LeadStatus, Sentiment, SentimentSource
from zrg_app.services import events, leads
from zrg_app.services.sentiment.policy import Verdict, status_for


def decide(tx: Tx, scope: Scope, lead_id: UUID, message_id: UUID, verdict: Verdict) -> None:
    """Write `verdict` for the newest message of a lead. Locks lead, then conversation. Raises NotFound."""
    lead_id = leads.lock_living(tx, lead_id).id
    lead = tx.get(Lead, lead_id, populate_existing=True)
    conversation = tx.get(Conversation, lead_id, with_for_update={"key_share": True}, populate_existing=True)
    if lead is None or conversation is None:
        raise NotFound("This conversation is not here (any more).")
    previous = conversation.sentiment
    conversation.sentiment, conversation.sentiment_source = verdict.sentiment, verdict.source
    conversation.sentiment_reason, conversation.sentiment_message_id = verdict.reason, message_id
    conversation.sentiment_at = conversation.updated_at = lead.updated_at = clock.now()
    lead.status = status_for(verdict.sentiment, LeadStatus(lead.status))
    tx.flush()
    if verdict.sentiment is Sentiment.BLACKLIST:
        leads.blacklist(tx, scope, lead_id, reason=verdict.reason)
    events.record(tx, scope, events.SentimentDecided(
        lead_id=lead_id, message_id=message_id, sentiment=verdict.sentiment, previous=previous, source=verdict.source,
        reason=verdict.reason))


def correct(tx: Tx, scope: Scope, lead_id: UUID, *, label: str, reason: str = "") -> None:
    """Write down what a person says the lead's newest reply means, and why: the last word is a person's.

    Raises Invalid for an unknown label or a lead who never wrote, NotFound.
    """
    if label not in list(Sentiment):
        raise Invalid(f"There is no sentiment called {label[:40]!r}.")
    newest = tx.scalars(select(Message.id).where(
        Message.lead_id == lead_id, Message.workspace_id == scope.workspace_id, Message.direction == Direction.INBOUND,
    ).order_by(Message.sent_at.desc(), Message.id.desc()).limit(1)).first()
    if newest is None:
        raise Invalid("This lead has not written yet, so there is nothing to label.")
    decide(tx, scope, lead_id, newest, Verdict(
        sentiment=Sentiment(label), source=SentimentSource.PERSON, reason=reason or f"{scope.actor.name} labelled it."))
