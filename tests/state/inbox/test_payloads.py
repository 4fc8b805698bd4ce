"""How many bytes does an event send? Counted from what the browser is told, with rows and messages of a real length."""

from dataclasses import replace
from datetime import timedelta

import pytest
from reflex.utils.format import json_dumps

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import arrive
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.models import Conversation, Lead, Message
from zrg_app.services import inbox, workbench
from zrg_app.state import visits
from zrg_app.state.inbox import belonging
from zrg_app.state.inbox.filters import FilterState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.stretch import MOST
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.window import MOST as MOST_ROWS

WORDS = "Thanks for getting back to me. We had two vendors last quarter and both fell through, so I would like to see numbers first. "


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def clean(state) -> None:
    """What is there now has been sent."""
    state._get_root_state()._clean()


def sent(state) -> int:
    """Bytes of what the browser is told next."""
    return len(json_dumps(state._get_root_state().get_delta()).encode())


def say(world: World, lead_id, number: int, *, minutes_ago: int = 0) -> None:
    """One more message of a lead."""
    message_id = ids.new_id()
    with db.transaction(world.as_mara) as tx:
        tx.add(Message(id=message_id, workspace_id=world.acme, lead_id=lead_id, channel="email", direction="inbound",
                       provider="emailbison", dedupe_key=f"test:{message_id}", subject="Rates", body=f"{number}: {WORDS * 3}",
                       sent_at=clock.now() - timedelta(minutes=minutes_ago)))


async def test_a_thread_of_a_thousand_messages_is_read_in_pages_and_never_sent_whole(world: World) -> None:
    lead_id = wrote(world, "Dana", minutes_ago=5000)
    for number in range(420):
        say(world, lead_id, number, minutes_ago=2000 - number)
    thread = (await arrive(world, url=f"/?leadId={lead_id}"))(ThreadState)
    assert (len(thread.items), thread.has_earlier, thread.has_later) == (50, True, False)
    clean(thread)
    await thread.show_earlier()
    assert sent(thread) < 75_000
    while thread.has_earlier:
        await thread.show_earlier()
    assert (len(thread.items), len(thread.order), thread.has_later) == (MOST, MOST, True)
    assert thread.items[0].item.body_html.startswith("What does it cost?")
    clean(thread)
    say(world, lead_id, 421)
    with db.transaction(world.as_mara) as tx:
        thread._show(workbench.open_conversation(tx, world.as_mara, lead_id))
    assert sent(thread) == len("{}")
    while thread.has_later:
        await thread.show_later()
    assert (len(thread.items), thread.has_earlier) == (MOST, True)
    assert thread.items[-1].item.body_html.startswith("421: ")


async def test_a_new_message_at_the_end_of_a_long_thread_sends_itself_and_little_more(world: World) -> None:
    lead_id = wrote(world, "Dana", minutes_ago=5000)
    for number in range(120):
        say(world, lead_id, number, minutes_ago=2000 - number)
    thread = (await arrive(world, url=f"/?leadId={lead_id}"))(ThreadState)
    await thread.show_earlier()
    clean(thread)
    say(world, lead_id, 121)
    with db.transaction(world.as_mara) as tx:
        thread._show(workbench.open_conversation(tx, world.as_mara, lead_id))
    assert len(thread.items) == 101
    assert sent(thread) < 2_500


async def test_the_newest_is_one_step_away_from_far_up(world: World) -> None:
    lead_id = wrote(world, "Dana", minutes_ago=5000)
    for number in range(400):
        say(world, lead_id, number, minutes_ago=2000 - number)
    thread = (await arrive(world, url=f"/?leadId={lead_id}"))(ThreadState)
    while thread.has_earlier:
        await thread.show_earlier()
    await thread.show_newest()
    assert (len(thread.items), thread.has_later, thread.has_earlier) == (50, False, True)
    assert thread.items[-1].item.body_html.startswith("399: ")


def list_of(world: World, number: int) -> None:
    """So many conversations with words of the usual length."""
    with db.transaction(world.as_mara) as tx:
        for place in range(number):
            lead_id, at = ids.new_id(), clock.now() - timedelta(minutes=place + 1)
            tx.add(Lead(id=lead_id, workspace_id=world.acme, first_name="Bartholomew", last_name=f"Kessler{place}",
                        company="Northwind Freight and Logistics", email=f"lead{place}@northwind.example"))
            tx.flush()
            tx.add(Conversation(lead_id=lead_id, workspace_id=world.acme, channel="email", subject="Re: A question about your second plan",
                                snippet=WORDS[:120], last_message_at=at, last_direction="inbound", needs_reply=True, unread_count=1,
                                sentiment="Information Requested", assignee_id=world.ben))


async def test_a_list_sends_its_page_and_each_next_page_itself_only(world: World) -> None:
    list_of(world, 420)
    rows = (await arrive(world))(RowsState)
    filters = rows._get_root_state().get_substate(FilterState.get_full_name().split("."))
    clean(rows)
    await filters.choose_view("all")
    assert len(rows.rows) == 50
    assert sent(rows) < 40_000
    while rows.has_more:
        clean(rows)
        await rows.load_more()
        assert sent(rows) < 40_000
    assert (len(rows.rows), rows.above, rows.has_before) == (MOST_ROWS, 420 - MOST_ROWS, True)
    last = rows.rows[-1].name
    while rows.has_before:
        clean(rows)
        await rows.load_before()
        assert sent(rows) < 40_000
    assert (len(rows.rows), rows.above, rows.has_more) == (MOST_ROWS, 0, True)
    assert (rows.rows[0].name, last) == ("Bartholomew Kessler0", "Bartholomew Kessler419")


async def test_an_event_that_changes_one_row_sends_that_row(world: World) -> None:
    list_of(world, 300)
    rows = (await arrive(world))(RowsState)
    while rows.has_more:
        await rows.load_more()
    clean(rows)
    rows._put(belonging.replaced(rows.rows, replace(rows.rows[170], unread_count=0)))
    assert 0 < sent(rows) < 1_000
    clean(rows)
    lead_id = wrote(world, "Dana")
    with db.transaction(world.as_mara) as tx:
        row, counts = inbox.one_row(tx, world.as_mara, lead_id), inbox.counts(tx, world.as_mara)
    rows._put(belonging.merged(rows.rows, row, rows._asked, str(world.mara), kept="", has_more=False))
    rows._count(counts)
    assert rows.rows[0].name == "Dana Kessler"
    assert 0 < sent(rows) < 4_000
    clean(rows)
    moved = replace(rows.rows[200], last_message_at=clock.now().isoformat(), snippet="Just now.")
    rows._put(belonging.merged(rows.rows, moved, rows._asked, str(world.mara), kept="", has_more=False))
    assert rows.rows[0].snippet == "Just now."
    assert 0 < sent(rows) < 4_000


async def test_a_list_read_again_keeps_its_place_and_sends_no_row_that_is_the_same(world: World) -> None:
    list_of(world, 420)
    rows = (await arrive(world))(RowsState)
    while rows.has_more:
        await rows.load_more()
    before = rows.rows
    clean(rows)
    await rows.retry()
    assert rows.rows == before
    assert sent(rows) < 200
    await rows.show_first()
    assert (len(rows.rows), rows.has_before, rows.above) == (50, False, 0)
