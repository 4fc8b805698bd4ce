"""Search as functions that see past row-level security and check the workspace themselves.

Operators such as `like` and `@@` are not leakproof, so under a policy they cannot be index conditions: a search would
read the whole workspace. The functions run as the table owner and refuse any workspace but the transaction's own.
"""

from alembic import op

revision = "0050"
down_revision = "0003"
branch_labels = None
depends_on = None

OWN = "workspace = nullif(current_setting('zrg.workspace_id', true), '')::uuid"

# People: an exact address first, then word starts, then a bounded walk for fragments, then trigrams.
PEOPLE = f"""
create function search_people(workspace uuid, query text, n int) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  wanted text := lower(trim(query));
  words text := (select string_agg(quote_literal(w) || ':*', ' & ')
                 from regexp_split_to_table(lower(query), '[^[:alnum:]]+') w where w <> '');
  fragment text := '%' || replace(replace(replace(wanted, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
  found int := 0;
begin
  if not ({OWN}) or wanted = '' then return; end if;
  if position('@' in wanted) > 0 then
    return query select i.lead_id from lead_identity i where i.workspace_id = workspace and i.kind = 'email' and i.value = wanted;
    get diagnostics found = row_count;
    if found > 0 then return; end if;
  end if;
  return query with hits as materialized (
      select l.id from lead l where l.workspace_id = workspace
        and to_tsvector('simple', l.search_text) @@ to_tsquery('simple', words) limit 2000)
    select c.lead_id from conversation c join hits on hits.id = c.lead_id order by c.last_message_at desc limit n;
  get diagnostics found = row_count;
  if found > 0 or length(wanted) < 3 then return; end if;
  return query with hits as materialized (
      select l.id from lead l where l.workspace_id = workspace and l.search_text like fragment limit 2000)
    select c.lead_id from conversation c join hits on hits.id = c.lead_id order by c.last_message_at desc limit n;
end $$
"""

# Messages: the newest few hundred by time, then week by week through the bucketed index, newest first.
MESSAGES = f"""
create function search_messages(workspace uuid, query text, n int) returns table (lead_id uuid, message_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  tq tsquery := plainto_tsquery('simple', query);
  got int := 0; k int; week int; this_week bigint := message_bucket(workspace, now());
begin
  if not ({OWN}) or numnode(tq) = 0 then return; end if;
  for week in 0..103 loop
    return query select m.lead_id, m.id from message m
      where message_bucket(m.workspace_id, m.sent_at) = this_week - week and m.workspace_id = workspace
        and to_tsvector('simple', m.body) @@ tq order by m.sent_at desc limit n - got;
    get diagnostics k = row_count;
    got := got + k;
    exit when got >= n;
  end loop;
end $$
"""


def upgrade() -> None:
    op.execute(PEOPLE)
    op.execute(MESSAGES)
    for function in ("search_people(uuid, text, int)", "search_messages(uuid, text, int)"):
        op.execute(f"revoke all on function {function} from public")
        op.execute(f"grant execute on function {function} to zrg_app")


def downgrade() -> None:
    op.execute("drop function search_messages(uuid, text, int)")
    op.execute("drop function search_people(uuid, text, int)")
