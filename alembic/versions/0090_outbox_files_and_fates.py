"""Files that leave with a message, messages for later, and what providers tell of a message afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0080"
branch_labels = None
depends_on = None

CURRENT = "(select nullif(current_setting('zrg.workspace_id', true), '')::uuid)"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("outbound_message", sa.Column("is_scheduled", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    for name in ("delivery_told_at", "delivery_settled_at", "opened_at"):
        op.add_column("message", sa.Column(name, INSTANT, nullable=True))
    op.create_table(
        "message_fate",
        sa.Column("workspace_id", sa.Uuid(), sa.ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False), sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True), sa.Column("told_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "dedupe_key", "fate"))
    op.create_table(
        "outgoing_file",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("workspace_id", sa.Uuid(), sa.ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
        sa.Column("lead_id", sa.Uuid(), sa.ForeignKey("lead.id", ondelete="CASCADE"), nullable=False),
        sa.Column("outbound_id", sa.Uuid(), sa.ForeignKey("outbound_message.id", ondelete="SET NULL"), nullable=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("content_type", sa.Text(), server_default="", nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False), sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("uploaded_by", sa.Uuid(), sa.ForeignKey("app_user.id", ondelete="SET NULL"), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.text("now()"), nullable=False))
    # Files are compressed already; trying again would only cost time.
    op.execute("alter table outgoing_file alter column content set storage external")
    op.create_index("ix_outgoing_file_lead_id", "outgoing_file", ["lead_id"])
    op.create_index("outgoing_file_message", "outgoing_file", ["outbound_id"], postgresql_where=sa.text("outbound_id is not null"))
    op.create_index("outgoing_file_kept", "outgoing_file", ["created_at"], postgresql_where=sa.text("content is not null"))
    op.add_column("attachment", sa.Column("file_id", sa.Uuid(), sa.ForeignKey("outgoing_file.id", ondelete="SET NULL"),
                                          nullable=True))
    for table in ("message_fate", "outgoing_file"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_workspace on {table} to zrg_app "
                   f"using (workspace_id = {CURRENT}) with check (workspace_id = {CURRENT})")
        op.execute(f"create policy all_workspaces on {table} to zrg_system using (true) with check (true)")


def downgrade() -> None:
    op.drop_column("attachment", "file_id")
    op.drop_table("outgoing_file")
    op.drop_table("message_fate")
    for name in ("opened_at", "delivery_settled_at", "delivery_told_at"):
        op.drop_column("message", name)
    op.drop_column("outbound_message", "is_scheduled")
