"""Which rows make one conversation of the demo world? Lead, messages, draft, notes and what the list shows of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import SQLModel

from zrg_app.demo.people import BEN, MAILBOX, MARA, PERSONA, TEXTING_NUMBER
from zrg_app.demo.talks import Entry, Outreach, Talk, age
from zrg_app.kit import ids
from zrg_app.models import AuditEvent, Conversation, Draft, Lead, LeadIdentity, LeadLabel, Message, Note
from zrg_app.models.vocabulary import (
    Channel,
    Delivery,
    Direction,
    DraftStatus,
    IdentityKind,
    LeadStatus,
    Provider,
    SentBy,
    Sentiment,
    SentimentSource,
)
from zrg_app.services import events
from zrg_app.services.leads import naming
from zrg_app.services.sentiment.policy import status_for

# Far above what the sandbox counts up from one, so that its own mails never have the number of a seeded one.
_FIRST_REPLY_ID = 900_000_000
_SENDER_ID = "1"
_AREA_CODES = {"America/New_York": "212", "America/Chicago": "312", "America/Denver": "303", "America/Los_Angeles": "213",
               "America/Phoenix": "602"}
_BY_RULE = {Sentiment.BLACKLIST, Sentiment.OUT_OF_OFFICE, Sentiment.AUTOMATED_REPLY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the rows go: the workspace, its people by first name, campaigns by key, labels by name, and the present."""

    workspace_id: UUID
    colleagues: dict[str, UUID]
    campaigns: dict[str, UUID]
    labels: dict[str, UUID]
    now: datetime


