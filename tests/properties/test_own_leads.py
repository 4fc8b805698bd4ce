"""Does a setter who sees only their own leads see exactly these, whatever is assigned to whom, through every way of reading?"""

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.models.test_row_level_security import _fill
from tests.properties.example import bounded, example
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope, system
from zrg_app.models import TENANT_TABLES, Attachment, Conversation, Draft, Label, Lead, LeadIdentity, LeadLabel, Message, Note
from zrg_app.services import drafting, inbox, knowledge, leads, meetings, sending, sync, workbench
from zrg_app.services.inbox.conditions import VIEWS
from zrg_app.services.inbox.exports import described
from zrg_app.services.inbox.views import ListFilter
from zrg_app.services.leads import hanging

UTC = ZoneInfo("UTC")
ATTACHED: dict[UUID, UUID] = {}
# Of these the other leads of the company are a part, and fewer of them are seen.
PERHAPS = {"ai_interaction", "audit_event", "background_job"}
WITH_OTHERS = {"conversation", "panel"}
PEOPLE = st.sampled_from(["ben", "mara", "nobody"])
# What of a lead each way of reading tells, asked one lead at a time; it raises NotFound or says nothing for somebody else's.
OF_ONE: dict[str, Callable[[Tx, Scope, UUID], object]] = {
    "conversation": workbench.open_conversation,
    "panel": leads.panel,
    "row": inbox.one_row,
    "thread": lambda tx, scope, lead: inbox.thread(tx, scope, lead, zone=UTC)[0],
    "timeline": lambda tx, scope, lead: inbox.timeline(tx, scope, lead, zone=UTC)[0],
    "draft": drafting.current,
    "ways": sending.ways,
    "memory": knowledge.memories,
    "meeting": meetings.current,
    "sync": sync.state_of,
    "living": lambda tx, scope, lead: leads.living(tx, lead),
    "file": lambda tx, scope, lead: inbox.attached(tx, scope, ATTACHED[lead]) if lead in ATTACHED else None,
    "export": lambda tx, scope, lead: described(tx, scope, [lead]),
}


def _own(world: World) -> Scope:
    """Ben, who sees only what is assigned to him."""
    return Scope(actor=world.as_ben.actor, workspace_id=world.acme, only_assigned_to=world.ben)


def _furnished(world: World, owners: list[str]) -> dict[UUID, str]:
    """Leads of these owners, each with one of what the inbox shows."""
    made, people = {}, {"ben": world.ben, "mara": world.mara, "nobody": None}
    with db.transaction(world.as_mara) as tx:
        label = Label(workspace_id=world.acme, name="Fair")
        tx.add(label)
        for number, owner in enumerate(owners):
            lead, message = ids.new_id(), ids.new_id()
            made[lead] = owner
            tx.add(Lead(id=lead, workspace_id=world.acme, first_name="Dana", last_name=f"K{number}", company="Northwind",
                        email=f"dana{number}@northwind.example"))
            tx.flush()
            tx.add_all([
                LeadIdentity(workspace_id=world.acme, lead_id=lead, kind="email", value=f"dana{number}@northwind.example"),
                Conversation(lead_id=lead, workspace_id=world.acme, channel="email", subject="An audit", snippet="",
                             last_message_at=clock.now(), last_direction="inbound",
                             needs_reply=number % 2 == 0, has_draft=True, unread_count=number % 3,
                             assignee_id=people[owner], done_at=clock.now() if number % 5 == 4 else None),
                Message(id=message, workspace_id=world.acme, lead_id=lead, channel="email", direction="inbound", provider="emailbison",
                        dedupe_key=f"own:{lead}", body="What is the pricing?", sent_at=clock.now()),
                Note(workspace_id=world.acme, lead_id=lead, body="Careful.")])
            tx.flush()
            ATTACHED[lead] = ids.new_id()
            tx.add_all([Attachment(id=ATTACHED[lead], workspace_id=world.acme, message_id=message, file_name="a.pdf", url="https://x.example/a.pdf"),
                        LeadLabel(workspace_id=world.acme, lead_id=lead, label_id=label.id),
                        Draft(workspace_id=world.acme, lead_id=lead, trigger_message_id=message, channel="email", status="pending",
                              body="Hi", original_body="Hi")])
    return made


def _says(tx: Tx, scope: Scope, read: Callable[[Tx, Scope, UUID], object], lead: UUID) -> object:
    try:
        return read(tx, scope, lead)
    except NotFound:
        return None


