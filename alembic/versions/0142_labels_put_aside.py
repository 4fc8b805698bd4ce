"""A label that was deleted can come back with everything it was on; its name is free for another meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0142"
down_revision = "0144"
branch_labels = None
depends_on = None

NAME = ["workspace_id", sa.text("lower(name)")]


def upgrade() -> None:
    op.add_column("label", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("label_once", "label")
    op.create_index("label_once", "label", NAME, unique=True, postgresql_where=sa.text("deleted_at is null"))


def downgrade() -> None:
    op.execute("delete from label where deleted_at is not null")
    op.drop_index("label_once", "label")
    op.create_index("label_once", "label", NAME, unique=True)
    op.drop_column("label", "deleted_at")
