"""Which tables let a setter see only their own leads, and does that cost everybody else nothing?"""

import psycopg
import pytest
from sqlalchemy import text

from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.scope import Scope, system
from zrg_app.models import TENANT_TABLES, metadata
from zrg_app.services.inbox import listing
from zrg_app.services.inbox.views import ListFilter
from zrg_app.services.leads import hanging

# These speak of no lead: people, settings, what is written about the company, and what the workspace as a whole did.
OF_NO_LEAD = {
    "api_token": "programs", "availability": "free times of our calendars", "campaign": "names of campaigns", "connection": "providers",
    "function_run": "runs of timers", "invitation": "people", "knowledge_asset": "the company", "knowledge_chunk": "the company",
    "label": "words of the workspace", "member": "people", "persona": "who speaks", "prompt_revision": "texts for the model",
    "provider_look": "when a provider was read", "reply_snippet": "words of ours", "saved_view": "filters", "sync_run": "numbers of a run",
    "workspace_settings": "settings"}
_POLICIES = text("select tablename from pg_policies where policyname = 'own_leads' and permissive = 'RESTRICTIVE' and roles = '{zrg_app}'")


def test_every_table_that_speaks_of_a_lead_is_limited_to_ones_own(database: str) -> None:
    with db.transaction(system("read the catalogue")) as tx:
        limited = set(tx.scalars(_POLICIES))
    assert {each.table for each in hanging.references()} <= limited
    left = set(TENANT_TABLES) - limited - set(OF_NO_LEAD)
    assert not left, f"Give {left} a restrictive policy own_leads as in migration 0147b, or say here why it speaks of no lead."
    assert not limited & set(OF_NO_LEAD)
    below = {name for name in TENANT_TABLES for key in metadata.tables[name].foreign_keys if key.column.table.name in ("message", "draft")}
    assert below <= limited


@pytest.fixture(scope="module")
def crowded(database_url: str):
    """Twenty thousand conversations of one workspace, committed, so that the planner has something to choose from."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("insert into app_user (id, email, name) select gen_random_uuid(), 'crowd' || n || '@x.example', 'C' "
                           "from generate_series(1, 10) n")
        (workspace,) = connection.execute("insert into workspace (id, name, owner_id) select gen_random_uuid(), 'Crowd', "
                                          "(select id from app_user limit 1) returning id").fetchone()
        connection.execute("insert into workspace_settings (workspace_id) values (%s)", (workspace,))
        connection.execute("insert into lead (id, workspace_id, first_name) select gen_random_uuid(), %s, 'F' || n "
                           "from generate_series(1, 20000) n", (workspace,))
        connection.execute("""
            insert into conversation (lead_id, workspace_id, channel, last_direction, last_message_at, unread_count, needs_reply,
                                      has_draft, done_at, snoozed_until, assignee_id)
            select l.id, l.workspace_id, 'email', 'inbound', now() - random() * interval '300 days', (random() < 0.05)::int,
                   random() < 0.05, random() < 0.05, case when random() < 0.5 then now() end,
                   case when random() < 0.05 then now() + interval '9 days' end, u.id
            from lead l left join (select id, row_number() over (order by id) as n from app_user where name = 'C') u
              on u.n = abs(hashtext(l.id::text)) %% 13 where l.workspace_id = %s""", (workspace,))
        connection.execute("vacuum analyze conversation, lead")
        (person,) = connection.execute("select assignee_id from conversation where assignee_id is not null limit 1").fetchone()
        yield workspace, person
        connection.execute("delete from workspace where id = %s", (workspace,))
        connection.execute("delete from app_user where name = 'C'")


def _plan(database_url: str, scope: Scope, wanted: ListFilter) -> str:
    """How the database finds the page of a list: the plan of its first step."""
    conditions, parameters = listing._conditions(scope, wanted, "")
    statement = "select lead_id from conversation where " + " and ".join(conditions) + (
        " order by last_message_at desc, lead_id desc limit 51")
    with db.transaction(scope) as tx:
        return "\n".join(line for (line,) in db.driver(tx).execute("explain (costs off) " + statement, parameters))


COVERED = {"all": "conversation_all", "reply": "conversation_reply", "drafts": "conversation_draft", "done": "conversation_done",
           "unread": "conversation_unread"}


def test_lists_are_read_as_they_were_without_the_policy_from_the_covering_index_alone(crowded, database_url: str, world: World) -> None:
    scope = Scope(actor=world.as_mara.actor, workspace_id=crowded[0])
    plans = {view: _plan(database_url, scope, ListFilter(view=view)) for view in (*COVERED, "open", "mine")}
    for view, index in COVERED.items():
        assert f"Index Only Scan using {index} on conversation" in plans[view] and "Sort" not in plans[view], plans[view]
    assert all("own_lead(" not in plan for plan in plans.values())
    with db.transaction(system("see the plans of before")) as tx:
        tx.execute(text("reset role"))
        tx.execute(text("drop policy own_leads on conversation"))
    for view, plan in plans.items():
        assert _scans(plan) == _scans(_plan(database_url, scope, ListFilter(view=view))), plan


def _scans(plan: str) -> list[str]:
    return [line.strip() for line in plan.splitlines() if "Scan" in line]


def test_who_sees_only_their_own_is_answered_by_the_index_of_assignees(crowded, database_url: str, world: World) -> None:
    workspace, person = crowded
    scope = Scope(actor=world.as_mara.actor, workspace_id=workspace, only_assigned_to=person)
    plan = _plan(database_url, scope, ListFilter(view="all"))
    assert "Index Only Scan using conversation_assignee on conversation" in plan and "assignee_id = " in plan, plan
