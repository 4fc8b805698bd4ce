"""What was said, and what does the inbox list show of it?"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, PrimaryKeyConstraint, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from zrg_app.models.columns import count, document, flag, key_text, long_text, moment, primary_key, reference, word
from zrg_app.models.vocabulary import Delivery, Sentiment, SentimentSource

_COVERED = ["sentiment", "assignee_id", "channel", "unread_count", "has_draft"]
_NEWEST = (text("last_message_at desc"), text("lead_id desc"))
_OPEN = "done_at is null and snoozed_until is null"


class Conversation(SQLModel, table=True):
    """The inbox row of a lead: one per lead, over all channels. Covering indexes as PERFORMANCE section 5 measured.

    `woke_at` is set when a snooze ends and cleared once somebody looks; `returns_on` is the day an absence note named. `ai_sent`:
    an e-mail left that the AI wrote and sent; `ai_review`: a draft waits that auto-send wants a person to look at (FACTS 20.2).
    """

    __tablename__ = "conversation"
    __table_args__ = (
        Index("conversation_all", "workspace_id", *_NEWEST, postgresql_include=_COVERED),
        Index("conversation_reply", "workspace_id", *_NEWEST, postgresql_include=_COVERED,
              postgresql_where=text(f"needs_reply and {_OPEN}")),
        Index("conversation_unread", "workspace_id", *_NEWEST, postgresql_include=_COVERED,
              postgresql_where=text("unread_count > 0")),
        Index("conversation_draft", "workspace_id", *_NEWEST, postgresql_include=_COVERED,
              postgresql_where=text("has_draft")),
        Index("conversation_snoozed", "workspace_id", *_NEWEST, postgresql_include=_COVERED,
              postgresql_where=text("snoozed_until is not null")),
        Index("conversation_done", "workspace_id", *_NEWEST, postgresql_include=_COVERED,
              postgresql_where=text("done_at is not null")),
        Index("conversation_ai_sent", "workspace_id", *_NEWEST, postgresql_include=_COVERED, postgresql_where=text("ai_sent")),
        Index("conversation_ai_review", "workspace_id", *_NEWEST, postgresql_include=_COVERED, postgresql_where=text("ai_review")),
        Index("conversation_repair", "workspace_id", *_NEWEST, postgresql_include=_COVERED, postgresql_where=text("needs_repair")),
        Index("conversation_waiting", "workspace_id", "last_inbound_at", "lead_id", postgresql_include=_COVERED,
              postgresql_where=text(f"needs_reply and {_OPEN} and last_inbound_at is not null")),
        Index("conversation_assignee", "workspace_id", "assignee_id", *_NEWEST,
              postgresql_include=["sentiment", "channel", "unread_count", "has_draft"]),
        Index("conversation_sentiment", "workspace_id", "sentiment", *_NEWEST,
              postgresql_include=["assignee_id", "channel", "unread_count", "has_draft"]),
        Index("conversation_subject", "workspace_id", text("to_tsvector('simple', subject)"), postgresql_using="gin",
              postgresql_where=text("subject is not null")),
        Index("conversation_updated", "workspace_id", "updated_at"),
        Index("conversation_wake", "snoozed_until", postgresql_where=text("snoozed_until is not null")),
        {"postgresql_with": {"fillfactor": 85, "autovacuum_vacuum_scale_factor": 0.01,
                             "autovacuum_analyze_scale_factor": 0.01}},
    )

    lead_id: UUID = reference("lead.id", primary_key=True)
    workspace_id: UUID = reference("workspace.id")
    channel: str = long_text(nullable=False)
    subject: str | None = long_text()
    snippet: str = long_text(nullable=False)
    last_message_at: datetime = moment(nullable=False)
    last_direction: str = long_text(nullable=False)
    last_inbound_at: datetime | None = moment()
    last_outbound_at: datetime | None = moment()
    unread_count: int = count(0)
    message_count: int = count(0)
    needs_reply: bool = flag(False)
    has_draft: bool = flag(False)
    needs_repair: bool = flag(False)
    sentiment: str = word(Sentiment.NEW)
    sentiment_source: str = word(SentimentSource.RULE)
    sentiment_reason: str | None = long_text()
    sentiment_message_id: UUID | None = Field(default=None)
    sentiment_at: datetime | None = moment()
    assignee_id: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    assigned_at: datetime | None = moment()
    snoozed_until: datetime | None = moment()
    woke_at: datetime | None = moment()
    returns_on: date | None = Field(default=None)
    done_at: datetime | None = moment()
    ai_sent: bool = flag(False)
    ai_review: bool = flag(False)
    updated_at: datetime = moment(now=True)


class Message(SQLModel, table=True):
    """One message of a conversation. `body` is the cleaned text; the raw text and HTML are kept beside it.

    `delivery_told_at` is when the provider told its fate, `delivery_settled_at` when a person had seen to it.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("workspace_id", "dedupe_key", name="message_once"),
        Index("message_thread", "lead_id", text("sent_at desc"), text("id desc")),
        Index("message_external", "workspace_id", "provider", "external_id", postgresql_where=text("external_id is not null")),
        Index("message_outbound", "outbound_id", unique=True, postgresql_where=text("outbound_id is not null")),
        Index("message_words", text("message_bucket(workspace_id, sent_at)"), text("to_tsvector('simple', body)"),
              postgresql_using="gin"),
        {"postgresql_with": {"autovacuum_vacuum_insert_scale_factor": 0.05, "autovacuum_analyze_scale_factor": 0.02}},
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id")
    channel: str = long_text(nullable=False)
    direction: str = long_text(nullable=False)
    provider: str = long_text(nullable=False)
    external_id: str | None = long_text()
    dedupe_key: str = key_text()
    subject: str | None = long_text()
    body: str = long_text(nullable=False)
    raw_text: str | None = long_text()
    raw_html: str | None = long_text()
    from_address: str | None = long_text()
    from_name: str | None = long_text()
    to_address: str | None = long_text()
    to_name: str | None = long_text()
    cc: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False, server_default="{}"))
    thread: dict = document()
    sent_at: datetime = moment(nullable=False)
    created_at: datetime = moment(now=True)
    sent_by: str | None = long_text()
    sent_by_user: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    draft_id: UUID | None = Field(default=None)
    outbound_id: UUID | None = Field(default=None)
    delivery: str = word(Delivery.RECEIVED)
    delivery_reason: str | None = long_text()
    delivery_told_at: datetime | None = moment()
    delivery_settled_at: datetime | None = moment()
    opened_at: datetime | None = moment()
    is_automatic: bool = flag(False)
    webhook_event_id: UUID | None = Field(default=None)


