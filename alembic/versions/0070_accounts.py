"""A waiting message remembers the account it was written for; several workspaces may write to one Slack team."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0061"
branch_labels = None
depends_on = None

# An agency has one Slack team and a workspace per client.
_OWN = sa.text("provider <> 'slack'")
_MISMATCH = sa.text("reason = 'provider_mismatch'")


def upgrade() -> None:
    op.add_column("outbound_message", sa.Column("account", sa.Text(), nullable=True))
    op.drop_constraint("connection_external", "connection", type_="unique")
    op.create_index("connection_external", "connection", ["provider", "external_id"], unique=True, postgresql_where=_OWN)
    op.create_index("connection_shared", "connection", ["provider", "external_id"], postgresql_where=sa.text("provider = 'slack'"))
    # Settings counts them for a day; a busy workspace has very many other rows in that time.
    op.create_index("webhook_event_mismatch", "webhook_event", ["workspace_id", "received_at"], postgresql_where=_MISMATCH)


def downgrade() -> None:
    op.drop_index("webhook_event_mismatch", table_name="webhook_event")
    op.drop_index("connection_shared", table_name="connection")
    op.drop_index("connection_external", table_name="connection")
    op.create_unique_constraint("connection_external", "connection", ["provider", "external_id"])
    op.drop_column("outbound_message", "account")
