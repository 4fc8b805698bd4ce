"""Who may bring a file in, who may fetch one, and can a file ever do harm on its way out?"""

from collections.abc import Iterator
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.state.inbox.people import wrote
from tests.state.visitor import signed_in
from tests.world import World
from zrg_app.api import errors, files
from zrg_app.integrations import transport
from zrg_app.kit import db, ids
from zrg_app.models import Attachment
from zrg_app.services import sending

HOME = {"origin": "https://inbox.example"}


@pytest.fixture
def browser(world: World) -> Iterator[TestClient]:
    """Mara's browser."""
    app = Starlette(routes=files.ROUTES, exception_handlers=errors.EXCEPTION_HANDLERS)
    with TestClient(app, base_url="https://inbox.example", headers=HOME, follow_redirects=False) as client:
        client.cookies.set("zrg_session", signed_in(world.mara))
        yield client


def bring(browser: TestClient, world: World, lead_id: UUID, name: str = "offer.pdf", content: bytes = b"%PDF", **more: str):
    """Upload a file as the composer does."""
    return browser.post("/api/files", params={"clientId": str(world.acme), "leadId": str(lead_id), "name": name} | more, content=content)


def attach(world: World, lead_id: UUID, url: str, name: str = "page.html") -> UUID:
    """A file that came with the lead's message."""
    attachment_id = ids.new_id()
    with db.transaction(world.as_mara) as tx:
        message_id = tx.scalar(text("select id from message where lead_id = :lead"), {"lead": lead_id})
        tx.add(Attachment(id=attachment_id, workspace_id=world.acme, message_id=message_id, file_name=name, url=url))
    return attachment_id


def test_a_file_comes_in_and_goes_out_as_a_download(browser: TestClient, world: World) -> None:
    lead_id = wrote(world, "Dana")
    kept = bring(browser, world, lead_id, "../Angebot für Sie.html", b"<script>alert(1)</script>").json()
    assert (kept["name"], kept["size"]) == ("Angebot für Sie.html", "25 bytes")
    answer = browser.get(f"/api/files/{kept['id']}", params={"clientId": str(world.acme), "preview": "1"})
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''Angebot%20f%C3%BCr%20Sie.html"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_only_pictures_are_shown_in_place(browser: TestClient, world: World) -> None:
    kept = bring(browser, world, wrote(world, "Dana"), "plan.png", b"\x89PNG").json()
    where = f"/api/files/{kept['id']}?clientId={world.acme}"
    assert browser.get(where + "&preview=1").headers["content-disposition"].startswith("inline")
    assert browser.get(where).headers["content-disposition"].startswith("attachment")


def test_strangers_other_sites_other_workspaces_and_those_who_look_on_bring_nothing(browser: TestClient, world: World) -> None:
    lead_id = wrote(world, "Dana")
    assert browser.post("/api/files", headers={"origin": "https://evil.example"}, params={"clientId": str(world.acme)},
                        content=b"x").status_code == 403
    assert bring(browser, world, uuid4()).status_code == 404
    assert bring(browser, world, lead_id, leadId="nonsense").status_code == 404
    assert bring(browser, world, lead_id, clientId="nonsense").status_code == 404
    for who, status in ((world.nils, 404), (None, 401)):
        browser.cookies.clear()
        if who:
            browser.cookies.set("zrg_session", signed_in(who))
        assert bring(browser, world, lead_id).status_code == status
    with db.transaction(world.as_mara) as tx:
        assert tx.scalar(text("select count(*) from outgoing_file")) == 0


def test_hostile_uploads_get_a_clear_answer(browser: TestClient, world: World) -> None:
    lead_id = wrote(world, "Dana")
    assert bring(browser, world, lead_id, "a.exe").json()["error"]["message"].startswith("Mail systems throw")
    assert bring(browser, world, lead_id, content=b"").status_code == 422
    assert bring(browser, world, lead_id, "\x00\ud800".encode("utf-8", "replace").decode()).status_code == 200
    large = b"x" * (sending.files.MOST_BYTES + 1)
    assert browser.post("/api/files", params={"clientId": str(world.acme)}, content=large).status_code == 413


def test_a_file_of_the_provider_is_fetched_with_our_key_and_no_other_address_ever_is(browser: TestClient, world: World) -> None:
    lead_id, asked = wrote(world, "Dana"), []
    with db.transaction(world.as_mara) as tx:
        base = tx.scalar(text("select base_url from connection where provider = 'emailbison'")) or "https://dedi.emailbison.com"
    edge = httpx.MockTransport(lambda request: (asked.append(request), httpx.Response(200, content=b"<b>hi</b>"))[-1])
    with transport.through(edge):
        theirs = attach(world, lead_id, f"{base}/api/attachments/7")
        answer = browser.get(f"/api/attachments/{theirs}?clientId={world.acme}")
        assert (answer.content, answer.headers["content-type"]) == (b"<b>hi</b>", "application/octet-stream")
        for url in ("http://169.254.169.254/latest/meta-data", "http://localhost:5432/", "file:///etc/passwd", "https://u@evil.example/x",
                    f"{base}.evil.example/x".replace("https", "http")):
            assert browser.get(f"/api/attachments/{attach(world, lead_id, url)}?clientId={world.acme}").status_code == 404
        public = browser.get(f"/api/attachments/{attach(world, lead_id, 'https://cdn.example/a.png')}?clientId={world.acme}")
    assert (public.status_code, public.headers["location"]) == (302, "https://cdn.example/a.png")
    assert [str(request.url) for request in asked] == [f"{base}/api/attachments/7"]
    assert asked[0].headers["authorization"].startswith("Bearer ")


def test_a_file_for_a_provider_opens_by_its_address_alone_and_by_no_other(browser: TestClient, world: World) -> None:
    kept = bring(browser, world, wrote(world, "Dana"), "plan.jpg", b"\xff\xd8").json()
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update outgoing_file set outbound_id = null"))
        token = sending.files.token_of(UUID(kept["id"]))
    browser.cookies.clear()
    assert browser.get(f"/api/files/shared/{token}").content == b"\xff\xd8"
    for forged in ("x", token[:-2] + "zz", "a" * 5000):
        assert browser.get(f"/api/files/shared/{forged}").status_code == 404
