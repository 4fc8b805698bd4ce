"""When a colleague was last here: told of members of one's own workspace only, without a right to read anybody's sessions."""

from alembic import op

revision = "0147c"
down_revision = "0147b"
branch_labels = None
depends_on = None

LAST_SEEN = """
create function last_seen(person uuid) returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select max(s.last_seen_at) from login_session s, (select nullif(current_setting('zrg.workspace_id', true), '')::uuid as id) here
  where s.user_id = person and (exists (select from workspace w where w.id = here.id and w.owner_id = person)
    or exists (select from member m where m.workspace_id = here.id and m.user_id = person))
$$
"""


def upgrade() -> None:
    op.execute(LAST_SEEN)
    op.execute("revoke all on function last_seen(uuid) from public")
    op.execute("grant execute on function last_seen(uuid) to zrg_app")


def downgrade() -> None:
    op.execute("drop function last_seen(uuid)")
