"""How fast are the inbox list, the sidebar numbers and the search in a large workspace?

`./zrg bench lists` (100,000 leads) or `./zrg bench lists --leads 1000000`. Fifty workspaces, the first holds 40 per cent. Every
figure stands beside the limit of the same run: an index-only scan of 50 ids.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import psycopg

from benchmarks.report import database, percentile, save, table
from zrg_app.kit import db
from zrg_app.kit.scope import Actor, Scope
from zrg_app.services.inbox import list_page
from zrg_app.services.inbox.counts import counts
from zrg_app.services.inbox.views import ListFilter

WORKSPACES = 50
ROUNDS = 200
_LIMIT = """
select lead_id from conversation where workspace_id = %s order by last_message_at desc, lead_id desc limit 50
"""
_PEOPLE = """
insert into app_user (id, email, name) select gen_random_uuid(), 'u' || n || '@x.example', 'User ' || n from generate_series(1, 10) n;
insert into workspace (id, name, owner_id)
  select gen_random_uuid(), 'Workspace ' || n, (select id from app_user limit 1) from generate_series(1, %(workspaces)s) n;
insert into workspace_settings (workspace_id) select id from workspace;
"""
_LEADS = """
create temp table place as select id, row_number() over (order by name) as n from workspace;
create temp table person as select id, row_number() over (order by email) as n from app_user;
insert into lead (id, workspace_id, first_name, last_name, email, company)
  select gen_random_uuid(), p.id, (array['Anna','Ben','Chen','Dana','Elif','Finn','Grace','Hugo','Ines','Jon'])[1 + s %% 10],
         (array['Adler','Brandt','Costa','Dube','Evans','Fischer','Gomez','Hansen','Ivanov','Jansen'])[1 + s / 10 %% 10] || s,
         'lead' || s || '@company' || s %% 5000 || '.example', 'Company ' || s %% 5000
  from generate_series(1, %(leads)s) s
  join place p on p.n = case when s %% 10 < 4 then 1 else 2 + s %% (%(workspaces)s - 1) end;
insert into conversation (lead_id, workspace_id, channel, subject, snippet, last_message_at, last_direction, last_inbound_at,
                          unread_count, needs_reply, has_draft, sentiment, assignee_id, done_at, message_count)
  select id, workspace_id, (array['email','sms','linkedin'])[1 + (r * 3)::int %% 3], 'Re: a question', 'Could you tell me more about it?',
         now() - r * interval '300 days', 'inbound', now() - r * interval '300 days', case when r < 0.1 then 1 else 0 end,
         r < 0.2, r < 0.05,
         (array['Interested','Information Requested','Not Interested','Out of Office','Follow Up','Neutral','Meeting Requested',
                'Blacklist'])[1 + (r * 7919)::int %% 8],
         (select id from person where n = 1 + (r * 104729)::int %% 12), case when r > 0.6 then now() end, %(messages)s
  from (select id, workspace_id, random() as r from lead) l;
insert into message (id, workspace_id, lead_id, channel, direction, provider, dedupe_key, body, sent_at)
  select gen_random_uuid(), l.workspace_id, l.id, 'email', 'inbound', 'emailbison', l.id || ':' || m,
         'Thanks for the note ' || m || '. We look at ' || (array['pricing','fleet','invoice','audit','payroll','roofing'])[1 + m %% 6]
         || ' word' || (random() * 300)::int || ' next quarter and would like to see numbers first.', now() - random() * interval '300 days'
  from lead l cross join generate_series(1, %(messages)s) m;
insert into inbox_count (workspace_id, key, n)
  select workspace_id, key, count(*) from conversation c cross join lateral unnest(conversation_keys(c)) key group by 1, 2;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Milliseconds of one question, and how its median compares with the limit's."""

    name: str
    p50: float
    p95: float
    p99: float
    ratio: float


def load(url: str, *, leads: int, messages: int) -> None:
    """Fill an empty, migrated database. The counter trigger is off while loading; its sums are written at the end."""
    amounts = {"workspaces": WORKSPACES, "leads": leads, "messages": messages}
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("set maintenance_work_mem = '512MB'")
        connection.execute(_PEOPLE, amounts)
        connection.execute(_LEADS, amounts)
        connection.execute("vacuum analyze")


