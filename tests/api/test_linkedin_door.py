"""Who may come in through the LinkedIn door, what is answered, and what is kept? Over real HTTP, committed for real."""

import json
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.api.serving import serving
from tests.services.inbound.deliveries import fixture, rows, understand
from tests.world import World
from zrg_app.api.webhooks import ROUTES
from zrg_app.kit import db
from zrg_app.kit.scope import workspace_system
from zrg_app.kit.settings import settings as product_settings
from zrg_app.models import Connection
from zrg_app.services.connections import routing, secrets

DOOR, SECRET = "/api/webhooks/linkedin", "a-secret-of-acme"
FORM = {"content-type": "application/x-www-form-urlencoded", "user-agent": "axios/1.7"}


@pytest.fixture
def http(committed_world: World) -> Iterator[httpx.Client]:
    run(committed_world, None)
    with serving(ROUTES) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client
    routing.forget()


def run(world: World, secret: str | None) -> None:
    with db.transaction(workspace_system(world.acme, "test")) as tx:
        tx.execute(text("delete from connection where provider = 'unipile'"))
        tx.add(Connection(workspace_id=world.acme, provider="unipile", external_id="acc_acme",
                          webhook_secret=secrets.sealed(secret) if secret else None))
    routing.forget()


@pytest.fixture
def installation_secret(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("UNIPILE_WEBHOOK_SECRET", "secret-of-all-workspaces")
    product_settings.cache_clear()
    yield "secret-of-all-workspaces"
    monkeypatch.undo()
    product_settings.cache_clear()


def ledger(world: World) -> list:
    return rows(world.acme, "select * from webhook_event order by received_at, id")


def told(client: httpx.Client, name: str, path: str = DOOR, headers: dict | None = None, **changes: object) -> httpx.Response:
    return client.post(path, content=json.dumps(fixture(f"unipile/{name}", **changes)), headers=FORM | (headers or {}))


def test_the_door_says_it_is_there(http: httpx.Client) -> None:
    assert http.get(DOOR).json() == {"status": "ok", "endpoint": "linkedin"}
    assert http.get(f"{DOOR}/anything").status_code == 200


def test_a_message_that_calls_itself_a_form_is_kept_byte_for_byte_and_understood(http: httpx.Client, committed_world: World) -> None:
    body = json.dumps(fixture("unipile/message_received", sender__attendee_public_identifier="dana-kessler-ops"), indent=2).encode()
    answer = http.post(DOOR, content=body, headers=FORM)
    assert answer.status_code == 200 and answer.json()["success"] is True
    row, = ledger(committed_world)
    assert bytes(row.body) == body and row.provider == "unipile" and row.dedupe_key == "unipile:message_received:acc_acme:msg_9001"
    assert understand(committed_world.acme, row.id) == ("SUCCEEDED", None)
    assert rows(committed_world.acme, "select body from message")[0].body == "Sounds useful. What does it cost?"


def test_a_repeat_is_answered_and_changes_nothing(http: httpx.Client, committed_world: World) -> None:
    for _ in range(3):
        assert told(http, "message_received").status_code == 200
    assert [row.deliveries for row in ledger(committed_world)] == [3]
    assert len(rows(committed_world.acme, "select id from background_job where kind = 'inbound.understand_event'")) == 1


def test_the_next_job_of_a_known_member_waits_in_its_line(http: httpx.Client, committed_world: World) -> None:
    told(http, "message_received", sender__attendee_public_identifier="dana-kessler-ops")
    understand(committed_world.acme, ledger(committed_world)[0].id)
    told(http, "message_sent_by_us")
    lead_id = rows(committed_world.acme, "select id from lead")[0].id
    jobs = rows(committed_world.acme, "select lead_id from background_job where kind = 'inbound.understand_event' order by created_at")
    assert [job.lead_id for job in jobs] == [None, lead_id]


@pytest.mark.parametrize(("name", "reason"), [
    ("message_reaction", "reaction"), ("message_read", "read_receipt"), ("group_message", "group_chat"),
    ("whatsapp_message", "not_linkedin")])
def test_what_is_not_for_us_is_kept_with_its_reason(http: httpx.Client, committed_world: World, name: str, reason: str) -> None:
    answer = told(http, name)
    assert answer.status_code == 200 and answer.json()["reason"] == reason
    row, = ledger(committed_world)
    assert (row.status, row.reason) == ("IGNORED", reason)


def test_an_event_nobody_understands_is_kept_and_counted(http: httpx.Client, committed_world: World) -> None:
    assert told(http, "message_received", event="message_sung").status_code == 200
    row, = ledger(committed_world)
    assert understand(committed_world.acme, row.id) == ("IGNORED", "unknown_event")


def test_an_account_nobody_connected_is_answered_200_and_not_kept(http: httpx.Client, committed_world: World) -> None:
    answer = told(http, "message_received", account_id="acc_stranger")
    assert answer.status_code == 200 and answer.json() == {"success": True, "ignored": True, "reason": "unknown_account"}
    assert ledger(committed_world) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"not json", b'{"event": "message_received"}', b'{"account_id": {"a": 1}}',
                                  b'{"account_id": "' + b"x" * 300 + b'"}'])
def test_a_body_without_an_account_is_a_400(http: httpx.Client, committed_world: World, body: bytes) -> None:
    assert http.post(DOOR, content=body).status_code == 400
    assert ledger(committed_world) == []


@pytest.mark.parametrize(("path", "headers", "status"), [
    (DOOR, {}, 401), (DOOR, {"Unipile-Auth": "wrong"}, 401), (f"{DOOR}/wrong", {}, 401), (DOOR, {"Unipile-Auth": SECRET}, 200),
    (f"{DOOR}/{SECRET}", {}, 200), (f"{DOOR}?secret={SECRET}", {}, 200), (DOOR, {"X-Webhook-Secret": SECRET}, 200),
    (DOOR, {"Authorization": f"Bearer {SECRET}"}, 200)])
def test_a_connection_with_a_secret_asks_for_it(
        http: httpx.Client, committed_world: World, path: str, headers: dict, status: int) -> None:
    run(committed_world, SECRET)
    assert told(http, "message_received", path, headers).status_code == status
    assert len(ledger(committed_world)) == (status == 200)


def test_the_secret_of_the_installation_opens_every_account_and_is_asked_of_strangers(
        http: httpx.Client, committed_world: World, installation_secret: str) -> None:
    assert told(http, "message_received").status_code == 401
    assert told(http, "message_received", account_id="acc_stranger").status_code == 401
    good = {"Unipile-Auth": installation_secret}
    assert told(http, "message_received", headers=good).status_code == 200
    assert told(http, "message_received", headers=good, account_id="acc_stranger").json()["ignored"] is True
    run(committed_world, SECRET)
    assert told(http, "new_relation", headers=good).status_code == 200
    assert told(http, "account_status", headers={"Unipile-Auth": SECRET}).status_code == 200


@settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_body_makes_the_door_fail(http: httpx.Client, committed_world: World, data: st.DataObject) -> None:
    payload = fixture(f"unipile/{data.draw(st.sampled_from(['message_received', 'new_relation', 'account_status']))}")
    odd = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just([]) | st.just({"a": [1]})
    payload[data.draw(st.sampled_from(sorted(payload)))] = data.draw(odd)
    answer = http.post(DOOR, content=json.dumps(payload).encode("utf-8", "surrogatepass"))
    assert answer.status_code in (200, 400)
    for row in rows(committed_world.acme, "select id from webhook_event where status = 'PENDING'"):
        assert understand(committed_world.acme, row.id)[0] in ("SUCCEEDED", "IGNORED", "PENDING")
