"""The people of the command palette: found by name, company and address, in the visitor's workspace only."""

from tests.state.inbox.people import wrote
from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.state import visits
from zrg_app.state.palette import PaletteState
from zrg_app.state.session import SessionState


async def palette_of(user_id) -> PaletteState:
    """The palette of somebody whose page has loaded."""
    visits.forget()
    session = panel(SessionState, token=signed_in(user_id))
    await session.load()
    return session._get_root_state().get_substate(PaletteState.get_full_name().split("."))


async def test_people_are_found_by_the_beginning_of_a_name_and_by_address(world: World) -> None:
    dana, _ = str(wrote(world, "Dana")), wrote(world, "Ann", minutes_ago=5)
    palette = await palette_of(world.mara)
    for wanted in ("dan", "Dana Kess", "dana@northwind.example", " DANA "):
        await palette.look_up(wanted)
        assert [person.lead_id for person in palette.found.people] == [dana]
        assert (palette.found.query, palette.found.workspace_id) == (wanted.strip(), str(world.acme))
    await palette.look_up("kessler")
    assert [person.name for person in palette.found.people] == ["Dana Kessler", "Ann Kessler"]
    assert palette.found.people[0].aside == "dana@northwind.example"


async def test_what_no_person_is_called_finds_nobody(world: World) -> None:
    wrote(world, "Dana")
    palette = await palette_of(world.mara)
    for wanted in ("zebra", "%", "'--", "\x00", "", "   ", "_" * 900):
        await palette.look_up(wanted)
        assert palette.found.people == ()


async def test_people_of_another_workspace_stay_there(world: World) -> None:
    wrote(world, "Dana")
    palette = await palette_of(world.nils)
    await palette.look_up("dana")
    assert palette.found.people == ()
    assert palette.found.workspace_id != str(world.acme)
