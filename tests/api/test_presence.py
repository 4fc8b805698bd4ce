"""Who may say where a tab is? The signed in, from our own pages, in a workspace of theirs; a client only looks."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.state.inbox.people import wrote
from tests.state.visitor import signed_in
from tests.world import World
from zrg_app.api import errors, presence
from zrg_app.kit import clock, db
from zrg_app.kit.scope import system
from zrg_app.services import access

HOME = {"origin": "https://inbox.example"}
TAB = "a1b2c3d4e5f6"


@pytest.fixture
def browser(world: World) -> Iterator[TestClient]:
    """Ben's browser."""
    app = Starlette(routes=presence.ROUTES, exception_handlers=errors.EXCEPTION_HANDLERS)
    with TestClient(app, base_url="https://inbox.example", headers=HOME) as client:
        client.cookies.set("zrg_session", signed_in(world.ben))
        yield client


def says(browser: TestClient, world: World, doing: str, lead: object = "", **more: str):
    """One word of a tab."""
    query = {"clientId": str(world.acme), "leadId": str(lead), "tab": TAB, "doing": doing} | more
    return browser.post("/api/presence", params=query)


def here(world: World) -> list[tuple[str, bool]]:
    with db.transaction(system("look for a test")) as tx:
        found = tx.execute(text("select u.name, typing_at is not null from presence p join app_user u on u.id = p.user_id"))
        return [tuple(row) for row in found]


def test_a_tab_looks_types_and_leaves(browser: TestClient, world: World) -> None:
    lead = wrote(world, "Dana")
    assert says(browser, world, "look", lead).json() == {"elsewhere": {}}
    assert here(world) == [("Ben Ortiz", False)]
    says(browser, world, "type", lead)
    assert here(world) == [("Ben Ortiz", True)]
    assert says(browser, world, "leave").status_code == 200
    assert here(world) == []


def test_strangers_other_sites_and_nonsense_are_refused(browser: TestClient, world: World) -> None:
    lead = wrote(world, "Dana")
    assert browser.post("/api/presence", headers={"origin": "https://evil.example"}).status_code == 403
    for hostile in ({"tab": ""}, {"tab": "a'; drop table"}):
        assert says(browser, world, "look", lead, **hostile).status_code == 422
    assert says(browser, world, "sing", lead).status_code == 422
    assert says(browser, world, "look", lead, clientId="nonsense").status_code == 404
    assert says(browser, world, "look", "nonsense").status_code == 200, "a conversation that is none is looking at the list"
    assert here(world) == []
    browser.cookies.clear()
    assert says(browser, world, "look", lead).json() == {"signed_out": True}
    browser.cookies.set("zrg_session", signed_in(world.nils))
    assert says(browser, world, "look", lead).status_code == 404
    assert here(world) == []


def test_a_client_looks_and_never_types(browser: TestClient, world: World) -> None:
    lead = wrote(world, "Dana")
    with db.transaction(world.as_mara) as tx:
        access.add_member(tx, world.as_mara, world.nils, "CLIENT_PORTAL")
    browser.cookies.clear()
    browser.cookies.set("zrg_session", signed_in(world.nils))
    assert says(browser, world, "type", lead).status_code == 403
    assert says(browser, world, "look", lead).status_code == 200
    assert here(world) == [("Nils Birch", False)]


def test_a_login_that_ended_says_nothing_any_more(browser: TestClient, world: World) -> None:
    lead = wrote(world, "Dana")
    says(browser, world, "look", lead)
    with db.transaction(system("end a login for a test")) as tx:
        tx.execute(text("update login_session set revoked_at = :now"), {"now": clock.now()})
    assert says(browser, world, "type", lead).json() == {"signed_out": True}
    assert here(world) == [("Ben Ortiz", False)], "what it said before fades by itself"
