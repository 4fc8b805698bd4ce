"""Programs read and approve what their token's workspace holds, and nothing else."""

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.world import World
from zrg_app.api import errors, inbox_read, openapi, v1
from zrg_app.kit import clock, db, ids
from zrg_app.kit.scope import Scope
from zrg_app.models import Conversation, Draft, Lead, Message
from zrg_app.services import access


@pytest.fixture
def program() -> Iterator[TestClient]:
    app = Starlette(routes=[*v1.ROUTES, *inbox_read.ROUTES], exception_handlers=errors.EXCEPTION_HANDLERS)
    with TestClient(app, base_url="https://inbox.example") as client:
        yield client


def bearer(scope: Scope, kind: str = "read") -> dict[str, str]:
    with db.transaction(scope) as tx:
        return {"Authorization": f"Bearer {access.create_token(tx, scope, kind, name='a program').token}"}


def conversations(world: World, how_many: int) -> list[str]:
    """That many conversations of Acme, the first the newest."""
    made = []
    with db.transaction(world.as_mara) as tx:
        for number in range(how_many):
            lead = Lead(workspace_id=world.acme, first_name=f"Person{number}", last_name="Example", email=f"p{number}@x.example")
            tx.add(lead)
            tx.flush()
            at = clock.now() - timedelta(minutes=number)
            tx.add(Conversation(lead_id=lead.id, workspace_id=world.acme, channel="email", snippet="pricing", last_message_at=at,
                                last_direction="inbound", needs_reply=True, unread_count=number % 2, sentiment="Interested"))
            tx.add(Message(workspace_id=world.acme, lead_id=lead.id, channel="email", direction="inbound", provider="emailbison",
                           dedupe_key=f"m{number}", body="pricing please", sent_at=at))
            made.append(str(lead.id))
    return made


def test_pages_follow_each_other_without_gap_or_overlap(world: World, program: TestClient) -> None:
    made, token, seen, after = conversations(world, 7), bearer(world.as_mara), [], ""
    while True:
        page = program.get("/api/v1/conversations", params={"limit": 3, "cursor": after}, headers=token).json()
        seen += [row["lead_id"] for row in page["data"]]
        after = page["next_cursor"]
        if not after:
            break
    assert seen == made


def test_filters_narrow_the_list(world: World, program: TestClient) -> None:
    conversations(world, 6)
    token = bearer(world.as_mara)

    def found(**query: str) -> int:
        return len(program.get("/api/v1/conversations", params=query, headers=token).json()["data"])

    assert found(unread="true") == 3 and found(channel="sms") == 0 and found(sentiment="interested") == 6
    assert found(q="person3") == 1 and found(updated_since="2999-01-01T00:00:00Z") == 0
    assert found(assignee=str(world.ben)) == 0 and found(view="reply") == 6


def test_another_workspaces_token_sees_nothing_of_it(world: World, program: TestClient) -> None:
    lead_id = conversations(world, 1)[0]
    token = bearer(world.as_nils)
    assert program.get("/api/v1/conversations", headers=token).json()["data"] == []
    for path in (f"/api/v1/leads/{lead_id}", f"/api/v1/conversations/{lead_id}/messages"):
        assert program.get(path, headers=token).status_code == 404


@pytest.mark.parametrize(("query", "status"), [
    ({"limit": "0"}, 400), ({"limit": "x"}, 400), ({"limit": "9" * 5000}, 400), ({"limit": "000050999999999"}, 400),
    ({"cursor": "nonsense"}, 422), ({"view": "secret"}, 422),
    ({"channel": "pigeon"}, 400), ({"sentiment": "Angry"}, 400), ({"assignee": "me"}, 400), ({"updated_since": "yesterday"}, 400),
    ({"q": "\x00' or 1=1 --"}, 200), ({"q": "%_\\:*&|!()"}, 200)])
def test_odd_parameters_get_a_clear_answer(world: World, program: TestClient, query: dict, status: int) -> None:
    answer = program.get("/api/v1/conversations", params=query, headers=bearer(world.as_mara))
    assert answer.status_code == status
    if status != 200:
        assert set(answer.json()["error"]) == {"code", "message", "request_id"}


