"""How many bytes does an event send? Counted from what the browser is told, with rows and messages of a real length."""

from datetime import timedelta

import pytest
from reflex.utils.format import json_dumps

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import arrive
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.models import Message
from zrg_app.services import workbench
from zrg_app.state import visits
from zrg_app.state.inbox.stretch import MOST
from zrg_app.state.inbox.thread import ThreadState

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
