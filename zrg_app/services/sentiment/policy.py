"""What follows from a label, and what is decided without a model? Pure (FACTS sections 2.1 and 5.2)."""

from dataclasses import dataclass

from zrg_app.models.vocabulary import LeadStatus, Sentiment, SentimentSource
from zrg_app.services import reading

# These cannot be left by a label alone: they were decided by a person, an opt-out or a booking.
KEPT_STATUSES = {LeadStatus.BLACKLISTED, LeadStatus.MEETING_BOOKED, LeadStatus.UNQUALIFIED}

STATUS: dict[Sentiment, LeadStatus] = {
    Sentiment.MEETING_BOOKED: LeadStatus.MEETING_BOOKED,
    Sentiment.MEETING_REQUESTED: LeadStatus.MEETING_REQUESTED,
    Sentiment.CALL_REQUESTED: LeadStatus.QUALIFIED,
    Sentiment.INFORMATION_REQUESTED: LeadStatus.QUALIFIED,
    Sentiment.INTERESTED: LeadStatus.QUALIFIED,
    Sentiment.NOT_INTERESTED: LeadStatus.NOT_INTERESTED,
    Sentiment.BLACKLIST: LeadStatus.BLACKLISTED,
}
DRAFTED = frozenset({
    Sentiment.MEETING_BOOKED, Sentiment.MEETING_REQUESTED, Sentiment.CALL_REQUESTED, Sentiment.INFORMATION_REQUESTED,
    Sentiment.INTERESTED, Sentiment.FOLLOW_UP})
# What a model may answer. New, Snoozed and Meeting Booked need more evidence than a text.
MODEL_LABELS = (
    Sentiment.BLACKLIST, Sentiment.AUTOMATED_REPLY, Sentiment.OUT_OF_OFFICE, Sentiment.MEETING_REQUESTED,
    Sentiment.CALL_REQUESTED, Sentiment.INFORMATION_REQUESTED, Sentiment.INTERESTED, Sentiment.NOT_INTERESTED,
    Sentiment.OBJECTION, Sentiment.FOLLOW_UP, Sentiment.NEUTRAL)
REFUSALS = ("not interested", "no thanks", "no thank you", "not a fit", "not for me", "not for us", "not at this time")
SHORT_REFUSAL = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A label with who decided it and why, in a sentence."""

    sentiment: Sentiment
    source: SentimentSource
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The newest inbound message as the rules see it. `automatic` is the provider's own flag."""

    channel: str
    body: str
    subject: str
    raw_text: str
    raw_html: str
    from_address: str
    automatic: bool


def status_for(sentiment: Sentiment, current: LeadStatus) -> LeadStatus:
    """The lead's status after a label; a kept status stays, except that Blacklist always wins."""
    if current in KEPT_STATUSES and sentiment is not Sentiment.BLACKLIST:
        return current
    return STATUS.get(sentiment, LeadStatus.NEW)


def by_rule(reply: Reply, now_iso: str) -> Verdict | None:
    """What the text says beyond doubt: opt-out, bounce, machine, thanks. None leaves it to the model."""
    message = {"raw": None, "headers": {}, "subject": reply.subject, "from": reply.from_address,
               "text": reply.raw_text or reply.body, "html": reply.raw_html or None}
    if reply.channel == "email" and reading.detect_bounce(message)["is_bounce"]:
        return _rule(Sentiment.BLACKLIST, "The address does not accept mail.")
    if reading.is_opt_out(reply.body, reply.subject):
        return _rule(Sentiment.BLACKLIST, "They asked not to be written to.")
    away = reading.detect_auto_reply(message, now_iso) if reply.channel == "email" else {"is_auto_reply": False}
    if away["is_auto_reply"] and away.get("return_date"):
        return _rule(Sentiment.OUT_OF_OFFICE, f"Absence notice; back on {away['return_date']}.")
    if away["is_auto_reply"] or reply.automatic:
        return _rule(Sentiment.AUTOMATED_REPLY, "A machine answered.")
    if reading.is_ack_only(reply.body):
        return _rule(Sentiment.NEUTRAL, "Only an acknowledgement.")
    return None


def without_model(reply: Reply) -> Verdict:
    """A safe label when no model answers: never a positive one."""
    text = reply.body.lower()
    refused = len(text) <= SHORT_REFUSAL and any(phrase in text for phrase in REFUSALS)
    label = Sentiment.NOT_INTERESTED if refused else Sentiment.NEUTRAL
    return Verdict(sentiment=label, source=SentimentSource.FALLBACK, reason="No model was available; please look yourself.")


def from_model(data: dict) -> Verdict | None:
    """The verdict in a model's answer, or None when it is not one of the labels."""
    label = next((known for known in MODEL_LABELS if str(data.get("label", "")).strip().lower() == known.lower()), None)
    if label is None:
        return None
    reason = " ".join(str(data.get("reason", "")).split())[:300]
    return Verdict(sentiment=label, source=SentimentSource.MODEL, reason=reason)


def _rule(sentiment: Sentiment, reason: str) -> Verdict:
    return Verdict(sentiment=sentiment, source=SentimentSource.RULE, reason=reason)
