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
POSITIVE = frozenset({
    Sentiment.MEETING_BOOKED, Sentiment.MEETING_REQUESTED, Sentiment.CALL_REQUESTED, Sentiment.INFORMATION_REQUESTED,
    Sentiment.INTERESTED})
DRAFTED = POSITIVE | {Sentiment.FOLLOW_UP}
# What a model may answer. New, Snoozed and Meeting Booked need more evidence than a text.
MODEL_LABELS = (
    Sentiment.BLACKLIST, Sentiment.AUTOMATED_REPLY, Sentiment.OUT_OF_OFFICE, Sentiment.MEETING_REQUESTED,
    Sentiment.CALL_REQUESTED, Sentiment.INFORMATION_REQUESTED, Sentiment.INTERESTED, Sentiment.NOT_INTERESTED,
    Sentiment.OBJECTION, Sentiment.FOLLOW_UP, Sentiment.NEUTRAL)
# Words a model may use for them. That a meeting is booked only a calendar can say.
_ALIASES = {"meeting booked": Sentiment.MEETING_REQUESTED, "positive": Sentiment.INTERESTED}
REFUSALS = ("not interested", "no thanks", "no thank you", "not a fit", "not for me", "not for us", "not at this time")
SHORT_REFUSAL = 200
LOOK_YOURSELF = "No model was available; please look yourself."


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
    subject: str = ""
    raw_text: str = ""
    raw_html: str = ""
    from_address: str = ""
    automatic: bool = False

    @property
    def whole(self) -> str:
        """All text that came, the quoted part included."""
        return self.raw_text or self.body

    @property
    def own(self) -> str:
        """What they wrote, with the signature under it and without what they quote: a quoted number may be ours."""
        signature = reading.extract_signature(self.whole, self.raw_html or None)["signature"] if self.channel == "email" else ""
        return f"{self.body}\n-- \n{signature}" if signature and signature not in self.body else self.body


def status_for(sentiment: Sentiment, current: LeadStatus) -> LeadStatus:
    """The lead's status after a label; a kept status stays, except that Blacklist always wins."""
    if current in KEPT_STATUSES and sentiment is not Sentiment.BLACKLIST:
        return current
    return STATUS.get(sentiment, LeadStatus.NEW)


def by_rule(reply: Reply, now_iso: str) -> Verdict | None:
    """What the text says beyond doubt: opt-out, bounce, machine, thanks, a plain no. None leaves it to the model."""
    if reply.channel == "email" and reading.detect_bounce(_message(reply))["is_bounce"]:
        return _rule(Sentiment.BLACKLIST, "The address does not accept mail.")
    if reading.is_opt_out(reply.body, reply.subject):
        return _rule(Sentiment.BLACKLIST, "They asked not to be written to.")
    if reply.automatic or reading.is_surely_automatic(_message(reply)):
        machine = by_machine(reply, now_iso)
        if machine:
            return machine
    if reading.is_plain_refusal(reply.body):
        return _rule(Sentiment.NOT_INTERESTED, "They decline and say nothing else.")
    if reading.is_ack_only(reply.body):
        return _rule(Sentiment.NEUTRAL, "Only an acknowledgement.")
    return None


def by_machine(reply: Reply, now_iso: str) -> Verdict | None:
    """What an automatic answer is: of somebody who is away, or of nobody. None for a text a person wrote."""
    found = reading.detect_auto_reply(_message(reply), now_iso)
    if not found["is_auto_reply"] and not reply.automatic:
        return None
    if found["return_date"]:
        return _rule(Sentiment.OUT_OF_OFFICE, f"Absence notice; back on {found['return_date']}.")
    if reading.is_absence(reply.body, reply.subject):
        return _rule(Sentiment.OUT_OF_OFFICE, "Absence notice without a day of return.")
    return _rule(Sentiment.AUTOMATED_REPLY, "A machine answered.")


def return_date(reply: Reply, now_iso: str) -> str:
    """The day (ISO) on which an absence notice says that its writer is back; empty when it says none."""
    return reading.detect_auto_reply(_message(reply), now_iso).get("return_date") or ""


def without_model(reply: Reply, now_iso: str) -> Verdict:
    """A safe label when no model answers: never a positive one. What may well be a machine's is taken for it."""
    machine = by_machine(reply, now_iso)
    if machine:
        return Verdict(sentiment=machine.sentiment, source=SentimentSource.FALLBACK, reason=f"{machine.reason} {LOOK_YOURSELF}")
    text = reply.body.lower()
    refused = len(text) <= SHORT_REFUSAL and any(phrase in text for phrase in REFUSALS)
    label = Sentiment.NOT_INTERESTED if refused else Sentiment.NEUTRAL
    return Verdict(sentiment=label, source=SentimentSource.FALLBACK, reason=LOOK_YOURSELF)


def from_model(data: dict, reply: Reply | None = None) -> Verdict | None:
    """The verdict in a model's answer, or None when it is not one of the labels.

    A newsletter is a machine's whatever the label. A good label is not believed of a `reply` that tries to steer the model.
    """
    label = _label(str(data.get("label", "")))
    if label is None:
        return None
    if data.get("is_newsletter") is True and label is not Sentiment.BLACKLIST:
        return Verdict(sentiment=Sentiment.AUTOMATED_REPLY, source=SentimentSource.MODEL, reason="A newsletter or another mass mail.")
    if reply and label in DRAFTED and reading.gives_orders(reply.body):
        return Verdict(sentiment=Sentiment.NEUTRAL, source=SentimentSource.FALLBACK,
                       reason="The text gives orders to a machine that reads it; please look yourself.")
    reason = " ".join(str(data.get("reason", "")).replace("\x00", "").split())[:300]
    return Verdict(sentiment=label, source=SentimentSource.MODEL, reason=reason)


def confidence_of(data: dict) -> float | None:
    """How sure a model says it is, from 0 to 1; None when it says nothing usable."""
    value = data.get("confidence")
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return None
    return min(1.0, max(0.0, float(value)))


def _label(said: str) -> Sentiment | None:
    plain = " ".join(said.replace("_", " ").replace("-", " ").lower().split())
    return next((known for known in MODEL_LABELS if plain == known.lower()), _ALIASES.get(plain))


def _message(reply: Reply) -> dict:
    return {"raw": None, "headers": {}, "subject": reply.subject, "from": reply.from_address, "text": reply.whole,
            "html": reply.raw_html or None}


def _rule(sentiment: Sentiment, reason: str) -> Verdict:
    return Verdict(sentiment=sentiment, source=SentimentSource.RULE, reason=reason)
