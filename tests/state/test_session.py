"""A page shows what is the visitor's own: signed out it leads to the login, and the link is kept."""

import pytest

from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Forbidden, NotFound, Unauthenticated
from zrg_app.kit.scope import Scope, system
from zrg_app.services import access
from zrg_app.services.access import Permission
from zrg_app.state import visits
from zrg_app.state.session import NOBODY, SessionState, login_path


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def whoami(tx: Tx, scope: Scope, *extra: str) -> tuple:
    """A service function that answers what it was given."""
    return scope.workspace_id, scope.actor.name, *extra


async def test_a_stranger_is_sent_to_the_login_with_the_way_back(world: World) -> None:
    session = panel(SessionState, url="/?view=settings&settingsTab=team")
    answer = await session.load()
    assert "/login?next=%2F%3Fview%3Dsettings%26settingsTab%3Dteam" in str(answer)
    assert session.person == NOBODY


def test_the_way_back_is_left_out_when_it_is_the_front_page() -> None:
    assert login_path("/", "") == "/login"


async def test_a_visitor_sees_their_own_workspaces_and_the_link_chooses(world: World) -> None:
    with db.transaction(system("second workspace")) as tx:
        access.add_member(tx, world.as_nils, world.mara, "SETTER")
    session = panel(SessionState, token=signed_in(world.mara), url=f"/?clientId={world.birch}")
    await session.load()
    assert [(option.name, option.role) for option in session.workspaces] == [("Acme Growth", "OWNER"), ("Birch Labs", "SETTER")]
    assert (session.workspace_id, session.workspace.role) == (str(world.birch), "SETTER")
    assert session.person.initials == "MR"


async def test_the_last_used_workspace_is_opened_when_the_link_names_none(world: World) -> None:
    with db.transaction(system("second workspace")) as tx:
        access.add_member(tx, world.as_nils, world.mara, "SETTER")
    session = panel(SessionState, token=signed_in(world.mara))
    session.last_workspace = str(world.birch)
    await session.load()
    assert session.workspace.name == "Birch Labs"


async def test_a_link_into_a_foreign_workspace_opens_the_first_own_one_and_says_so(world: World) -> None:
    session = panel(SessionState, token=signed_in(world.ben), url=f"/?clientId={world.birch}")
    assert "not shared with you" in str(await session.load())
    assert session.workspace_id == str(world.acme)


async def test_switching_to_a_foreign_workspace_or_to_nonsense_is_refused(world: World) -> None:
    session = panel(SessionState, token=signed_in(world.ben))
    await session.load()
    for hostile in (str(world.birch), {"id": str(world.acme)}, None, 7, ["x"], "'; drop table lead; --"):
        with pytest.raises(Forbidden):
            await session.switch_workspace(hostile)
    assert session.workspace_id == str(world.acme)


async def test_a_call_runs_in_the_visitors_workspace_and_name(world: World) -> None:
    session = panel(SessionState, token=signed_in(world.ben))
    await session.load()
    assert await session._call(whoami, "and more", permission=Permission.ANSWER) == (world.acme, "Ben Ortiz", "and more")


async def test_a_call_asks_for_the_permission(world: World) -> None:
    session = panel(SessionState, token=signed_in(world.ben))
    await session.load()
    with pytest.raises(Forbidden, match="manage members"):
        await session._call(whoami, permission=Permission.MANAGE_MEMBERS)


async def test_a_state_that_names_a_foreign_workspace_gets_nothing(world: World) -> None:
    session = panel(SessionState, token=signed_in(world.ben))
    for wrong in (str(world.birch), "nonsense", ""):
        session.workspace_id = wrong
        with pytest.raises(NotFound):
            await session._call(whoami, permission=Permission.READ_INBOX)


async def test_a_write_after_being_removed_is_refused_at_once(world: World) -> None:
    session = panel(SessionState, token=signed_in(world.ben))
    await session.load()
    await session._call(whoami, permission=Permission.READ_INBOX)
    with db.transaction(world.as_mara) as tx:
        access.remove_member(tx, world.as_mara, world.ben)
    with pytest.raises(NotFound):
        await session._call(whoami, permission=Permission.READ_INBOX, write=True)


async def test_a_write_after_logging_out_is_refused_at_once(world: World) -> None:
    token = signed_in(world.ben)
    session = panel(SessionState, token=token)
    await session.load()
    await session._call(whoami, permission=Permission.READ_INBOX)
    with db.transaction(system("log out")) as tx:
        access.close(tx, token)
    with pytest.raises(Unauthenticated):
        await session._call(whoami, permission=Permission.ANSWER, write=True)


async def test_a_websocket_opened_by_another_site_is_refused(world: World) -> None:
    session = panel(SessionState, token=signed_in(world.ben), origin="https://evil.example")
    with pytest.raises(Forbidden, match="another site"):
        await session._call(whoami, permission=Permission.READ_INBOX)


async def test_the_next_person_in_the_same_tab_finds_nothing_of_the_former(world: World) -> None:
    session = panel(SessionState, token=signed_in(world.mara))
    await session.load()
    again = panel(SessionState, token=signed_in(world.nils), root=session._get_root_state())
    await again.load()
    assert again.person.name == "Nils Birch"
    assert [option.name for option in again.workspaces] == ["Birch Labs"]
    gone = panel(SessionState, root=session._get_root_state())
    await gone.load()
    assert (gone.person, gone.workspaces, gone.workspace_id, gone.workspace.permissions) == (NOBODY, [], "", ())


async def test_a_setter_cannot_make_a_workspace_but_an_owner_can(world: World) -> None:
    setter = panel(SessionState, token=signed_in(world.ben))
    with pytest.raises(Forbidden):
        await setter.create_workspace("Mine")
    owner = panel(SessionState, token=signed_in(world.mara))
    await owner.create_workspace("Cedar Partners")
    assert (owner.workspace.name, owner.workspace.role) == ("Cedar Partners", "OWNER")


async def test_the_theme_is_kept_with_the_person(world: World) -> None:
    token = signed_in(world.mara)
    await panel(SessionState, token=token).choose_theme("dark")
    later = panel(SessionState, token=token)
    await later.load()
    assert later.person.theme == "dark"
