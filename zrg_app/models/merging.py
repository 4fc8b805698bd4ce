"""Which leads were found to be one person, why, and what exactly was moved?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from zrg_app.models.columns import document, flag, long_text, moment, primary_key, reference, word
from zrg_app.models.vocabulary import MergeStatus


class LeadMerge(SQLModel, table=True):
    """Two leads that are, or may be, one: a suggestion, or a merge with what it moved (decision 0009).

    `gone_id` stays as a row that says where it went (`lead.merged_into`), so that links, facts and running work find the way.
    `record` holds both rows as they were and the ids of everything that changed hands; undoing reads it back.
    """

    __tablename__ = "lead_merge"
    __table_args__ = (
        Index("lead_merge_keep", "keep_id", "created_at"),
        Index("lead_merge_gone", "gone_id", "created_at"),
        Index("lead_merge_suggested", text("least(keep_id, gone_id)"), text("greatest(keep_id, gone_id)"), unique=True,
              postgresql_where=text("status in ('suggested', 'dismissed')")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    keep_id: UUID = reference("lead.id")
    gone_id: UUID = reference("lead.id")
    status: str = word(MergeStatus.SUGGESTED)
    reason: str = long_text(nullable=False)
    evidence: str = long_text("person", nullable=False)
    is_automatic: bool = flag(False)
    record: dict = document()
    decided_by: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    decided_by_name: str | None = long_text()
    created_at: datetime = moment(now=True)
    decided_at: datetime | None = moment()
