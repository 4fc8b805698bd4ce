"""What people keep on their desk while they share an inbox, and the marks of a conversation that views and snoozes need."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0140"
down_revision = "0133"
branch_labels = None
depends_on = None

CURRENT = "(select nullif(current_setting('zrg.workspace_id', true), '')::uuid)"
TABLES = ("saved_view", "reply_snippet", "kept_words", "presence", "notification")
MOMENT = sa.DateTime(timezone=True)
NOW, NO = sa.text("now()"), sa.text("false")


def _refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], ondelete="CASCADE")


def _own_things() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False), sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False), sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("is_shared", sa.Boolean(), server_default=NO, nullable=False),
        sa.Column("wanted", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=NOW, nullable=False),
        _refers("workspace_id", "workspace.id"), _refers("owner_id", "app_user.id"), sa.PrimaryKeyConstraint("id"))
    op.create_index("saved_view_workspace", "saved_view", ["workspace_id", "created_at"])
    op.create_table(
        "reply_snippet",
        sa.Column("id", sa.Uuid(), nullable=False), sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True), sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=NOW, nullable=False),
        _refers("workspace_id", "workspace.id"), _refers("owner_id", "app_user.id"), sa.PrimaryKeyConstraint("id"))
    op.create_index("reply_snippet_name", "reply_snippet",
                    ["workspace_id", sa.text("coalesce(owner_id::text, '')"), sa.text("lower(name)")], unique=True)
    op.create_table(
        "kept_words",
        sa.Column("workspace_id", sa.Uuid(), nullable=False), sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False), sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("updated_at", MOMENT, server_default=NOW, nullable=False),
        _refers("workspace_id", "workspace.id"), _refers("user_id", "app_user.id"), _refers("lead_id", "lead.id"),
        sa.PrimaryKeyConstraint("user_id", "lead_id", "channel"))
    op.create_index("ix_kept_words_lead_id", "kept_words", ["lead_id"])


def _shared_things() -> None:
    op.create_table(
        "presence",
        sa.Column("tab", sa.Text(), nullable=False), sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False), sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("typing_at", MOMENT, nullable=True), sa.Column("seen_at", MOMENT, server_default=NOW, nullable=False),
        _refers("workspace_id", "workspace.id"), _refers("user_id", "app_user.id"), _refers("lead_id", "lead.id"),
        sa.PrimaryKeyConstraint("tab"), prefixes=["UNLOGGED"])
    op.create_index("presence_lead", "presence", ["lead_id"])
    op.create_table(
        "notification",
        sa.Column("id", sa.Uuid(), nullable=False), sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False), sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False), sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False), sa.Column("read_at", MOMENT, nullable=True),
        _refers("workspace_id", "workspace.id"), _refers("user_id", "app_user.id"), _refers("lead_id", "lead.id"),
        sa.PrimaryKeyConstraint("id"))
    op.create_index("notification_person", "notification", ["workspace_id", "user_id", "created_at"])
    op.create_index("notification_unread", "notification", ["workspace_id", "user_id"], postgresql_where=sa.text("read_at is null"))
    op.create_index("notification_once", "notification", ["user_id", "kind", "source_id"], unique=True)
    op.create_index("ix_notification_lead_id", "notification", ["lead_id"])


def upgrade() -> None:
    _own_things()
    _shared_things()
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_workspace on {table} to zrg_app "
                   f"using (workspace_id = {CURRENT}) with check (workspace_id = {CURRENT})")
        op.execute(f"create policy all_workspaces on {table} to zrg_system using (true) with check (true)")
    op.add_column("conversation", sa.Column("woke_at", MOMENT, nullable=True))
    op.add_column("conversation", sa.Column("returns_on", sa.Date(), nullable=True))
    op.add_column("conversation", sa.Column("ai_sent", sa.Boolean(), server_default=NO, nullable=False))
    op.add_column("conversation", sa.Column("ai_review", sa.Boolean(), server_default=NO, nullable=False))
    op.add_column("workspace_settings", sa.Column("setters_see_own_only", sa.Boolean(), server_default=NO, nullable=False))


def downgrade() -> None:
    op.drop_column("workspace_settings", "setters_see_own_only")
    for column in ("ai_review", "ai_sent", "returns_on", "woke_at"):
        op.drop_column("conversation", column)
    for table in reversed(TABLES):
        op.drop_table(table)