class MessageFate(SQLModel, table=True):
    """What a provider told of one of our messages, by the message's key: it may be told before the message is known here."""

    __tablename__ = "message_fate"
    __table_args__ = (PrimaryKeyConstraint("workspace_id", "dedupe_key", "fate"),)

    workspace_id: UUID = reference("workspace.id")
    dedupe_key: str = key_text()
    fate: str = key_text()
    reason: str | None = long_text()
    told_at: datetime = moment(nullable=False)


class Attachment(SQLModel, table=True):
    """A file of a message. Of one that came the bytes stay at the provider; one of ours is the `outgoing_file`."""

    __tablename__ = "attachment"

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    message_id: UUID = reference("message.id", index=True)
    file_name: str = long_text(nullable=False)
    content_type: str | None = long_text()
    size_bytes: int | None = Field(default=None, sa_type=BigInteger)
    url: str | None = long_text()
    file_id: UUID | None = reference("outgoing_file.id", delete="SET NULL", nullable=True)


class Note(SQLModel, table=True):
    """What people of the workspace tell each other about a lead; never sent. `mentions` are the places of names in `body` with
    whom they mean: `{"start", "end", "people"}`, people being user ids."""

    __tablename__ = "note"
    __table_args__ = (Index("note_lead", "lead_id", "created_at"),)

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id")
    author_id: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    body: str = long_text(nullable=False)
    mentions: list = document(list)
    created_at: datetime = moment(now=True)
    edited_at: datetime | None = moment()
    deleted_at: datetime | None = moment()


class Label(SQLModel, table=True):
    """A word a workspace puts on conversations. One that was deleted stays for a while, so that it can come back with them."""

    __tablename__ = "label"
    __table_args__ = (Index("label_once", "workspace_id", text("lower(name)"), unique=True,
                            postgresql_where=text("deleted_at is null")),)

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    name: str = long_text(nullable=False)
    hue: int = count(220)
    created_at: datetime = moment(now=True)
    deleted_at: datetime | None = moment()


class LeadLabel(SQLModel, table=True):
    """A label on a lead."""

    __tablename__ = "lead_label"
    __table_args__ = (PrimaryKeyConstraint("lead_id", "label_id"), Index("lead_label_label", "label_id", "lead_id"))

    lead_id: UUID = reference("lead.id")
    label_id: UUID = reference("label.id")
    workspace_id: UUID = reference("workspace.id")
    created_at: datetime = moment(now=True)


class InboxCount(SQLModel, table=True):
    """Folded sidebar numbers; add the deltas to them (PERFORMANCE section 5)."""

    __tablename__ = "inbox_count"
    __table_args__ = (PrimaryKeyConstraint("workspace_id", "key"),)

    workspace_id: UUID = reference("workspace.id")
    key: str = key_text()
    n: int = Field(sa_type=BigInteger, nullable=False)


class InboxCountDelta(SQLModel, table=True):
    """A change of a sidebar number, written by the trigger on `conversation` in the same transaction."""

    __tablename__ = "inbox_count_delta"
    __table_args__ = (Index("inbox_count_delta_workspace", "workspace_id"),)

    id: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    workspace_id: UUID = reference("workspace.id")
    key: str = key_text()
    n: int = Field(nullable=False)
