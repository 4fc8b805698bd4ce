"""What do drafts know? Personas, knowledge assets, and what is remembered of a lead."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import REAL, Column, Computed, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlmodel import Field, SQLModel

from zrg_app.models.ai_vocabulary import ContextMode, KnowledgeKind, KnowledgeStatus, MemorySource, MemoryStatus
from zrg_app.models.columns import count, flag, long_text, moment, primary_key, reference, word

WORDS = "to_tsvector('simple', body)"


class Persona(SQLModel, table=True):
    """Who speaks in drafts. Campaigns choose one; else the workspace's default; else the workspace's own texts (spec section 8)."""

    __tablename__ = "persona"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name", name="persona_once"),
        Index("persona_default", "workspace_id", unique=True, postgresql_where=text("is_default")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    name: str = long_text(nullable=False)
    is_default: bool = flag(False)
    sender_name: str = long_text(nullable=False)
    tone: str = long_text("friendly-professional", nullable=False)
    greeting: str | None = long_text()
    sms_greeting: str | None = long_text()
    linkedin_greeting: str | None = long_text()
    signature: str | None = long_text()
    goals: str | None = long_text()
    service_description: str | None = long_text()
    ideal_customer_profile: str | None = long_text()
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class KnowledgeAsset(SQLModel, table=True):
    """A text, a file or a website page that drafts may draw on (FACTS section 18).

    `content` is the file as uploaded, `raw_text` what was read from it, `notes` its summary. The `is_primary_website` asset is
    the client's address: told as a link, never as knowledge.
    """

    __tablename__ = "knowledge_asset"
    __table_args__ = (
        Index("knowledge_asset_listing", "workspace_id", "created_at"),
        Index("knowledge_asset_website", "workspace_id", unique=True, postgresql_where=text("is_primary_website")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    name: str = long_text(nullable=False)
    kind: str = word(KnowledgeKind.TEXT)
    context_mode: str = word(ContextMode.NOTES)
    is_primary_website: bool = flag(False)
    url: str | None = long_text()
    content_type: str | None = long_text()
    size_bytes: int = count(0)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    raw_text: str = long_text(nullable=False)
    notes: str = long_text(nullable=False)
    status: str = word(KnowledgeStatus.WAITING)
    progress: str | None = long_text()
    error: str | None = long_text()
    generation: int = count(1)
    created_by: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    indexed_at: datetime | None = moment()
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class KnowledgeChunk(SQLModel, table=True):
    """A passage of an asset, found by its words or, where embeddings are configured, by its meaning."""

    __tablename__ = "knowledge_chunk"
    __table_args__ = (
        UniqueConstraint("asset_id", "position", name="knowledge_chunk_once"),
        Index("knowledge_chunk_words", "words", postgresql_using="gin"),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id", index=True)
    asset_id: UUID = reference("knowledge_asset.id")
    position: int = count(0)
    body: str = long_text(nullable=False)
    embedding: list[float] | None = Field(default=None, sa_column=Column(ARRAY(REAL), nullable=True))
    embedding_model: str | None = long_text()
    words: str | None = Field(default=None, sa_column=Column(TSVECTOR, Computed(WORDS, persisted=True)))


class LeadMemory(SQLModel, table=True):
    """One thing remembered of a lead, with where it comes from: an objection, a preference, "not before" (FACTS section 9.6)."""

    __tablename__ = "lead_memory"
    __table_args__ = (
        Index("lead_memory_lead", "lead_id", "created_at"),
        Index("lead_memory_waiting", "workspace_id", "created_at", postgresql_where=text("status = 'PENDING'")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id")
    category: str = long_text(nullable=False)
    content: str = long_text(nullable=False)
    source: str = word(MemorySource.MANUAL)
    status: str = word(MemoryStatus.PENDING)
    confidence: float | None = Field(default=None)
    message_id: UUID | None = reference("message.id", delete="SET NULL", nullable=True)
    draft_id: UUID | None = reference("draft.id", delete="SET NULL", nullable=True)
    created_by: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    expires_at: datetime | None = moment()
    not_before: date | None = Field(default=None)
    created_at: datetime = moment(now=True)
