"""The panels act for their visitor: once, where they may, and on what they see."""

import pytest

from tests.state.inbox.people import wrote
from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from zrg_app.models import Conversation, OutboundMessage
from zrg_app.services import access
from zrg_app.state import visits
from zrg_app.state.inbox.bulk import BulkState
from zrg_app.state.inbox.frame import FrameState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.station import StationState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState
from zrg_app.state.inbox.undoing import UndoState

NONCE = "0123456789abcdef"


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


async def arrive(world: World, *, who=None, url: str = "/"):
    """The inbox of a visitor after its page has loaded; returns a function that gives its panels."""
    frame = panel(FrameState, token=signed_in(who or world.mara), url=url)
    await frame.load()
    return lambda state: frame._get_root_state().get_substate(state.get_full_name().split("."))


async def run(steps) -> None:
    """Run a handler that answers in steps to its end."""
    async for _ in steps:
        pass


def conversation(world: World, lead_id) -> Conversation:
    """The stored conversation of a lead."""
    with db.transaction(world.as_mara) as tx:
        return tx.get(Conversation, lead_id)


async def test_a_page_arrives_with_list_numbers_and_the_conversation_of_its_link(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi Dana")
    of = await arrive(world, url=f"/?view=inbox&leadId={lead}")
    assert [row.name for row in of(RowsState).rows] == ["Dana Kessler"]
    assert (of(RowsState).counts.needs_reply, of(RowsState).count) == (1, 1)
    assert of(ThreadState).lead.name == "Dana Kessler"
    assert (of(StationState).channel, of(StationState).draft.body) == ("email", "Hi Dana")
    assert conversation(world, lead).unread_count == 0


async def test_a_link_that_names_only_a_draft_opens_its_conversation(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi Dana")
    draft = (await arrive(world, url=f"/?leadId={lead}"))(StationState).draft
    of = await arrive(world, url=f"/?view=inbox&draftId={draft.id}")
    assert of(TurnState).open_lead_id == str(lead)


async def test_opening_a_conversation_of_another_workspace_is_not_found(world: World) -> None:
    lead = wrote(world, "Dana")
    of = await arrive(world, who=world.nils)
    for hostile in (str(lead), "nonsense", {"$ne": 1}, None):
        with pytest.raises(NotFound):
            await run(of(TurnState).open(hostile))
    assert of(ThreadState).lead is None


async def test_done_opens_the_next_one_and_a_second_press_leaves_that_alone(world: World) -> None:
    leads = [str(wrote(world, name, minutes_ago=minutes)) for minutes, name in enumerate(("Ann", "Bob", "Cid"))]
    of = await arrive(world)
    turn = of(TurnState)
    await run(turn.open(leads[0]))
    await run(turn.finish(leads[0]))
    await run(turn.finish(leads[0]))
    assert turn.open_lead_id == leads[1]
    assert [row.lead_id for row in of(RowsState).rows] == leads[1:]
    assert [conversation(world, lead).done_at is not None for lead in leads] == [True, False, False]
    await of(UndoState).undo()
    assert turn.open_lead_id == leads[0]
    assert conversation(world, leads[0]).done_at is None


async def test_approving_twice_sends_once_and_an_older_edition_is_refused(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi Dana")
    of = await arrive(world, url=f"/?leadId={lead}")
    station = of(StationState)
    words = f"{lead}.email.{station.draft.id}.{station.draft.generation}"
    with pytest.raises(Conflict, match="rewritten"):
        await station.send("Hi", NONCE, f"{lead}.email.{station.draft.id}.99")
    await station.send("Hi Dana, gladly.", NONCE, words)
    await station.send("Hi Dana, gladly.", NONCE, words)
    assert station.pending.body == "Hi Dana, gladly."
    with db.transaction(world.as_mara) as tx:
        assert tx.query(OutboundMessage).count() == 1
    await station.undo_send()
    assert station.pending is None
    assert (station.draft.body, station.draft.state) == ("Hi Dana, gladly.", "pending")


async def test_an_answer_of_ones_own_is_sent_once_per_nonce(world: World) -> None:
    lead = wrote(world, "Dana")
    of = await arrive(world, url=f"/?leadId={lead}")
    for _ in range(3):
        await of(StationState).send("By hand", NONCE, f"{lead}.email.own")
    with db.transaction(world.as_mara) as tx:
        assert [row.body for row in tx.query(OutboundMessage)] == ["By hand"]


async def test_words_meant_for_another_conversation_are_not_sent(world: World) -> None:
    dana, omar = wrote(world, "Dana"), wrote(world, "Omar")
    of = await arrive(world, url=f"/?leadId={dana}")
    with pytest.raises(Conflict, match="Another conversation"):
        await of(StationState).send("Hello", NONCE, f"{omar}.email.own")


async def test_what_cannot_be_sent_is_refused_with_the_reason(world: World) -> None:
    lead = wrote(world, "Dana")
    of = await arrive(world, url=f"/?leadId={lead}")
    assert not next(way for way in of(StationState).ways if way.channel == "sms").possible
    with pytest.raises(Refused):
        await of(StationState).send("Hello", NONCE, f"{lead}.sms.own")
    with pytest.raises(Invalid, match="not an e-mail"):
        await of(StationState).add_cc("not an address")


async def test_words_written_for_the_former_tab_do_not_leave_after_turning_to_a_note(world: World) -> None:
    lead = wrote(world, "Dana")
    of = await arrive(world, url=f"/?leadId={lead}")
    await of(StationState).choose_channel("note")
    with pytest.raises(Conflict, match="was not sent"):
        await of(StationState).send("For the team only", NONCE, f"{lead}.email.own")
    assert of(StationState).pending is None


async def test_a_client_reads_and_changes_nothing(world: World) -> None:
    lead = wrote(world, "Dana", draft="Hi")
    with db.transaction(world.as_mara) as tx:
        access.add_member(tx, world.as_mara, world.nils, "CLIENT_PORTAL")
    of = await arrive(world, who=world.nils, url=f"/?clientId={world.acme}&leadId={lead}")
    assert of(ThreadState).lead.name == "Dana Kessler"
    assert not (of(FrameState).may_answer or of(FrameState).may_organise)
    station = of(StationState)
    for attempt in (station.send("Hi", NONCE, f"{lead}.email.own"), station.discard(), station.save_note("x"),
                    of(BulkState).unread([]), of(BulkState).assign("", []), run(of(TurnState).finish(str(lead)))):
        with pytest.raises(Forbidden):
            await attempt
    assert conversation(world, lead).unread_count == 1, "a client's look does not count as reading"


async def test_notes_labels_and_assignments_are_kept_and_shown(world: World) -> None:
    lead = wrote(world, "Dana")
    of = await arrive(world, url=f"/?leadId={lead}")
    await of(StationState).save_note("Call her")
    await of(BulkState).assign(str(world.ben), [])
    await of(BulkState).sentiment("Interested", [])
    assert of(ThreadState).lead.sentiment == "Interested"
    assert of(ThreadState).lead.owner == "Ben Ortiz"
    assert "Call her" in [shown.item.body for shown in of(ThreadState).items if shown.item.kind == "note"]
    with pytest.raises(Invalid):
        await of(BulkState).sentiment("Very happy", [])
