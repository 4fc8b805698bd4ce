"""When each conversation was read back from its providers, runs over all of them, and how far providers were looked through."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0090"
branch_labels = None
depends_on = None

TABLES = ("lead_sync", "sync_run", "provider_look")
CURRENT = "(select nullif(current_setting('zrg.workspace_id', true), '')::uuid)"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "lead_sync",
        sa.Column("lead_id", sa.Uuid(), sa.ForeignKey("lead.id", ondelete="CASCADE"), primary_key=True),
        _workspace(), sa.Column("job_id", sa.Uuid()), sa.Column("requested_at", moment), sa.Column("synced_at", moment),
        _number("imported"), _number("healed"), sa.Column("error", sa.Text()))
    op.create_table(
        "sync_run",
        sa.Column("id", sa.Uuid(), primary_key=True), _workspace(),
        sa.Column("status", sa.Text(), server_default="running", nullable=False),
        _number("total"), _number("asked"), _number("failed"),
        sa.Column("last_lead_id", sa.Uuid()), sa.Column("until_lead_id", sa.Uuid()),
        sa.Column("page", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("started_by", sa.Text(), server_default="", nullable=False),
        sa.Column("started_at", moment, server_default=sa.text("now()"), nullable=False), sa.Column("finished_at", moment))
    op.create_index("sync_run_recent", "sync_run", ["workspace_id", "started_at"])
    op.create_index("sync_run_one", "sync_run", ["workspace_id"], unique=True, postgresql_where=sa.text("status = 'running'"))
    op.create_table(
        "provider_look",
        _workspace(), sa.Column("provider", sa.Text(), nullable=False), sa.Column("looked_until", moment),
        sa.Column("looked_at", moment), _number("recovered"), sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("workspace_id", "provider"))
    op.create_index("webhook_event_recovered", "webhook_event", ["workspace_id", "received_at"],
                    postgresql_where=sa.text("recovered"))
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy own_workspace on {table} to zrg_app "
                   f"using (workspace_id = {CURRENT}) with check (workspace_id = {CURRENT})")
        op.execute(f"create policy all_workspaces on {table} to zrg_system using (true) with check (true)")


def downgrade() -> None:
    op.drop_index("webhook_event_recovered", "webhook_event")
    for table in TABLES:
        op.drop_table(table)


def _workspace() -> sa.Column:
    return sa.Column("workspace_id", sa.Uuid(), sa.ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)
