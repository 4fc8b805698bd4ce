"""What do we propose to say, and what is on its way out?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from zrg_app.models.columns import count, document, flag, key_text, long_text, moment, primary_key, reference, word
from zrg_app.models.vocabulary import DraftStatus, OutboundStatus


class Draft(SQLModel, table=True):
    """A proposed answer: one per trigger message and channel; regenerating rewrites it (spec section 8)."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("trigger_message_id", "channel", name="draft_once"),
        Index("draft_lead", "lead_id", "created_at"),
        Index("draft_pending", "workspace_id", "created_at", postgresql_where=text("status = 'pending'")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id")
    trigger_message_id: UUID = reference("message.id")
    channel: str = long_text(nullable=False)
    status: str = word(DraftStatus.WRITING)
    body: str = long_text(nullable=False)
    original_body: str = long_text(nullable=False)
    subject: str | None = long_text()
    instruction: str | None = long_text()
    archetype: str | None = long_text()
    persona_id: UUID | None = reference("persona.id", delete="SET NULL", nullable=True)
    reason: str | None = long_text()
    confidence: float | None = Field(default=None)
    generation: int = count(1)
    prompt_key: str | None = long_text()
    prompt_hash: str | None = long_text()
    model: str | None = long_text()
    interaction_id: UUID | None = Field(default=None)
    disposition: str | None = long_text()
    decided_by: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    decided_at: datetime | None = moment()
    rejected_reason: str | None = long_text()
    error: str | None = long_text()
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class OutboundMessage(SQLModel, table=True):
    """The outbox: one row per message to send, keyed so that it leaves once (spec section 10, phase 12b).

    `attempts` counts provider calls, `uncertain` those whose outcome was unknown, `looks` the readings of the provider's
    history since the last of these. `account` is the provider's account it was written for. `is_scheduled` says that a person
    chose the moment: a reply that comes before it holds it.
    """

    __tablename__ = "outbound_message"
    __table_args__ = (
        UniqueConstraint("workspace_id", "idempotency_key", name="outbound_once"),
        Index("outbound_draft", "draft_id", unique=True,
              postgresql_where=text("draft_id is not null and status not in ('cancelled', 'failed')")),
        Index("outbound_lead", "lead_id", "created_at"),
        Index("outbound_open", "status", "updated_at", postgresql_where=text("status in ('waiting', 'sending', 'checking')")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id")
    draft_id: UUID | None = reference("draft.id", delete="SET NULL", nullable=True)
    in_reply_to: UUID | None = Field(default=None)
    channel: str = long_text(nullable=False)
    provider: str = long_text(nullable=False)
    account: str | None = long_text()
    idempotency_key: str = key_text()
    status: str = word(OutboundStatus.WAITING)
    subject: str | None = long_text()
    body: str = long_text(nullable=False)
    to_address: str | None = long_text()
    to_name: str | None = long_text()
    cc: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False, server_default="{}"))
    thread: dict = document()
    sent_by: str = long_text(nullable=False)
    sent_by_user: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    not_before: datetime = moment(nullable=False)
    is_scheduled: bool = flag(False)
    attempts: int = count(0)
    attempted_at: datetime | None = moment()
    uncertain: int = count(0)
    looks: int = count(0)
    sent_at: datetime | None = moment()
    provider_message_id: str | None = long_text()
    error_code: str | None = long_text()
    error: str | None = long_text()
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class OutgoingFile(SQLModel, table=True):
    """A file a person attached; `content` is forgotten some weeks after it left, or days after nobody sent it."""

    __tablename__ = "outgoing_file"
    __table_args__ = (
        Index("outgoing_file_message", "outbound_id", postgresql_where=text("outbound_id is not null")),
        Index("outgoing_file_kept", "created_at", postgresql_where=text("content is not null")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id", index=True)
    outbound_id: UUID | None = reference("outbound_message.id", delete="SET NULL", nullable=True)
    name: str = long_text(nullable=False)
    content_type: str = long_text(nullable=False)
    size_bytes: int = Field(sa_type=BigInteger, nullable=False)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    uploaded_by: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    created_at: datetime = moment(now=True)
