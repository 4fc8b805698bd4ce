"""A time is offered once by a draft, whose lead may change when leads are merged; offers are found by their lead."""

from alembic import op

revision = "0131"
down_revision = "0130"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint("offered_time_once", "offered_time", type_="unique")
    op.create_unique_constraint("offered_time_once", "offered_time", ["draft_id", "starts_at"])
    op.create_index("offered_time_lead", "offered_time", ["lead_id", "offered_at"])


def downgrade() -> None:
    op.drop_index("offered_time_lead", "offered_time")
    op.drop_constraint("offered_time_once", "offered_time", type_="unique")
    op.create_unique_constraint("offered_time_once", "offered_time", ["lead_id", "starts_at", "draft_id"])
