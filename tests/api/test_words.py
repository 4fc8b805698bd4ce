"""Who may keep words half written over HTTP, and is anything written over on the way?"""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.state.inbox.people import wrote
from tests.state.visitor import signed_in
from tests.world import World
from zrg_app.api import errors, words
from zrg_app.kit import db
from zrg_app.services import access

HOME = {"origin": "https://inbox.example"}


@pytest.fixture
def browser(world: World) -> Iterator[TestClient]:
    """Mara's browser."""
    app = Starlette(routes=words.ROUTES, exception_handlers=errors.EXCEPTION_HANDLERS)
    with TestClient(app, base_url="https://inbox.example", headers=HOME) as client:
        client.cookies.set("zrg_session", signed_in(world.mara))
        yield client


def put(browser: TestClient, world: World, lead_id: object, body: object = "Hi", seen: str = "", **more: str):
    """Keep words as kept_words.js does."""
    return browser.put("/api/words", params={"clientId": str(world.acme), "leadId": str(lead_id)},
                       json={"channel": "email", "base": "", "body": body, "seen": seen}, **more)


def test_two_tabs_see_each_other(browser: TestClient, world: World) -> None:
    lead_id = wrote(world, "Dana")
    first = put(browser, world, lead_id, "One").json()["version"]
    second = put(browser, world, lead_id, "One, two", first).json()["version"]
    assert put(browser, world, lead_id, "Other", first).json()["other"]["body"] == "One, two"
    told, = browser.get("/api/words", params={"clientId": str(world.acme), "leadId": str(lead_id)}).json()["kept"]
    assert (told["channel"], told["body"], told["version"], told["answered_by"]) == ("email", "One, two", second, "")


def test_strangers_other_sites_other_workspaces_and_those_who_look_on_keep_nothing(browser: TestClient, world: World) -> None:
    lead_id = wrote(world, "Dana")
    assert put(browser, world, lead_id, headers={"origin": "https://evil.example"}).status_code == 403
    assert (put(browser, world, uuid4()).status_code, put(browser, world, "nonsense").status_code) == (404, 404)
    assert put(browser, world, lead_id, {"$ne": 1}).status_code == 422
    assert put(browser, world, lead_id, "a\x00b").status_code == 400
    with db.transaction(world.as_mara) as tx:
        access.add_member(tx, world.as_mara, world.nils, "CLIENT_PORTAL")
    for who, status in ((world.nils, 403), (None, 401)):
        browser.cookies.clear()
        if who:
            browser.cookies.set("zrg_session", signed_in(who))
        assert put(browser, world, lead_id).status_code == status
        assert browser.get("/api/words", params={"clientId": str(world.acme), "leadId": str(lead_id)}).status_code == status
