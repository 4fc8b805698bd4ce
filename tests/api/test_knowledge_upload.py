"""A file becomes knowledge through one door: for admins, from our own pages, within 12 MB."""

from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.state.visitor import signed_in
from tests.world import World
from zrg_app.api import errors
from zrg_app.api import knowledge as door
from zrg_app.kit import db
from zrg_app.services import knowledge
from zrg_app.services.jobs.run import run_ready

HOME = {"origin": "https://inbox.example"}


@pytest.fixture
def browser(world: World) -> Iterator[TestClient]:
    """Mara's browser."""
    app = Starlette(routes=door.ROUTES, exception_handlers=errors.EXCEPTION_HANDLERS)
    with TestClient(app, base_url="https://inbox.example", headers=HOME) as client:
        client.cookies.set("zrg_session", signed_in(world.mara))
        yield client


def bring(browser: TestClient, world: World, name: str, content: bytes, **more: object) -> httpx.Response:
    """Upload a file as the page does."""
    return browser.post("/api/knowledge/files", params={"clientId": str(world.acme), "name": name}, content=content, **more)


def test_a_file_is_taken_in_and_read_by_a_job(browser: TestClient, world: World) -> None:
    answer = bring(browser, world, "../prices.md", b"Starter costs 900.")
    assert answer.status_code == 200 and answer.json()["id"]
    run_ready()
    with db.transaction(world.as_mara) as tx:
        asset, = knowledge.assets(tx, world.as_mara)
        assert (asset.name, asset.kind, asset.status) == ("prices.md", "file", "ready")


def test_what_is_not_read_is_refused_with_a_sentence(browser: TestClient, world: World) -> None:
    assert "not a kind we read" in bring(browser, world, "run.exe", b"MZ").json()["error"]["message"]
    assert "empty" in bring(browser, world, "a.pdf", b"").json()["error"]["message"]
    assert bring(browser, world, "a.pdf", b"a" * (knowledge.MOST_BYTES + 1)).status_code == 413
    assert bring(browser, world, "", b"x").status_code == 422


def test_only_admins_of_the_workspace_on_our_own_pages_bring_files(browser: TestClient, world: World) -> None:
    assert bring(browser, world, "a.md", b"x", headers={"origin": "https://evil.example"}).status_code == 403
    browser.cookies.set("zrg_session", signed_in(world.ben))
    assert bring(browser, world, "a.md", b"x").status_code == 403
    browser.cookies.set("zrg_session", signed_in(world.nils))
    assert bring(browser, world, "a.md", b"x").status_code == 404
    browser.cookies.clear()
    assert bring(browser, world, "a.md", b"x").status_code == 401
    with db.transaction(world.as_mara) as tx:
        assert knowledge.assets(tx, world.as_mara) == ()
