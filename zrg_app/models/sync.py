"""What was read back from the providers, and how far did we look?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from zrg_app.models.columns import count, key_text, long_text, moment, primary_key, reference, word


class LeadSync(SQLModel, table=True):
    """When a lead's history was last asked for and read; `job_id` is the job that does or did it."""

    __tablename__ = "lead_sync"

    lead_id: UUID = reference("lead.id", primary_key=True)
    workspace_id: UUID = reference("workspace.id")
    job_id: UUID | None = Field(default=None)
    requested_at: datetime | None = moment()
    synced_at: datetime | None = moment()
    imported: int = count(0)
    healed: int = count(0)
    error: str | None = long_text()


class SyncRun(SQLModel, table=True):
    """A reading back of every conversation of a workspace, page by page; `page` are the jobs of the page under way."""

    __tablename__ = "sync_run"
    __table_args__ = (
        Index("sync_run_recent", "workspace_id", "started_at"),
        Index("sync_run_one", "workspace_id", unique=True, postgresql_where=text("status = 'running'")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    status: str = word("running")
    total: int = count(0)
    asked: int = count(0)
    failed: int = count(0)
    last_lead_id: UUID | None = Field(default=None)
    until_lead_id: UUID | None = Field(default=None)
    page: list[UUID] = Field(default_factory=list, sa_column=Column(ARRAY(Uuid), nullable=False, server_default="{}"))
    started_by: str = long_text("", nullable=False)
    started_at: datetime = moment(now=True)
    finished_at: datetime | None = moment()


class ProviderLook(SQLModel, table=True):
    """Until when a provider was asked for messages that had no webhook."""

    __tablename__ = "provider_look"
    __table_args__ = (PrimaryKeyConstraint("workspace_id", "provider"),)

    workspace_id: UUID = reference("workspace.id")
    provider: str = key_text()
    looked_until: datetime | None = moment()
    looked_at: datetime | None = moment()
    recovered: int = count(0)
    error: str | None = long_text()