def questions(scope: Scope, person: UUID) -> dict[str, Callable[[db.Tx], object]]:
    """What is asked of the inbox, by name."""
    far = [""]

    def page(name: str, after: str = "", **wanted: object) -> Callable[[db.Tx], object]:
        return lambda tx: list_page(tx, scope, ListFilter(**{"view": "all", **wanted}), after=after)

    with db.transaction(scope) as tx:
        for _ in range(1000):
            found = list_page(tx, scope, ListFilter(view="all"), after=far[0])
            if not found.next_cursor:
                break
            far[0] = found.next_cursor
    return {
        "page 1": page("page 1"), "page 1,000": page("page 1,000", after=far[0]), "needs a reply": page("reply", view="reply"),
        "drafts": page("drafts", view="drafts"), "done": page("done", view="done"), "unread": page("unread", unread=True),
        "one sentiment": page("sentiment", sentiments=("Interested",)),
        "three sentiments": page("sentiments", sentiments=("Interested", "Neutral", "Follow Up")),
        "assignee": page("assignee", assignee_id=str(person)), "one channel": page("channel", channels=("sms",)),
        "four filters": page("four", unread=True, channels=("sms",), sentiments=("Interested",), assignee_id=str(person)),
        "no hits": page("none", sentiments=("Objection",)),
        "sidebar numbers": lambda tx: counts(tx, scope),
        "search a name": page("name", search="anna"), "search a surname": page("surname", search="brandt4"),
        "search an address": page("address", search="lead4@company4.example"),
        "search a fragment": page("fragment", search="ompany 123"), "search message words": page("words", search="payroll word7"),
        "search a beginning of a word": page("beginning", search="payr"), "search a rare beginning": page("rare", search="payroll word29"),
        "search a subject of everybody": page("subject", search="a questi"),
        "search words nobody wrote": page("nobody", search="zebra cros"),
    }


def measure(ask: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each round after three that warm up, sorted."""
    taken = []
    for number in range(rounds + 3):
        started = time.perf_counter()
        ask()
        if number >= 3:
            taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)


def run(leads: int, messages: int) -> list[Figure]:
    """Load, ask everything, and return the figures; the first is the limit."""
    with database("lists") as url:
        started = time.perf_counter()
        load(url, leads=leads, messages=messages)
        print(f"loaded {leads:,} leads and {leads * messages:,} messages in {time.perf_counter() - started:.0f} s")
        with psycopg.connect(url) as connection:
            workspace = connection.execute("select id from workspace where name = 'Workspace 1'").fetchone()[0]
            person = connection.execute("select id from app_user order by email limit 1").fetchone()[0]
        scope = Scope(actor=Actor(kind="user", name="Bench", id=person), workspace_id=workspace)
        with db.transaction(scope) as tx:
            connection = db.driver(tx)
            limit = measure(lambda: connection.execute(_LIMIT, (workspace,)).fetchall())
            base = statistics.median(limit)
            figures = [_figure("limit: index scan of 50 ids", limit, base)]
            figures += [_figure(name, measure(lambda ask=ask: ask(tx)), base) for name, ask in questions(scope, person).items()]
    return figures


def _figure(name: str, taken: list[float], base: float) -> Figure:
    middle = statistics.median(taken)
    return Figure(name=name, p50=middle, p95=percentile(taken, 95), p99=percentile(taken, 99), ratio=middle / base)


def main() -> None:
    """Run for the asked-for size and print the table."""
    parser = argparse.ArgumentParser(prog="zrg bench lists")
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--messages-per-lead", type=int, default=10)
    options = parser.parse_args()
    figures = run(options.leads, options.messages_per_lead)
    rows = [(one.name, f"{one.p50:.2f}", f"{one.p95:.2f}", f"{one.p99:.2f}", f"{one.ratio:.1f}") for one in figures]
    title = f"Lists at {options.leads:,} leads, {options.leads * options.messages_per_lead:,} messages (ms, through the service)"
    save("lists", title, table(("question", "p50", "p95", "p99", "times the limit"), rows))


if __name__ == "__main__":
    main()