class ConversationRows:
    """The rows of one talk; `number` tells it from the others (phone numbers, thread handles)."""

    def __init__(self, place: Place, talk: Talk, outreach: Outreach, number: int) -> None:
        """Make the lead; the rest follows from `rows`."""
        self._place, self._talk, self._outreach, self._number = place, talk, outreach, number
        self._lead = self._make_lead()
        self._messages = [self._message(position, entry) for position, entry in enumerate(self._said())]

    def rows(self) -> Iterator[list[SQLModel]]:
        """Groups of rows in the order in which they can be written."""
        yield [self._lead]
        yield [*self._identities(), self._conversation(), *self._messages]
        yield [*self._drafts(), *self._notes(), *self._lead_labels(), *self._activity()]

    def _said(self) -> list[Entry]:
        return [entry for entry in self._talk.entries if entry.mark in "<>"]

    def _make_lead(self) -> Lead:
        talk, state = self._talk, self._talk.state
        first, _, last = talk.name.partition(" ")
        phone = talk.keys.get("phone") or (self._phone() if self._outreach.channel == Channel.SMS or self._number % 3 else None)
        status = status_for(Sentiment(talk.keys["sentiment"]), LeadStatus.NEW)
        asked_out = "blacklisted" in state
        return Lead(
            id=ids.new_id(), workspace_id=self._place.workspace_id, first_name=first, last_name=last, job_title=talk.title,
            email=f"{first.lower()}@{talk.domain}", phone=phone, company=talk.company, website=f"https://{talk.domain}",
            company_state=talk.region, timezone=talk.zone, status=status, campaign_id=self._place.campaigns[self._outreach.key],
            sms_dnd="dnd" in state, sms_dnd_at=self._last(Direction.INBOUND) if "dnd" in state else None,
            sms_dnd_reason="The carrier blocks texts to this number." if "dnd" in state else None,
            opted_out_at=self._last(Direction.INBOUND) if asked_out else None, blacklist_reason=state.get("blacklisted"),
            facts={"summary": talk.keys["know"]} if "know" in talk.keys else {},
            created_at=self._at(talk.entries[0].age), updated_at=self._at(timedelta()))

    def _phone(self) -> str:
        # 555-0100 to 555-0199 are set aside for invented people.
        return f"+1{_AREA_CODES[self._talk.zone]}55501{self._number % 100:02d}"

    def _identities(self) -> Iterator[LeadIdentity]:
        for kind, value in ((IdentityKind.EMAIL, self._lead.email), (IdentityKind.PHONE, self._lead.phone)):
            if value:
                yield LeadIdentity(workspace_id=self._place.workspace_id, lead_id=self._lead.id, kind=kind, value=value,
                                   is_primary=True)

    def _message(self, position: int, entry: Entry) -> Message:
        inbound, by_mail = entry.mark == "<", self._outreach.channel == Channel.EMAIL
        provider = Provider.EMAILBISON if by_mail else Provider.GHL
        handle = str(_FIRST_REPLY_ID + self._number * 100 + position)
        lead_end = (self._lead.email if by_mail else self._lead.phone, self._talk.name)
        our_end = (MAILBOX if by_mail else TEXTING_NUMBER, PERSONA)
        sender, recipient = (lead_end, our_end) if inbound else (our_end, lead_end)
        thread = {"reply_id": handle, "sender_email_id": _SENDER_ID, "sender_email": MAILBOX} if by_mail else {}
        return Message(
            id=ids.new_id(), workspace_id=self._place.workspace_id, lead_id=self._lead.id, channel=self._outreach.channel,
            direction=Direction.INBOUND if inbound else Direction.OUTBOUND, provider=provider, external_id=f"demo-{handle}",
            dedupe_key=f"demo:{handle}", subject=self._subject(position), body=self._words(entry), raw_text=self._words(entry),
            from_address=sender[0], from_name=sender[1], to_address=recipient[0], to_name=recipient[1],
            thread=thread, sent_at=self._sent_at(position), created_at=self._sent_at(position),
            sent_by=None if inbound else entry.by,
            sent_by_user=self._place.colleagues["ben"] if entry.by == SentBy.SETTER else None,
            delivery=Delivery.RECEIVED if inbound else Delivery.DELIVERED, is_automatic=inbound and entry.by == "auto")

    def _words(self, entry: Entry) -> str:
        given = entry.text or self._outreach.opening
        return given.replace("{first}", self._lead.first_name).replace("{company}", self._talk.company)

    def _subject(self, position: int) -> str | None:
        if self._outreach.channel != Channel.EMAIL:
            return None
        subject = self._outreach.subject.replace("{company}", self._talk.company)
        return f"Re: {subject}" if position else subject

    def _at(self, ago: timedelta) -> datetime:
        return self._place.now - ago

    def _sent_at(self, position: int) -> datetime:
        # An automatic answer follows within seconds, which ages do not tell.
        return self._at(self._said()[position].age) + timedelta(seconds=7 * position)

    def _last(self, direction: Direction) -> datetime | None:
        mark = "<" if direction is Direction.INBOUND else ">"
        moments = [self._sent_at(position) for position, entry in enumerate(self._said()) if entry.mark == mark]
        return max(moments, default=None)

    def _conversation(self) -> Conversation:
        newest, state = self._messages[-1], self._talk.state
        inbound, outbound = self._last(Direction.INBOUND), self._last(Direction.OUTBOUND)
        asks = newest.direction == Direction.INBOUND and not newest.is_automatic and "blacklisted" not in state
        sentiment = Sentiment(self._talk.keys["sentiment"])
        assignee = self._place.colleagues.get(state.get("assigned", ""))
        return Conversation(
            lead_id=self._lead.id, workspace_id=self._place.workspace_id, channel=newest.channel, subject=newest.subject,
            snippet=naming.snippet(newest.body), last_message_at=newest.sent_at, last_direction=newest.direction,
            last_inbound_at=inbound, last_outbound_at=outbound, unread_count=1 if "unread" in state else 0,
            message_count=len(self._messages), needs_reply=asks and "done" not in state, has_draft=self._draft() is not None,
            ai_sent=any(message.channel == Channel.EMAIL and message.sent_by == SentBy.AI for message in self._messages),
            sentiment=sentiment, sentiment_source=self._source(), sentiment_at=inbound, assignee_id=assignee,
            sentiment_message_id=newest.id if inbound == newest.sent_at else None, assigned_at=inbound if assignee else None,
            snoozed_until=self._place.now + age(state["snoozed"]) if "snoozed" in state else None,
            done_at=newest.sent_at + timedelta(minutes=20) if "done" in state else None, updated_at=newest.sent_at)

    def _source(self) -> str:
        sentiment = self._talk.keys["sentiment"]
        return SentimentSource.RULE if sentiment in _BY_RULE or sentiment == Sentiment.NEW else SentimentSource.MODEL

    def _draft(self) -> Entry | None:
        return next((entry for entry in self._talk.entries if entry.mark == "~"), None)

    def _drafts(self) -> Iterator[Draft]:
        if entry := self._draft():
            trigger = self._messages[-1]
            moment = trigger.sent_at + timedelta(seconds=40)
            yield Draft(
                workspace_id=self._place.workspace_id, lead_id=self._lead.id, trigger_message_id=trigger.id,
                channel=trigger.channel, status=DraftStatus.PENDING, body=entry.text, original_body=entry.text,
                subject=trigger.subject, reason=entry.by, confidence=entry.confidence, model="demo", created_at=moment,
                updated_at=moment)

    def _notes(self) -> Iterator[Note]:
        for entry in self._talk.entries:
            if entry.mark == "*":
                yield Note(workspace_id=self._place.workspace_id, lead_id=self._lead.id, body=entry.text,
                           author_id=self._place.colleagues[entry.by], created_at=self._at(entry.age))

    def _lead_labels(self) -> Iterator[LeadLabel]:
        for name in filter(None, self._talk.keys.get("labels", "").split(", ")):
            yield LeadLabel(workspace_id=self._place.workspace_id, lead_id=self._lead.id, label_id=self._place.labels[name])

    def _activity(self) -> Iterator[AuditEvent]:
        """The facts a screen tells in the thread. Written directly: recording them would set today's jobs going."""
        inbound = self._last(Direction.INBOUND)
        if inbound is None:
            return
        state = self._talk.state
        told = {"sentiment": self._talk.keys["sentiment"], "previous": Sentiment.NEW, "source": self._source()}
        yield self._fact(events.SentimentDecided, inbound + timedelta(seconds=5), told)
        if "blacklisted" in state:
            yield self._fact(events.LeadBlacklisted, inbound + timedelta(seconds=6), {"reason": state["blacklisted"]})
        if "dnd" in state:
            yield self._fact(events.SmsBlocked, inbound + timedelta(seconds=7), {"reason": self._lead.sms_dnd_reason})
        if assignee := {"mara": MARA.name, "ben": BEN.name}.get(state.get("assigned", "")):
            yield self._fact(events.ConversationChanged, inbound + timedelta(seconds=30),
                             {"change": "assigned", "detail": assignee})

    def _fact(self, kind: type[events.Fact], at: datetime, data: dict) -> AuditEvent:
        return AuditEvent(workspace_id=self._place.workspace_id, kind=kind.kind, lead_id=self._lead.id, actor_kind="system",
                          actor_name="demo", data=data, created_at=at)
