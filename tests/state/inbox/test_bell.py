"""The bell rings for whom it concerns, leads to the note, and its number goes down when it was looked at."""

import pytest

from tests.state.inbox.people import wrote
from tests.state.inbox.test_panels import arrive, run
from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Forbidden, NotFound
from zrg_app.services import access, inbox
from zrg_app.services.inbox import kept
from zrg_app.state import visits
from zrg_app.state.inbox.bulk import BulkState
from zrg_app.state.inbox.notes import NotesState, saved_words
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.shown import with_days
from zrg_app.state.inbox.station import StationState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState
from zrg_app.state.live_bells import parted, read_bells
from zrg_app.state.notifications import BellState
from zrg_app.state.session import SessionState
from zrg_app.state.watching import Watch


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def notes(of) -> list:
    """The notes of the open conversation."""
    return [shown.item for shown in of(ThreadState).items if shown.item.kind == "note"]


async def names_ben(world: World, lead, body: str = "@Ben Ortiz please call"):
    """Mara's inbox after she named Ben in a note."""
    mara = await arrive(world, url=f"/?leadId={lead}")
    await mara(StationState).save_note(body)
    return mara


async def test_a_page_arrives_with_the_bell_and_a_click_opens_the_conversation(world: World) -> None:
    lead = wrote(world, "Dana")
    await names_ben(world, lead)
    of = await arrive(world, who=world.ben)
    bell = of(BellState)
    assert (bell.unread, [item.what for item in bell.items]) == (1, ["Mara Reyes named you in a note"])
    await run(bell.go(bell.items[0].id))
    assert of(TurnState).open_lead_id == str(lead)
    assert (bell.unread, bell.items[0].is_unread) == (0, False)
    assert bell.items[0].note_id == notes(of)[0].id


async def test_from_another_page_the_bell_leads_to_the_inbox(world: World) -> None:
    lead = wrote(world, "Dana")
    await names_ben(world, lead)
    session = panel(SessionState, token=signed_in(world.ben), url="/settings?settingsTab=general")
    await session.load()
    bell = session._get_root_state().get_substate(BellState.get_full_name().split("."))
    steps = [step async for step in bell.go(bell.items[0].id)]
    assert f"leadId={lead}" in str(steps) and bell.unread == 0


async def test_looking_at_the_conversation_settles_what_was_told_of_it_and_of_no_other(world: World) -> None:
    dana, tomas = wrote(world, "Dana"), wrote(world, "Tomas")
    await names_ben(world, dana)
    await names_ben(world, tomas)
    bell = (await arrive(world, who=world.ben))(BellState)
    await bell.settle(str(dana))
    assert [(item.lead, item.is_unread) for item in bell.items] == [("Tomas Kessler", True), ("Dana Kessler", False)]
    await bell.settle_all()
    assert bell.unread == 0


async def test_nobody_opens_what_somebody_else_was_told(world: World) -> None:
    lead = wrote(world, "Dana")
    mara = await names_ben(world, lead)
    of = await arrive(world, who=world.ben)
    with pytest.raises(NotFound):
        await run(mara(BellState).go(of(BellState).items[0].id))
    await mara(BellState).settle_all()
    assert (await arrive(world, who=world.ben))(BellState).unread == 1


async def test_a_ring_is_told_to_the_tabs_of_that_person_only(world: World) -> None:
    lead = wrote(world, "Dana")
    tabs = {name: Watch(session=signed_in(who), workspace_id=str(world.acme)) for name, who in (("mara", world.mara), ("ben", world.ben))}
    await names_ben(world, lead)
    rest, rung = parted({str(world.acme): {"": {f"bell:{world.ben}"}, str(lead): {"thread"}}})
    assert (rest, rung) == ({str(world.acme): {str(lead): {"thread"}}}, {str(world.acme): {str(world.ben)}})
    assert {name: own.bell.unread for name, own in read_bells(tabs, rung).items()} == {"ben": 1}
    after_a_break = parted({str(world.acme): {"": {"bell", "list"}}})[1]
    assert {name: own.bell.unread for name, own in read_bells(tabs, after_a_break).items()} == {"mara": 0, "ben": 1}
    assert read_bells({"gone": Watch(session="nobody", workspace_id=str(world.acme))}, after_a_break) == {}


async def test_words_begun_are_marked_in_the_tabs_of_their_writer(world: World) -> None:
    lead = wrote(world, "Dana")
    of = await arrive(world)
    assert of(RowsState).unsent == ()
    with db.transaction(world.as_mara) as tx:
        kept.keep(tx, world.as_mara, lead, channel="email", base="", body="Hi", seen="")
    tabs = {name: Watch(session=signed_in(who), workspace_id=str(world.acme)) for name, who in (("mara", world.mara), ("ben", world.ben))}
    told = read_bells(tabs, {str(world.acme): {""}})
    assert (told["mara"].unsent, told["ben"].unsent) == ((str(lead),), ())
    assert (await arrive(world))(RowsState).unsent == (str(lead),)


async def test_a_note_is_edited_deleted_and_put_back_from_the_thread(world: World) -> None:
    of = await names_ben(world, wrote(world, "Dana"))
    note = notes(of)[0]
    assert (note.author_id, note.is_edited) == (str(world.mara), False)
    await of(NotesState).edit(note.id, "@Ben Ortiz please write")
    assert notes(of)[0].is_edited and "please write" in notes(of)[0].body
    await of(NotesState).delete(note.id)
    assert notes(of) == [] and (await arrive(world, who=world.ben))(BellState).unread == 0
    await of(NotesState).restore()
    assert [item.id for item in notes(of)] == [note.id]


async def test_nobody_else_and_no_client_changes_a_note(world: World) -> None:
    lead = wrote(world, "Dana")
    note = notes(await names_ben(world, lead))[0]
    with db.transaction(world.as_mara) as tx:
        access.add_member(tx, world.as_mara, world.nils, "CLIENT_PORTAL")
    for who in (world.ben, world.nils):
        of = await arrive(world, who=who, url=f"/?clientId={world.acme}&leadId={lead}")
        for attempt in (of(NotesState).edit(note.id, "Mine now"), of(NotesState).delete(note.id)):
            with pytest.raises(Forbidden):
                await attempt
    with db.transaction(world.as_mara) as tx:
        assert inbox.not_told(tx, world.as_mara, note.id) == ()


def test_it_is_said_who_was_named_without_being_told() -> None:
    assert saved_words(()) == "Note saved."
    assert saved_words(("Ben", "Ina")) == "Note saved. Ben and Ina may not see this conversation and were not told."


async def test_quiet_lines_without_anything_between_them_fold_but_for_the_last(world: World) -> None:
    lead = wrote(world, "Dana")
    of = await arrive(world, url=f"/?leadId={lead}")
    for person in (str(world.ben), str(world.mara), ""):
        await of(BulkState).assign(person, [])
    assert [shown.run_size for shown in of(ThreadState).items] == [0, 0, 0, 0], "two are read faster than opened"
    await of(BulkState).assign(str(world.ben), [])
    shown = of(ThreadState).items
    assert [one.run_size for one in shown] == [0, 3, 0, 0, 0]
    assert [one.run for one in shown] == ["", *[str(shown[1].item.id)] * 3, ""], "what was done just now stays in sight"
    await of(StationState).save_note("In between")
    await of(BulkState).assign(str(world.ben), [])
    assert [one.run_size for one in of(ThreadState).items] == [0, 3, 0, 0, 0, 0, 0]
    assert with_days(()) == ()
