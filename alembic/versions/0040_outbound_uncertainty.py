"""How often a send's outcome was unknown, and how often the provider's history was read for it."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbound_message", sa.Column("uncertain", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("outbound_message", sa.Column("looks", sa.Integer(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    op.drop_column("outbound_message", "looks")
    op.drop_column("outbound_message", "uncertain")
