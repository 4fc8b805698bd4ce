"""What is in the database of a product after a storm? Counted by SQL of our own, as the superuser, past every service."""

import re
from collections import Counter, defaultdict
from typing import Any

import psycopg
from psycopg.rows import dict_row

# Longer than a provider call can still be under way (`integrations/transport.py`: 20 s for an answer, 5 s to connect).
_LET_TIME_PASS = (
    """update outbound_message set attempted_at = attempted_at - interval '3 minutes'
       where status = 'sending' and attempted_at < now() - interval '27 seconds'""",
    "update outbound_message set not_before = now() where status = 'waiting' and not_before > now()",
    """update background_job set run_at = now()
       where status = 'PENDING' and run_at > now() and workspace_id is not null and created_at < now() - interval '1 second'""",
)
_OPEN = """
select (select count(*) from webhook_event where status = 'PENDING') as webhooks,
       (select count(*) from background_job where status in ('PENDING', 'RUNNING') and workspace_id is not null) as jobs,
       (select count(*) from outbound_message where status in ('waiting', 'sending', 'checking')) as sends,
       (select count(*) from draft where status = 'writing') as drafts
"""
WRONG_COUNTERS = """
with exact as (
  select workspace_id, key, count(*) as n from conversation, unnest(conversation_keys(conversation)) key group by 1, 2
), kept as (
  select workspace_id, key, sum(n) as n from (
    select workspace_id, key, n from inbox_count union all select workspace_id, key, n from inbox_count_delta) parts group by 1, 2
)
select key, exact.n as exact, kept.n as kept from exact full join kept using (workspace_id, key)
where coalesce(exact.n, 0) <> coalesce(kept.n, 0)
"""
WRONG_ROLL_UPS = """
select c.lead_id::text, c.message_count, c.unread_count, c.has_draft, told.* from conversation c cross join lateral (
  select count(*) as messages, count(*) filter (where direction = 'inbound') as inbound, max(sent_at) as newest,
         exists (select from draft d where d.lead_id = c.lead_id and d.status = 'pending') as waiting
  from message m where m.lead_id = c.lead_id) told
where (c.message_count, c.unread_count, c.last_message_at, c.has_draft) is distinct from (messages, inbound, newest, waiting)
"""
_COUNTERS = """
select key, sum(n)::int as n from (
  select key, n from inbox_count union all select key, n from inbox_count_delta) parts group by key having sum(n) <> 0
"""
_PLAIN = """
select count(*) as all, count(*) filter (where unread_count > 0) as unread,
       count(*) filter (where exists (select from draft d where d.lead_id = c.lead_id and d.status = 'pending')) as drafts
from conversation c
"""
_STATES = """
select 'ledger ' || status as what, count(*) as n from webhook_event group by 1
union all select 'job ' || kind || ' ' || status, count(*) from background_job where workspace_id is not null group by 1
union all select 'draft ' || status, count(*) from draft group by 1
union all select 'outbox ' || status, count(*) from outbound_message group by 1 order by 1
"""


class Reckoning:
    """Questions to the database of `database_url`."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of one query."""
        with psycopg.connect(self._url, autocommit=True, row_factory=dict_row) as connection:
            return connection.execute(query).fetchall()

    def let_time_pass(self) -> None:
        """Bring forward what only waits for minutes to pass, so that a test need not wait for them."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            for statement in _LET_TIME_PASS:
                connection.execute(statement)

    def still_open(self) -> dict[str, int]:
        """How much is not done yet, by kind; empty when all is."""
        return {what: n for what, n in self.rows(_OPEN)[0].items() if n}

    def states(self) -> dict[str, int]:
        """How many rows of the ledger, jobs, drafts and outbox are in which state."""
        return {row["what"]: row["n"] for row in self.rows(_STATES)}

    def ledger_rows(self) -> Counter[str]:
        """How many rows of the ledger hold each mark."""
        return Counter(mark for row in self.rows("select convert_from(body, 'UTF8') as body from webhook_event")
                       for mark in marks(row["body"]))

    def messages(self) -> Counter[str]:
        """How many received messages hold each mark."""
        return Counter(mark for row in self.rows("select body from message where direction = 'inbound'")
                       for mark in marks(row["body"]))

    def conversations(self) -> list[frozenset[str]]:
        """The marks of each conversation; a lead without one, or a conversation without messages, is an empty set."""
        found: dict[Any, set[str]] = defaultdict(set)
        for row in self.rows("select l.id, c.lead_id, m.body from lead l left join conversation c on c.lead_id = l.id "
                             "left join message m on m.lead_id = c.lead_id and m.direction = 'inbound'"):
            found[row["id"]] |= marks(row["body"] or "")
        return [frozenset(each) for each in found.values()]

    def newest_without_draft(self) -> list[dict[str, Any]]:
        """Leads whose newest reply has no draft that waits or was let go, with what became of it instead."""
        return self.rows("""
            select m.body, d.status, d.error, d.rejected_reason from (select distinct on (lead_id) id, lead_id, body from message
              where direction = 'inbound' order by lead_id, sent_at desc, id desc) m
            left join draft d on d.trigger_message_id = m.id
            where coalesce(d.status, '') not in ('pending', 'approved', 'sending')""")

    def approved(self) -> list[dict[str, Any]]:
        """Every message of the outbox with the text of the reply it answers, and how often it is in the thread."""
        return self.rows("""
            select o.id::text, o.draft_id::text, o.status, o.error_code, o.error, o.attempts, o.provider_message_id,
              told.body as reply, d.status as draft, (select count(*) from message m where m.outbound_id = o.id) as messages
            from outbound_message o join draft d on d.id = o.draft_id join message told on told.id = d.trigger_message_id""")

    def counters(self) -> tuple[dict[str, int], dict[str, int], list[dict[str, Any]]]:
        """The sidebar's numbers, a plain count of the same, and the keys that differ from an exact count."""
        kept = {row["key"]: row["n"] for row in self.rows(_COUNTERS)}
        return kept, self.rows(_PLAIN)[0], self.rows(WRONG_COUNTERS)

    def wrong_roll_ups(self) -> list[dict[str, Any]]:
        """Conversations whose list entry disagrees with their messages and drafts; nobody has read any of them."""
        return self.rows(WRONG_ROLL_UPS)

    def abandoned_jobs(self) -> list[dict[str, Any]]:
        """Jobs that count as running although nobody holds them, or that were given up."""
        return self.rows("""
            select kind, status, attempts, last_error from background_job
            where status = 'FAILED' and workspace_id is not null or status = 'RUNNING'
              and (locked_until is null or locked_by is null or locked_until < now() - interval '10 seconds')""")


def marks(text: str) -> set[str]:
    """The marks of letters in a text."""
    return set(re.findall(r"mark\d{4}", text))
