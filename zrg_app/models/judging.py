"""How was a draft made and judged, under which prompts, and what was tried out?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from zrg_app.models.ai_vocabulary import AutoSendAction, AutoSendMode, TrialStatus
from zrg_app.models.columns import count, document, flag, key_text, long_text, moment, primary_key, reference, word


class PromptRevision(SQLModel, table=True):
    """One change of a prompt or snippet of a workspace; the newest says what holds, and an empty `body` means: our own text.

    `key` is a prompt's key, or `snippet.NAME`. `base_hash` names the text of ours it was written against (FACTS section 11.3).
    """

    __tablename__ = "prompt_revision"
    __table_args__ = (Index("prompt_revision_newest", "workspace_id", "key", "created_at"),)

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    key: str = key_text()
    body: str | None = long_text()
    base_hash: str = long_text(nullable=False)
    action: str = long_text(nullable=False)
    created_by: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    created_by_name: str = long_text(nullable=False)
    created_at: datetime = moment(now=True)


class DraftStep(SQLModel, table=True):
    """One step in the making of a draft: strategy, generation, verification, overseer, evaluation, revision, with what came out."""

    __tablename__ = "draft_step"
    __table_args__ = (Index("draft_step_draft", "draft_id", "generation", "created_at"),)

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    draft_id: UUID = reference("draft.id")
    generation: int = count(1)
    step: str = long_text(nullable=False)
    status: str = word("success")
    output: dict = document()
    model: str | None = long_text()
    prompt_key: str | None = long_text()
    prompt_hash: str | None = long_text()
    interaction_id: UUID | None = Field(default=None)
    duration_ms: int = count(0)
    error: str | None = long_text()
    created_at: datetime = moment(now=True)


class AutoSendDecision(SQLModel, table=True):
    """What was decided about one generation of a draft, on which facts and under which rules, so that it can be replayed.

    A shadow decision is secret: it sends nothing and is held against what people then did.
    """

    __tablename__ = "auto_send_decision"
    __table_args__ = (
        UniqueConstraint("draft_id", "generation", name="auto_send_decision_once"),
        Index("auto_send_decision_recent", "workspace_id", "created_at"),
        Index("auto_send_decision_due", "due_at", postgresql_where=text("due_at is not null and outcome is null")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id", index=True)
    draft_id: UUID = reference("draft.id")
    generation: int = count(1)
    campaign_id: UUID | None = reference("campaign.id", delete="SET NULL", nullable=True)
    sentiment: str = long_text(nullable=False)
    channel: str = long_text(nullable=False)
    mode: str = word(AutoSendMode.DISABLED)
    action: str = word(AutoSendAction.NEEDS_REVIEW)
    is_shadow: bool = flag(False)
    confidence: float | None = Field(default=None)
    threshold: float | None = Field(default=None)
    is_safe: bool | None = Field(default=None)
    needs_human: bool | None = Field(default=None)
    reason: str | None = long_text()
    reasons: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False, server_default="{}"))
    facts: dict = document()
    rules: dict = document()
    model: str | None = long_text()
    prompt_hash: str | None = long_text()
    interaction_id: UUID | None = Field(default=None)
    due_at: datetime | None = moment()
    outcome: str | None = long_text()
    outcome_reason: str | None = long_text()
    outbound_id: UUID | None = Field(default=None)
    settled_at: datetime | None = moment()
    created_at: datetime = moment(now=True)


class SlackReview(SQLModel, table=True):
    """A message that asks a reviewer in Slack about a draft; one per draft and person, rewritten with what became of it."""

    __tablename__ = "slack_review"
    __table_args__ = (
        UniqueConstraint("draft_id", "slack_user_id", name="slack_review_once"),
        Index("slack_review_open", "workspace_id", "created_at", postgresql_where=text("state = 'open'")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id", index=True)
    draft_id: UUID = reference("draft.id")
    generation: int = count(1)
    slack_user_id: str = key_text()
    slack_user_name: str = long_text(nullable=False)
    channel_id: str | None = long_text()
    message_ts: str | None = long_text()
    state: str = word("open")
    shown_state: str | None = long_text()
    said: str | None = long_text()
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class AiTrial(SQLModel, table=True):
    """Something tried out that sends nothing: a playground message, a preview, a replay, an impact report, a drill."""

    __tablename__ = "ai_trial"
    __table_args__ = (Index("ai_trial_recent", "workspace_id", "kind", "created_at"),)

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    kind: str = key_text()
    status: str = word(TrialStatus.WAITING)
    asked: dict = document()
    done: int = count(0)
    total: int = count(0)
    result: dict = document()
    error: str | None = long_text()
    created_by: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    created_at: datetime = moment(now=True)
    finished_at: datetime | None = moment()
