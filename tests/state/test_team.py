"""The Team tab: admins ask people in and take roles away; nobody else can, whatever a browser sends."""

import pytest

from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.kit.errors import Forbidden, Invalid, NotFound
from zrg_app.state import visits
from zrg_app.state.access.entry import EntryState
from zrg_app.state.access.team import TeamState


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


def team(world: World, user_id: object) -> TeamState:
    """The tab as this person has it in Acme Growth."""
    found = panel(TeamState, token=signed_in(user_id))
    found.workspace_id = str(world.acme)
    return found


async def test_the_owner_sees_people_invitations_and_tokens(world: World) -> None:
    tab = team(world, world.mara)
    await tab.invite("luis@agency.example", "SETTER")
    await tab.create_token("Reporting", "read")
    assert [member.name for member in tab.members] == ["Mara Reyes", "Ben Ortiz"]
    assert [(row.email, row.role) for row in tab.invitations] == [("luis@agency.example", "SETTER")]
    assert tab.tokens[0].last_four == tab.shown_token[-4:]
    assert tab.shown_link == "", "the link is for the mailbox, outside the sandbox"
    await tab.load()
    assert tab.shown_token == ""


async def test_roles_are_changed_and_taken_and_links_and_tokens_revoked(world: World) -> None:
    tab = team(world, world.mara)
    await tab.change_role(str(world.ben), "ADMIN")
    assert [member.role for member in tab.members] == ["OWNER", "ADMIN"]
    await tab.remove_member(str(world.ben))
    await tab.invite("luis@agency.example", "SETTER")
    await tab.create_token("", "write")
    await tab.revoke_invitation(tab.invitations[0].id)
    await tab.revoke_token(tab.tokens[0].id)
    assert (len(tab.members), tab.invitations, tab.tokens) == (1, [], [])


async def test_a_setter_can_do_none_of_it(world: World) -> None:
    tab = team(world, world.ben)
    for knock in (tab.load(), tab.invite("x@y.example", "ADMIN"), tab.change_role(str(world.ben), "ADMIN"),
                  tab.remove_member(str(world.ben)), tab.create_token("", "write")):
        with pytest.raises(Forbidden):
            await knock
    assert tab.members == []


async def test_hostile_arguments_get_a_sentence(world: World) -> None:
    tab = team(world, world.mara)
    for hostile in ("", None, {"id": str(world.ben)}, [], 7, "\x00", "x" * 9999):
        with pytest.raises(NotFound):
            await tab.remove_member(hostile)
        with pytest.raises(Invalid):
            await tab.invite(hostile, "SETTER")
        with pytest.raises(Invalid):
            await tab.change_role(str(world.ben), hostile)
        with pytest.raises(Invalid):
            await tab.create_token("n", hostile)


async def test_the_pages_before_the_login_read_only_what_their_link_says(world: World) -> None:
    page = panel(EntryState, url="/login?next=https://evil.example&error=<script>&notice=x&wait=99999")
    await page.open_login()
    assert (page.target, page.notice) == ("", "")
    assert page.error.startswith("Something went wrong")
    page = panel(EntryState, url="/login?error=too_many&wait=7&next=%2F%3Fview%3Dsettings")
    await page.open_login()
    assert (page.error, page.target) == ("Too many tries. Wait 7 minutes and try again.", "/?view=settings")
    gone = panel(EntryState, url="/invitation?invitation=made-up")
    await gone.open_invitation()
    assert gone.is_gone and "no longer valid" in gone.error


async def test_an_empty_product_leads_to_its_set_up_and_a_used_one_away_from_it(database: str) -> None:
    assert "/setup" in str(await panel(EntryState, url="/login").open_login())
    assert await panel(EntryState, url="/setup").open_set_up() is None


async def test_the_set_up_is_closed_once_somebody_exists(world: World) -> None:
    assert "/login" in str(await panel(EntryState, url="/setup").open_set_up())
    signed = panel(EntryState, token=signed_in(world.ben), url="/login?next=%2F%3FleadId%3D7")
    assert "/?leadId=7" in str(await signed.open_login())