@pytest.mark.parametrize("text", ["a \x00 b", "\ud800"])
def test_characters_that_cannot_be_kept_are_refused_in_words(world: World, program: TestClient, text: str) -> None:
    token, lead_id = bearer(world.as_mara, "write"), conversations(world, 1)[0]
    with db.transaction(world.as_mara) as tx:
        trigger = tx.scalar(select(Message.id).where(Message.lead_id == UUID(lead_id)))
        draft = Draft(workspace_id=world.acme, lead_id=UUID(lead_id), trigger_message_id=trigger, channel="email",
                      status="pending", body="It is 900.", original_body="It is 900.")
        tx.add(draft)
    answer = program.post(f"/api/v1/drafts/{draft.id}/approve", headers=token, content=json.dumps({"body": text}))
    assert answer.status_code == 400 and "character" in answer.json()["error"]["message"]
    answer = program.get("/api/inbox/conversations", params={"channels": "a\x00"}, headers=token)
    assert answer.status_code == 400


def test_without_a_token_nothing_is_told(world: World, program: TestClient) -> None:
    for path in ("/api/v1/conversations", "/api/v1/drafts", f"/api/v1/leads/{ids.new_id()}", "/api/inbox/conversations"):
        assert program.get(path).status_code == 401


def test_a_token_to_read_cannot_approve(world: World, program: TestClient) -> None:
    answer = program.post(f"/api/v1/drafts/{ids.new_id()}/approve", headers=bearer(world.as_mara))
    assert answer.status_code == 403


@pytest.mark.parametrize("body", [b"[]", b'{"body": 3}', b'{"cc": "a@b"}', b'{"generation": true}', b"{", b'{"cc": [1]}'])
def test_a_wrong_body_is_refused_in_words(world: World, program: TestClient, body: bytes) -> None:
    answer = program.post(f"/api/v1/drafts/{ids.new_id()}/approve", headers=bearer(world.as_mara, "write"), content=body)
    assert answer.status_code == 400 and answer.json()["error"]["message"]


def test_a_token_is_limited_in_its_rate(world: World, program: TestClient) -> None:
    token = bearer(world.as_mara)
    with clock.frozen(clock.now()):
        answers = [program.get("/api/v1/drafts", headers=token).status_code for _ in range(v1.PER_TOKEN.tries + 1)]
        last = program.get("/api/v1/drafts", headers=token)
    assert answers.count(200) == v1.PER_TOKEN.tries and last.status_code == 429 and int(last.headers["Retry-After"]) > 0


def test_every_route_is_described_and_answers_fit_the_description(world: World, program: TestClient) -> None:
    described = openapi.document()["paths"]
    routes = {route.path for route in v1.ROUTES if isinstance(route, Route)} - {"/api/v1/openapi.json"}
    assert set(described) == routes
    lead_id, token = conversations(world, 1)[0], bearer(world.as_mara)
    schemas = openapi.document()["components"]["schemas"]
    for path, name in (("/api/v1/conversations", "Conversation"), (f"/api/v1/conversations/{lead_id}/messages", "ThreadItem"),
                       (f"/api/v1/leads/{lead_id}", "Lead")):
        data = program.get(path, headers=token).json()["data"]
        one = data[0] if isinstance(data, list) else data
        assert set(one) == set(schemas[name]["required"])


def test_existing_clients_read_the_inbox_with_the_names_they_know(world: World, program: TestClient) -> None:
    made = conversations(world, 3)
    answer = program.get("/api/inbox/conversations", params={"limit": 2, "filter": "attention"}, headers=bearer(world.as_mara))
    told = answer.json()
    assert (told["success"], told["hasMore"], [row["id"] for row in told["conversations"]]) == (True, True, made[:2])
    first = told["conversations"][0]
    assert first["requiresAttention"] and first["classification"] == "interested" and first["channels"] == ["email"]
    assert first["lead"]["email"] == "p0@x.example" and first["lead"]["clientId"] == str(world.acme)
    assert answer.headers["X-Zrg-Read-Api-Enabled"] == "1"
    following = program.get("/api/inbox/conversations", params={"limit": 2, "cursor": told["nextCursor"]}, headers=bearer(world.as_mara))
    assert [row["id"] for row in following.json()["conversations"]] == made[2:]
