"""Old model calls are found by their age; revisions of prompts are only ever added."""

from alembic import op

revision = "0133"
down_revision = "0132"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ai_interaction_age", "ai_interaction", ["created_at"])
    # A workspace that goes takes its revisions along, by the foreign key; nobody else rewrites history.
    op.execute("revoke update, delete on prompt_revision from zrg_app, zrg_system")


def downgrade() -> None:
    op.execute("grant update, delete on prompt_revision to zrg_app, zrg_system")
    op.drop_index("ai_interaction_age", "ai_interaction")
