"""Programs ask for conversations changed since an instant."""

from alembic import op

revision = "0051"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("conversation_updated", "conversation", ["workspace_id", "updated_at"])


def downgrade() -> None:
    op.drop_index("conversation_updated", table_name="conversation")
