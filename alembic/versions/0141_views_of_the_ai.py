"""Views of what the AI sent and what it wants a person to look at: their marks, their numbers, and the indexes of views and sorts."""

import sqlalchemy as sa
from alembic import op

revision = "0141"
down_revision = "0140"
branch_labels = None
depends_on = None

REPAIR = "case when c.needs_repair then 'repair' end,"
AI = "\n    case when c.ai_sent then 'ai_sent' end,\n    case when c.ai_review then 'ai_review' end,"
COVERED = ["sentiment", "assignee_id", "channel", "unread_count", "has_draft"]
NEWEST = ["workspace_id", sa.text("last_message_at desc"), sa.text("lead_id desc")]
VIEWS = {"conversation_ai_sent": "ai_sent", "conversation_ai_review": "ai_review", "conversation_repair": "needs_repair"}
WAITS = "needs_reply and done_at is null and snoozed_until is null and last_inbound_at is not null"

SENT = """
update conversation c set ai_sent = true where exists (
  select from message m where m.lead_id = c.lead_id and m.channel = 'email' and m.sent_by = 'ai')
"""
REVIEW = """
update conversation c set ai_review = true where exists (
  select from draft d join auto_send_decision z on z.draft_id = d.id and z.generation = d.generation
  where d.lead_id = c.lead_id and d.status = 'pending' and not z.is_shadow
    and (z.action = 'needs_review' or z.outcome in ('held', 'failed')))
"""


def _replace(before: str, after: str) -> None:
    definition = op.get_bind().exec_driver_sql("select pg_get_functiondef('conversation_keys(conversation)'::regprocedure)").scalar_one()
    if before not in definition:
        raise RuntimeError("conversation_keys is not the one migration 0003 made.")
    op.get_bind().exec_driver_sql(definition.replace(before, after).replace("%", "%%"))


def upgrade() -> None:
    _replace(REPAIR, REPAIR + AI)
    # The trigger counts these changes like any other.
    op.execute(SENT)
    op.execute(REVIEW)
    for name, where in VIEWS.items():
        op.create_index(name, "conversation", NEWEST, postgresql_include=COVERED, postgresql_where=sa.text(where))
    op.create_index("conversation_waiting", "conversation", ["workspace_id", "last_inbound_at", "lead_id"],
                    postgresql_include=COVERED, postgresql_where=sa.text(WAITS))
    op.create_index("lead_campaign", "lead", ["workspace_id", "campaign_id"], postgresql_where=sa.text("campaign_id is not null"))


def downgrade() -> None:
    op.drop_index("lead_campaign", table_name="lead")
    for name in ("conversation_waiting", *reversed(VIEWS)):
        op.drop_index(name, table_name="conversation")
    op.execute("update conversation set ai_sent = false, ai_review = false where ai_sent or ai_review")
    _replace(REPAIR + AI, REPAIR)
