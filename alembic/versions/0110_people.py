"""One person, one lead: merges with their undo, and what was looked up about a lead."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0110"
down_revision = "0100"
branch_labels = None
depends_on = None

CURRENT = "(select nullif(current_setting('zrg.workspace_id', true), '')::uuid)"
MOMENT = sa.DateTime(timezone=True)


def _merges() -> None:
    op.create_table(
        "lead_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("keep_id", sa.Uuid(), nullable=False),
        sa.Column("gone_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), server_default="suggested", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("evidence", sa.Text(), server_default="person", nullable=False),
        sa.Column("is_automatic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("record", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["keep_id"], ["lead.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["gone_id"], ["lead.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["decided_by"], ["app_user.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"))
    op.create_index("lead_merge_keep", "lead_merge", ["keep_id", "created_at"])
    op.create_index("lead_merge_gone", "lead_merge", ["gone_id", "created_at"])
    op.create_index("lead_merge_suggested", "lead_merge",
                    [sa.text("least(keep_id, gone_id)"), sa.text("greatest(keep_id, gone_id)")], unique=True,
                    postgresql_where=sa.text("status in ('suggested', 'dismissed')"))


def _requests() -> None:
    op.create_table(
        "enrichment_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("provider", sa.Text(), server_default="", nullable=False),
        sa.Column("intent", sa.Text(), server_default="positive", nullable=False),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"))
    op.create_index("enrichment_request_lead", "enrichment_request", ["lead_id", "kind", "created_at"])
    op.create_index("enrichment_request_open", "enrichment_request", ["created_at"],
                    postgresql_where=sa.text("status = 'pending'"))


def upgrade() -> None:
    op.add_column("lead", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.create_foreign_key("lead_merged_into_fkey", "lead", "lead", ["merged_into"], ["id"], ondelete="CASCADE")
    op.create_index("lead_merged", "lead", ["merged_into"], postgresql_where=sa.text("merged_into is not null"))
    _merges()
    _requests()
    for table in ("lead_merge", "enrichment_request"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_workspace on {table} to zrg_app "
                   f"using (workspace_id = {CURRENT}) with check (workspace_id = {CURRENT})")
        op.execute(f"create policy all_workspaces on {table} to zrg_system using (true) with check (true)")


def downgrade() -> None:
    op.drop_table("enrichment_request")
    op.drop_table("lead_merge")
    op.drop_index("lead_merged", table_name="lead")
    op.drop_column("lead", "merged_into")
