"""What was asked about a lead, of whom, and what came back?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from zrg_app.models.columns import long_text, moment, primary_key, reference, word
from zrg_app.models.vocabulary import EnrichmentStatus


class EnrichmentRequest(SQLModel, table=True):
    """One look-up of one kind (`linkedin` or `phone`) for a lead. `intent` says what made it worth asking."""

    __tablename__ = "enrichment_request"
    __table_args__ = (
        Index("enrichment_request_lead", "lead_id", "kind", "created_at"),
        Index("enrichment_request_open", "created_at", postgresql_where=text("status = 'pending'")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id")
    kind: str = long_text(nullable=False)
    provider: str = long_text(nullable=False)
    intent: str = long_text("positive", nullable=False)
    status: str = word(EnrichmentStatus.PENDING)
    error: str | None = long_text()
    asked_at: datetime | None = moment()
    answered_at: datetime | None = moment()
    created_at: datetime = moment(now=True)