@settings(bounded, max_examples=10)
@given(owners=st.lists(PEOPLE, min_size=1, max_size=8))
def test_exactly_the_own_leads_are_seen_through_every_way_of_reading(database_url: str, owners: list[str]) -> None:
    with example() as world:
        made = _furnished(world, owners)
        mine = {lead for lead, owner in made.items() if owner == "ben"}
        with db.transaction(world.as_mara) as tx:
            told = {(name, lead): _says(tx, world.as_mara, read, lead) for name, read in OF_ONE.items() for lead in made}
            nothing = {name: _says(tx, world.as_mara, read, ids.new_id()) for name, read in OF_ONE.items()}
            lists = {view: _listed(tx, world.as_mara, ListFilter(view=view)) for view in VIEWS}
        scope = _own(world)
        with db.transaction(scope) as tx:
            for (name, lead), told_all in told.items():
                said = _says(tx, scope, OF_ONE[name], lead)
                assert said == (told_all if lead in mine else nothing[name]) or (name in WITH_OTHERS and lead in mine and said), name
            for view in set(VIEWS) - {"mine"}:
                assert _listed(tx, scope, ListFilter(view=view)) == [lead for lead in lists[view] if lead in mine], view
            for query in ("dana", "northwind", "pricing", "prici", "audit"):
                assert set(_listed(tx, scope, ListFilter(view="all", search=query))) == mine, query
            for number, lead in enumerate(made):
                found = _listed(tx, scope, ListFilter(view="all", search=f"dana{number}@northwind.example"))
                assert found == [lead] * (lead in mine)
            assert {row["lead_id"] for row in drafting.listing(tx, scope, status="pending")[0]} == mine
            for lead in mine:
                assert {UUID(one.lead_id) for one in leads.panel(tx, scope, lead).colleagues} <= mine - {lead}
                assert {UUID(one.lead_id) for one in leads.candidates(tx, scope, lead, query="dana")} <= mine - {lead}


@settings(bounded, max_examples=10)
@given(owners=st.lists(PEOPLE, max_size=8))
def test_the_numbers_are_those_of_the_lists(database_url: str, owners: list[str]) -> None:
    with example() as world:
        made = _furnished(world, owners)
        mine = sum(owner == "ben" for owner in made.values())
        scope = _own(world)
        with db.transaction(scope) as tx:
            numbers = inbox.counts(tx, scope)
            by_view = {"reply": numbers.needs_reply, "drafts": numbers.drafts, "mine": numbers.assigned_to_me, "done": numbers.done,
                       "unread": numbers.unread, "snoozed": numbers.snoozed, "all": numbers.everything}
            assert by_view == {view: len(_listed(tx, scope, ListFilter(view=view))) for view in by_view}
            assert sum(numbers.by_sentiment.values()) == len(_listed(tx, scope, ListFilter(view="open")))
        assert numbers.everything == mine
        with db.transaction(world.as_mara) as tx:
            assert inbox.counts(tx, world.as_mara).everything == len(owners)


@pytest.mark.parametrize("owner", ["ben", "mara", "nobody"])
def test_no_row_of_any_table_speaks_of_another_lead(world: World, owner: str) -> None:
    (lead,) = _furnished(world, [owner])
    known: dict[str, object] = {"workspace": world.acme, "app_user": world.mara, "lead": lead, "conversation": lead}
    with db.transaction(system("one row of everything for the lead")) as tx:
        for table in TENANT_TABLES:
            made_id = _fill(tx, table, world.acme, known)
            if table in PERHAPS:
                tx.execute(text(f"update {table} set lead_id = :lead where id = :id"), {"lead": lead, "id": made_id})
    with db.transaction(_own(world)) as tx:
        for each in hanging.references():
            column = "id" if each.table == "lead" else each.column
            seen = set(tx.scalars(text(f"select {column} from {each.table} where {column} is not null")))
            assert seen == ({lead} if owner == "ben" and column != "merged_into" else set()), f"{each.table}.{column}"
        for table in ("attachment", "draft_step"):
            assert bool(tx.scalar(text(f"select count(*) from {table}"))) == (owner == "ben"), table
        for table in ("webhook_event", "ai_trial", "inbox_count", "inbox_count_delta"):
            assert tx.scalar(text(f"select count(*) from {table}")) == 0, table


def _listed(tx: Tx, scope: Scope, wanted: ListFilter) -> list[UUID]:
    return [UUID(row.lead_id) for row in inbox.list_page(tx, scope, wanted).rows]
