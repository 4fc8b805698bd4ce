"""The waiting jobs of a lead are looked through at every claim, so that they keep their order."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("background_job_lead_waiting", "background_job", ["lead_id"],
                    postgresql_where=sa.text("status = 'PENDING' and lead_id is not null"))


def downgrade() -> None:
    op.drop_index("background_job_lead_waiting", table_name="background_job")
