"""Search finds subjects, and what begins like the last word: "pric" finds pricing.

Beside it stands the small index of words that are kept but not sent, by person: the list marks their conversations.

No table is rewritten: one small index over subjects is built, and the functions are exchanged. An index gathers all words that begin
alike anew for each week it looks into. So it is asked for beginnings of three signs and more ("sought"); shorter ones after other
words are held against what those found ("rest"). In messages beginnings count for half a year, older ones are found by whole words.
"""

import sqlalchemy as sa
from alembic import op

revision = "0148"
down_revision = "0147c"
branch_labels = None
depends_on = None

OWN = "workspace = nullif(current_setting('zrg.workspace_id', true), '')::uuid"
ME = "nullif(current_setting('zrg.only_assigned_to', true), '')::uuid"

BEGUN = r"""
create function word_begun(word text) returns text
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select '''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':*'
$$
"""
WORDS = r"""
create function search_words(query text, out sought tsquery, out rest tsquery)
language plpgsql immutable parallel safe set search_path = public, pg_temp as $$
declare
  tail text := substring(trim(query) from '\S+$');
  head tsquery := plainto_tsquery('simple', left(trim(query), -length(tail)));
  parts text[] := tsvector_to_array(to_tsvector('simple', tail));
  begun text := (select string_agg(word_begun(part), ' & ') from unnest(parts) part where length(part) >= 3);
begin
  sought := plainto_tsquery('simple', query);
  if begun is not null then
    sought := head && begun::tsquery;
  elsif numnode(head) > 0 and cardinality(parts) > 0 then
    sought := head;
    rest := (select string_agg(word_begun(part), ' & ') from unnest(parts) part)::tsquery;
  end if;
end $$
"""

# The newest of those found; where thousands are (the subject of a campaign), the newest conversations are gone through instead.
SUBJECTS = f"""
create function search_subjects(workspace uuid, query text, n int) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  tq tsquery; rest tsquery; hits uuid[];
begin
  select w.sought, w.rest into tq, rest from search_words(query) w;
  if ({OWN}) is not true or numnode(tq) = 0 then return; end if;
  hits := array(select c.lead_id from conversation c where c.workspace_id = workspace and c.subject is not null
      and to_tsvector('simple', c.subject) @@ tq and (rest is null or to_tsvector('simple', coalesce(c.subject, '')) @@ rest)
      and ({ME} is null or c.assignee_id = {ME}) limit 2001);
  if cardinality(hits) <= 2000 then
    return query select c.lead_id from conversation c where c.lead_id = any(hits) order by c.last_message_at desc limit n;
    return;
  end if;
  return query select c.lead_id from conversation c where c.workspace_id = workspace and coalesce(c.subject, '') <> ''
      and to_tsvector('simple', coalesce(c.subject, '')) @@ (case when rest is null then tq else tq && rest end)
      and ({ME} is null or c.assignee_id = {ME})
    order by c.last_message_at desc, c.lead_id desc limit n;
end $$
"""

MESSAGES = f"""
create or replace function search_messages(workspace uuid, query text, n int) returns table (lead_id uuid, message_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  tq tsquery := plainto_tsquery('simple', query);
  sought tsquery; rest tsquery;
  got int := 0; k int; week int; this_week bigint := message_bucket(workspace, now());
begin
  select w.sought, w.rest into sought, rest from search_words(query) w;
  if ({OWN}) is not true or numnode(tq) = 0 then return; end if;
  for week in 0..103 loop
    return query select m.lead_id, m.id from message m
      where message_bucket(m.workspace_id, m.sent_at) = this_week - week and m.workspace_id = workspace
        and to_tsvector('simple', m.body) @@ (case when week < 26 then sought else tq end) and ({ME} is null or own_lead(m.lead_id))
        and (rest is null or to_tsvector('simple', coalesce(m.body, '')) @@ rest) order by m.sent_at desc limit n - got;
    get diagnostics k = row_count;
    got := got + k;
    exit when got >= n;
  end loop;
end $$
"""
FORMER = MESSAGES
for new, old in (("  sought tsquery; rest tsquery;\n", ""),
                 ("  select w.sought, w.rest into sought, rest from search_words(query) w;\n", ""),
                 ("(case when week < 26 then sought else tq end)", "tq"),
                 ("\n        and (rest is null or to_tsvector('simple', coalesce(m.body, '')) @@ rest)", "")):
    FORMER = FORMER.replace(new, old)
SIGNATURE = "search_subjects(uuid, text, int)"


def upgrade() -> None:
    op.execute(BEGUN)
    op.execute(WORDS)
    op.execute("create index conversation_subject on conversation using gin (workspace_id, to_tsvector('simple', subject)) "
               "where subject is not null")
    op.create_index("kept_words_unsent", "kept_words", ["user_id", "workspace_id"], postgresql_include=["lead_id"],
                    postgresql_where=sa.text("body <> ''"))
    op.execute(SUBJECTS)
    op.execute(MESSAGES)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to zrg_app")


def downgrade() -> None:
    op.execute(FORMER)
    op.execute(f"drop function {SIGNATURE}")
    op.drop_index("kept_words_unsent", table_name="kept_words")
    op.drop_index("conversation_subject", table_name="conversation")
    op.execute("drop function search_words(text)")
    op.execute("drop function word_begun(text)")
