"""Workers announce themselves, so that enqueuing notifies only when somebody waits for it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0050"
branch_labels = None
depends_on = None

# PL/pgSQL takes a fresh snapshot per statement, after the enqueuer got its transaction id: a worker that begins to listen
# therefore knows which transactions cannot have seen it (scheduler/attention.py).
WAKE = """
create function wake_workers() returns void language plpgsql volatile as $$
begin
  if exists (select from job_worker where listening) then perform pg_notify('zrg_jobs', ''); end if;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "job_worker",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("listening", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("running", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        prefixes=["UNLOGGED"])
    op.execute(WAKE)
    op.add_column("background_job", sa.Column("deferrals", sa.Integer(), server_default=sa.text("0"), nullable=False))
    # Claims go lane by lane (queue and workspace), so the index over all workspaces is only a cost.
    op.drop_index("background_job_ready", table_name="background_job")


def downgrade() -> None:
    op.create_index("background_job_ready", "background_job", ["queue", "priority", "run_at", "id"],
                    postgresql_where=sa.text("status = 'PENDING'"))
    op.drop_column("background_job", "deferrals")
    op.execute("drop function wake_workers()")
    op.drop_table("job_worker")
