"""The pages before the login show what their link says in our words, and lead on who is signed in."""

import pytest

from tests.state.visitor import panel, signed_in
from tests.world import World
from zrg_app.state import visits
from zrg_app.state.access.entry import EntryState


@pytest.fixture(autouse=True)
def _forget_everybody() -> None:
    visits.forget()


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
