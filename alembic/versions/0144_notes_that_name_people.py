"""A note names people, and may be edited by who wrote it; old notifications are found by when they were read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0144"
down_revision = "0147"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("note", sa.Column("mentions", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False))
    op.add_column("note", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("notification_read", "notification", ["read_at"], postgresql_where=sa.text("read_at is not null"))


def downgrade() -> None:
    op.drop_index("notification_read", "notification")
    op.drop_column("note", "edited_at")
    op.drop_column("note", "mentions")
