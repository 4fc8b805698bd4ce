"""Sidebar numbers: deltas written by a trigger in the changing transaction, so no code path can forget them."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEYS = """
create function conversation_keys(c conversation) returns text[] language sql immutable parallel safe as $$
  select array_remove(array[
    'all',
    case when c.done_at is not null then 'done' end,
    case when c.snoozed_until is not null then 'snoozed' end,
    case when c.has_draft then 'drafts' end,
    case when c.unread_count > 0 then 'unread' end,
    case when c.needs_repair then 'repair' end,
    case when c.needs_reply and c.done_at is null and c.snoozed_until is null then 'reply' end,
    case when c.done_at is null and c.snoozed_until is null then 'sentiment:' || c.sentiment end,
    case when c.assignee_id is not null and c.done_at is null and c.snoozed_until is null then 'assignee:' || c.assignee_id end
  ], null)
$$
"""

TRIGGER = """
create function conversation_count() returns trigger language plpgsql as $$
declare gone text[] := '{}'; come text[] := '{}';
begin
  if tg_op <> 'INSERT' then gone := conversation_keys(old); end if;
  if tg_op <> 'DELETE' then come := conversation_keys(new); end if;
  if gone = come then return null; end if;
  -- A workspace that is being deleted takes its counters with it.
  if tg_op = 'DELETE' and not exists (select from workspace where id = old.workspace_id) then return null; end if;
  insert into inbox_count_delta (workspace_id, key, n)
    select coalesce(new.workspace_id, old.workspace_id), key, n from (
      select unnest(come) as key, 1 as n except all select unnest(gone), 1
    ) added
    union all
    select coalesce(new.workspace_id, old.workspace_id), key, -1 from (
      select unnest(gone) as key except all select unnest(come)
    ) removed;
  return null;
end $$
"""


def upgrade() -> None:
    op.execute(KEYS)
    op.execute(TRIGGER)
    op.execute("create trigger conversation_counted after insert or update or delete on conversation "
               "for each row execute function conversation_count()")


def downgrade() -> None:
    op.execute("drop trigger conversation_counted on conversation")
    op.execute("drop function conversation_count()")
    op.execute("drop function conversation_keys(conversation)")
