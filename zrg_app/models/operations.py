"""What is to be done, what was done, and what did it cost?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, Numeric, Text, text
from sqlmodel import Field, SQLModel

from zrg_app.models.columns import count, document, flag, key_text, long_text, moment, primary_key, reference, word
from zrg_app.models.vocabulary import JobStatus


class BackgroundJob(SQLModel, table=True):
    """A piece of work as a row (spec section 7). A finished job keeps its row until retention takes it."""

    __tablename__ = "background_job"
    __table_args__ = (
        # Column order is the ORDER BY of the claim within one lane, so the plan does not hang on statistics.
        Index("background_job_ready_workspace", "queue", "workspace_id", "priority", "run_at", "id",
              postgresql_where=text("status = 'PENDING'")),
        Index("background_job_lease", "locked_until", postgresql_where=text("status = 'RUNNING'")),
        Index("background_job_lead_running", "lead_id", unique=True,
              postgresql_where=text("status = 'RUNNING' and lead_id is not null")),
        Index("background_job_lead_waiting", "lead_id", postgresql_where=text("status = 'PENDING' and lead_id is not null")),
        Index("background_job_dedupe", "dedupe_key", unique=True, postgresql_where=text("dedupe_key is not null")),
        Index("background_job_failed", "finished_at", postgresql_where=text("status = 'FAILED'")),
        Index("background_job_finished", "finished_at", postgresql_where=text("status = 'SUCCEEDED'")),
        {"postgresql_with": {"fillfactor": 70, "autovacuum_vacuum_scale_factor": 0, "autovacuum_vacuum_threshold": 2000,
                             "autovacuum_analyze_scale_factor": 0, "autovacuum_analyze_threshold": 2000}},
    )

    id: UUID = primary_key()
    workspace_id: UUID | None = reference("workspace.id", nullable=True)
    kind: str = long_text(nullable=False)
    queue: str = long_text("default", nullable=False)
    status: str = word(JobStatus.PENDING)
    priority: int = count(100)
    run_at: datetime = moment(now=True)
    attempts: int = count(0)
    max_attempts: int = count(5)
    deferrals: int = count(0)
    payload: dict = document()
    dedupe_key: str | None = long_text()
    lead_id: UUID | None = Field(default=None)
    message_id: UUID | None = Field(default=None)
    draft_id: UUID | None = Field(default=None)
    correlation_id: str | None = long_text()
    locked_by: str | None = long_text()
    locked_until: datetime | None = moment()
    started_at: datetime | None = moment()
    finished_at: datetime | None = moment()
    last_error: str | None = long_text()
    created_at: datetime = moment(now=True)


class JobWorker(SQLModel, table=True):
    """A worker process that is up. `listening` asks enqueuers to notify it; a busy one looks by itself (PERFORMANCE section 2)."""

    __tablename__ = "job_worker"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    id: str = Field(sa_type=Text, primary_key=True)
    listening: bool = flag(True)
    running: int = count(0)
    started_at: datetime = moment(now=True)
    seen_at: datetime = moment(now=True)


class FunctionRun(SQLModel, table=True):
    """One run of a timer or cron route with its outcome (spec sections 14 and 22)."""

    __tablename__ = "function_run"
    __table_args__ = (
        Index("function_run_recent", "function_name", "created_at"),
        Index("function_run_status", "status", "created_at"),
    )

    id: UUID = primary_key()
    run_key: str = key_text(unique=True)
    function_name: str = long_text(nullable=False)
    status: str = word(JobStatus.RUNNING)
    attempt: int = count(1)
    source: str | None = long_text()
    workspace_id: UUID | None = reference("workspace.id", nullable=True)
    dispatch_key: str | None = long_text()
    correlation_id: str | None = long_text()
    requested_at: datetime | None = moment()
    started_at: datetime | None = moment()
    finished_at: datetime | None = moment()
    duration_ms: int | None = Field(default=None)
    outcome: dict = document()
    last_error: str | None = long_text()
    created_at: datetime = moment(now=True)


class AiInteraction(SQLModel, table=True):
    """One call of a model: what for, which prompt version, how long, how much (FACTS section 11.2). No texts."""

    __tablename__ = "ai_interaction"
    __table_args__ = (
        Index("ai_interaction_recent", "workspace_id", "created_at"),
        Index("ai_interaction_age", "created_at"),
        Index("ai_interaction_lead", "lead_id", postgresql_where=text("lead_id is not null")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID | None = reference("lead.id", delete="SET NULL", nullable=True)
    purpose: str = long_text(nullable=False)
    prompt_key: str = long_text(nullable=False)
    prompt_hash: str = long_text(nullable=False)
    model: str = long_text(nullable=False)
    status: str = word("success")
    error_category: str | None = long_text()
    error: str | None = long_text()
    request_id: str | None = long_text()
    input_tokens: int = count(0)
    output_tokens: int = count(0)
    reasoning_tokens: int = count(0)
    cost_usd: float = Field(default=0, sa_column=Column(Numeric(12, 6), nullable=False, server_default="0"))
    latency_ms: int = count(0)
    created_at: datetime = moment(now=True)


class AuditEvent(SQLModel, table=True):
    """A fact: what happened, to whom, by whom; written in the transaction that made it true."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("audit_event_lead", "lead_id", "created_at", postgresql_where=text("lead_id is not null")),
        Index("audit_event_recent", "workspace_id", "created_at"),
    )

    id: UUID = primary_key()
    workspace_id: UUID | None = reference("workspace.id", nullable=True)
    kind: str = long_text(nullable=False)
    lead_id: UUID | None = reference("lead.id", nullable=True)
    actor_kind: str = long_text(nullable=False)
    actor_id: UUID | None = Field(default=None)
    actor_name: str = long_text(nullable=False)
    data: dict = document()
    created_at: datetime = moment(now=True)
