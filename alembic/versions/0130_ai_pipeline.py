"""Personas, knowledge, memory, prompt revisions, decisions about drafts, Slack reviews, trials, free and offered times."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0130"
down_revision = "0120"
branch_labels = None
depends_on = None

TABLES = ("persona", "knowledge_asset", "knowledge_chunk", "lead_memory", "prompt_revision", "draft_step", "auto_send_decision",
          "slack_review", "ai_trial", "availability", "offered_time")
CURRENT = "(select nullif(current_setting('zrg.workspace_id', true), '')::uuid)"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _knowledge()
    _judging()
    _times()
    for table, column in _added():
        op.add_column(table, column)
    op.create_foreign_key("campaign_persona_id_fkey", "campaign", "persona", ["persona_id"], ["id"], ondelete="SET NULL")
    op.create_foreign_key("draft_persona_id_fkey", "draft", "persona", ["persona_id"], ["id"], ondelete="SET NULL")
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_workspace on {table} to zrg_app "
                   f"using (workspace_id = {CURRENT}) with check (workspace_id = {CURRENT})")
        op.execute(f"create policy all_workspaces on {table} to zrg_system using (true) with check (true)")


def downgrade() -> None:
    for table, column in reversed(_added()):
        op.drop_column(table, column.name)
    for table in reversed(TABLES):
        op.drop_table(table)


def _added() -> list[tuple[str, sa.Column]]:
    settings = [
        _text("ai_linkedin_greeting"), _text("ideal_customer_profile"), _document("qualification_questions", "[]"),
        _text("booking_link"), _text("email_opt_out_line"), _text("sms_opt_out_line"), _flag("draft_verification_enabled", True),
        _text("draft_verification_model"), _flag("overseer_enabled", True), _document("memory_auto_approve", "[]"),
        _text("auto_send_evaluator_model"), _flag("auto_send_revision_enabled"), _flag("auto_send_skip_review"),
        _document("auto_send_schedule"), _flag("auto_send_shadow"), _flag("auto_send_must_earn"),
        _share("auto_send_earn_rate", "0.95"), _number("auto_send_earn_replies", 20), _document("slack_reviewers", "[]")]
    campaign = [
        _text("response_mode", "SETTER_MANAGED"), _share("auto_send_threshold", "0.9"), _number("auto_send_delay_min_seconds", 180),
        _number("auto_send_delay_max_seconds", 420), sa.Column("auto_send_skip_review", sa.Boolean()),
        sa.Column("auto_send_schedule", postgresql.JSONB()), sa.Column("persona_id", sa.Uuid())]
    draft = [_text("archetype"), sa.Column("persona_id", sa.Uuid())]
    return [("workspace_settings", column) for column in settings] + [("campaign", column) for column in campaign] + [
        ("draft", column) for column in draft] + [("lead", _flag("auto_reply"))]


def _knowledge() -> None:
    op.create_table(
        "persona", _id(), _workspace(), _text("name", ""), _flag("is_default"), _text("sender_name", ""),
        _text("tone", "friendly-professional"), _text("greeting"), _text("sms_greeting"), _text("linkedin_greeting"),
        _text("signature"), _text("goals"), _text("service_description"), _text("ideal_customer_profile"), _made(), _made("updated_at"),
        sa.UniqueConstraint("workspace_id", "name", name="persona_once"))
    op.create_index("persona_default", "persona", ["workspace_id"], unique=True, postgresql_where=sa.text("is_default"))
    op.create_table(
        "knowledge_asset", _id(), _workspace(), _text("name", ""), _text("kind", "text"), _text("context_mode", "notes"),
        _flag("is_primary_website"), _text("url"), _text("content_type"), _number("size_bytes"), sa.Column("content", sa.LargeBinary()),
        _text("raw_text", ""), _text("notes", ""), _text("status", "waiting"), _text("progress"), _text("error"),
        _number("generation", 1), _refers("created_by", "app_user.id"), sa.Column("indexed_at", MOMENT), _made(), _made("updated_at"))
    op.create_index("knowledge_asset_listing", "knowledge_asset", ["workspace_id", "created_at"])
    op.create_index("knowledge_asset_website", "knowledge_asset", ["workspace_id"], unique=True,
                    postgresql_where=sa.text("is_primary_website"))
    op.create_table(
        "knowledge_chunk", _id(), _workspace(), _belongs("asset_id", "knowledge_asset.id"), _number("position"), _text("body", ""),
        sa.Column("embedding", postgresql.ARRAY(sa.REAL())), _text("embedding_model"),
        sa.Column("words", postgresql.TSVECTOR(), sa.Computed("to_tsvector('simple', body)", persisted=True)),
        sa.UniqueConstraint("asset_id", "position", name="knowledge_chunk_once"))
    op.create_index("ix_knowledge_chunk_workspace_id", "knowledge_chunk", ["workspace_id"])
    op.create_index("knowledge_chunk_words", "knowledge_chunk", ["words"], postgresql_using="gin")
    op.create_table(
        "lead_memory", _id(), _workspace(), _belongs("lead_id", "lead.id"), _text("category", ""), _text("content", ""),
        _text("source", "MANUAL"), _text("status", "PENDING"), sa.Column("confidence", sa.Float()),
        _refers("message_id", "message.id"), _refers("draft_id", "draft.id"), _refers("created_by", "app_user.id"),
        sa.Column("expires_at", MOMENT), _made())
    op.create_index("lead_memory_lead", "lead_memory", ["lead_id", "created_at"])
    op.create_index("lead_memory_waiting", "lead_memory", ["workspace_id", "created_at"],
                    postgresql_where=sa.text("status = 'PENDING'"))


def _judging() -> None:
    op.create_table(
        "prompt_revision", _id(), _workspace(), _key("key"), _text("body"), _text("base_hash", ""), _text("action", ""),
        _refers("created_by", "app_user.id"), _text("created_by_name", ""), _made())
    op.create_index("prompt_revision_newest", "prompt_revision", ["workspace_id", "key", "created_at"])
    op.create_table(
        "draft_step", _id(), _workspace(), _belongs("draft_id", "draft.id"), _number("generation", 1), _text("step", ""),
        _text("status", "success"), _document("output"), _text("model"), _text("prompt_key"), _text("prompt_hash"),
        sa.Column("interaction_id", sa.Uuid()), _number("duration_ms"), _text("error"), _made())
    op.create_index("draft_step_draft", "draft_step", ["draft_id", "generation", "created_at"])
    _decisions()
    op.create_table(
        "slack_review", _id(), _workspace(), _belongs("lead_id", "lead.id"), _belongs("draft_id", "draft.id"),
        _number("generation", 1), _key("slack_user_id"), _text("slack_user_name", ""), _text("channel_id"), _text("message_ts"),
        _text("state", "open"), _text("shown_state"), _text("said"), _made(), _made("updated_at"),
        sa.UniqueConstraint("draft_id", "slack_user_id", name="slack_review_once"))
    op.create_index("ix_slack_review_lead_id", "slack_review", ["lead_id"])
    op.create_index("slack_review_open", "slack_review", ["workspace_id", "created_at"], postgresql_where=sa.text("state = 'open'"))
    op.create_table(
        "ai_trial", _id(), _workspace(), _key("kind"), _text("status", "waiting"), _document("asked"), _number("done"),
        _number("total"), _document("result"), _text("error"), _refers("created_by", "app_user.id"), _made(),
        sa.Column("finished_at", MOMENT))
    op.create_index("ai_trial_recent", "ai_trial", ["workspace_id", "kind", "created_at"])


def _times() -> None:
    op.create_table(
        "availability", _workspace(), _key("provider"), _document("slots", "[]"), _number("minutes", 30),
        sa.Column("fetched_at", MOMENT), sa.Column("wanted_at", MOMENT), _text("error"),
        sa.PrimaryKeyConstraint("workspace_id", "provider"))
    op.create_table(
        "offered_time", _id(), _workspace(), _belongs("lead_id", "lead.id"), _refers("draft_id", "draft.id"),
        sa.Column("starts_at", MOMENT, nullable=False), _text("label", ""), _text("zone", ""), _made("offered_at"),
        sa.UniqueConstraint("lead_id", "starts_at", "draft_id", name="offered_time_once"))
    op.create_index("offered_time_workspace", "offered_time", ["workspace_id", "starts_at"])


def _decisions() -> None:
    op.create_table(
        "auto_send_decision", _id(), _workspace(), _belongs("lead_id", "lead.id"), _belongs("draft_id", "draft.id"),
        _number("generation", 1), _refers("campaign_id", "campaign.id"), _text("sentiment", ""), _text("channel", ""),
        _text("mode", "DISABLED"), _text("action", "needs_review"), _flag("is_shadow"), sa.Column("confidence", sa.Float()),
        sa.Column("threshold", sa.Float()), sa.Column("is_safe", sa.Boolean()), sa.Column("needs_human", sa.Boolean()),
        _text("reason"), sa.Column("reasons", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False), _document("facts"),
        _document("rules"), _text("model"), _text("prompt_hash"), sa.Column("interaction_id", sa.Uuid()),
        sa.Column("due_at", MOMENT), _text("outcome"), _text("outcome_reason"), sa.Column("outbound_id", sa.Uuid()),
        sa.Column("settled_at", MOMENT), _made(),
        sa.UniqueConstraint("draft_id", "generation", name="auto_send_decision_once"))
    op.create_index("ix_auto_send_decision_lead_id", "auto_send_decision", ["lead_id"])
    op.create_index("auto_send_decision_recent", "auto_send_decision", ["workspace_id", "created_at"])
    op.create_index("auto_send_decision_due", "auto_send_decision", ["due_at"],
                    postgresql_where=sa.text("due_at is not null and outcome is null"))


def _id() -> sa.Column:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _workspace() -> sa.Column:
    return _belongs("workspace_id", "workspace.id")


def _belongs(name: str, target: str) -> sa.Column:
    return sa.Column(name, sa.Uuid(), sa.ForeignKey(target, ondelete="CASCADE"), nullable=False)


def _refers(name: str, target: str) -> sa.Column:
    return sa.Column(name, sa.Uuid(), sa.ForeignKey(target, ondelete="SET NULL"))


def _text(name: str, default: str | None = None) -> sa.Column:
    return sa.Column(name, sa.Text()) if default is None else sa.Column(name, sa.Text(), server_default=default, nullable=False)


def _key(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str, default: int = 0) -> sa.Column:
    return sa.Column(name, sa.Integer(), server_default=sa.text(str(default)), nullable=False)


def _share(name: str, default: str) -> sa.Column:
    return sa.Column(name, sa.Float(), server_default=sa.text(default), nullable=False)


def _flag(name: str, default: bool = False) -> sa.Column:
    return sa.Column(name, sa.Boolean(), server_default=sa.text("true" if default else "false"), nullable=False)


def _document(name: str, empty: str = "{}") -> sa.Column:
    return sa.Column(name, postgresql.JSONB(), server_default=sa.text(f"'{empty}'::jsonb"), nullable=False)


def _made(name: str = "created_at") -> sa.Column:
    return sa.Column(name, MOMENT, server_default=sa.text("now()"), nullable=False)
