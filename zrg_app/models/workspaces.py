"""What is a workspace, and what may its customer change?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from zrg_app.models.columns import count, flag, long_text, moment, primary_key, reference


class Workspace(SQLModel, table=True):
    """The tenant: one client company of an agency (spec section 2 calls it Client)."""

    __tablename__ = "workspace"
    __table_args__ = (Index("workspace_name", text("lower(name)")),)

    id: UUID = primary_key()
    name: str = long_text(nullable=False)
    owner_id: UUID = reference("app_user.id", delete="RESTRICT", index=True)
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class WorkspaceSettings(SQLModel, table=True):
    """What a customer may change about a workspace (FACTS section 3, WorkspaceSettings)."""

    __tablename__ = "workspace_settings"

    workspace_id: UUID = reference("workspace.id", primary_key=True)
    timezone: str = long_text("America/Los_Angeles", nullable=False)
    default_region: str = long_text("US", nullable=False)
    work_start_time: str = long_text("09:00", nullable=False)
    work_end_time: str = long_text("17:00", nullable=False)
    brand_name: str | None = long_text()
    company_name: str | None = long_text()
    target_result: str | None = long_text()
    service_description: str | None = long_text()
    ai_persona_name: str | None = long_text()
    ai_tone: str = long_text("friendly-professional", nullable=False)
    ai_greeting: str | None = long_text()
    ai_sms_greeting: str | None = long_text()
    ai_signature: str | None = long_text()
    ai_goals: str | None = long_text()
    draft_generation_enabled: bool = flag(True)
    draft_generation_model: str | None = long_text()
    email_provider: str | None = long_text()
    daily_model_spend_limit_cents: int = count(0)
    updated_at: datetime = moment(now=True)
