"""What is a workspace, and what may its customer change?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from zrg_app.models.columns import count, document, flag, long_text, moment, primary_key, reference


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
    """What a customer may change about a workspace (FACTS section 3, WorkspaceSettings).

    `qualification_questions`: [{id, question, required}]. `auto_send_schedule`: see `autosend/schedule.py`; {} means always.
    `slack_reviewers`: [{id, name, email}] of Slack. An opt-out line that is set must stand in every AI message of its channel.
    `auto_send_earn_rate` of the last `auto_send_earn_replies` drafts of a label approved unedited is what earns it auto-send.
    """

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
    ai_linkedin_greeting: str | None = long_text()
    ai_signature: str | None = long_text()
    ai_goals: str | None = long_text()
    ideal_customer_profile: str | None = long_text()
    qualification_questions: list[dict] = document(list)
    booking_link: str | None = long_text()
    email_opt_out_line: str | None = long_text()
    sms_opt_out_line: str | None = long_text()
    draft_generation_enabled: bool = flag(True)
    draft_generation_model: str | None = long_text()
    draft_verification_enabled: bool = flag(True)
    draft_verification_model: str | None = long_text()
    overseer_enabled: bool = flag(True)
    memory_auto_approve: list[str] = document(list)
    auto_send_evaluator_model: str | None = long_text()
    auto_send_revision_enabled: bool = flag(False)
    auto_send_skip_review: bool = flag(False)
    auto_send_schedule: dict = document()
    auto_send_shadow: bool = flag(False)
    auto_send_must_earn: bool = flag(False)
    auto_send_earn_rate: float = Field(default=0.95, nullable=False, sa_column_kwargs={"server_default": text("0.95")})
    auto_send_earn_replies: int = count(20)
    slack_reviewers: list[dict] = document(list)
    email_provider: str | None = long_text()
    daily_model_spend_limit_cents: int = count(0)
    setters_see_own_only: bool = flag(False)
    updated_at: datetime = moment(now=True)
