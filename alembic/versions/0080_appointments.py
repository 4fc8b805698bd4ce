"""Meetings of leads, as the calendars tell of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0080"
down_revision = "0070"
branch_labels = None
depends_on = None

CURRENT = "(select nullif(current_setting('zrg.workspace_id', true), '')::uuid)"
TEXTS = ("title", "calendar", "join_url", "cancel_url", "reschedule_url", "attendee_email", "attendee_name", "timezone",
         "cancelled_by", "cancel_reason", "replaces", "replaced_by")
MOMENTS = ("starts_at", "ends_at", "cancelled_at", "booked_at")


def upgrade() -> None:
    now = sa.text("now()")
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), server_default="", nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="confirmed", nullable=False),
        sa.Column("source", sa.Text(), server_default="WEBHOOK", nullable=False),
        *(sa.Column(name, sa.Text()) for name in TEXTS),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in MOMENTS),
        sa.Column("handles", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workspace_id", "provider", "external_id", name="appointment_once"))
    op.create_index("appointment_lead", "appointment", ["lead_id", "starts_at"])
    op.create_index("appointment_time", "appointment", ["workspace_id", "starts_at"])
    op.create_index("webhook_event_strangers", "webhook_event", ["received_at"],
                    postgresql_where=sa.text("status = 'IGNORED' and reason = 'lead_not_found'"))
    op.execute("alter table appointment enable row level security")
    own = f"workspace_id = {CURRENT}"
    op.execute(f"create policy own_workspace on appointment to zrg_app using ({own}) with check ({own})")
    op.execute("create policy all_workspaces on appointment to zrg_system using (true) with check (true)")


def downgrade() -> None:
    op.drop_index("webhook_event_strangers", table_name="webhook_event")
    op.drop_table("appointment")
