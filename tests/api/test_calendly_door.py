"""Who may tell us of a meeting over HTTP? Calendly's signature, its absence, and GoHighLevel's signature; committed for real."""

import json
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from sandbox.calendly.actor import signature
from sandbox.ghl import signing
from tests.api.serving import serving
from tests.services.inbound.deliveries import fixture, rows, understand
from tests.world import World
from zrg_app.api.webhooks import ROUTES
from zrg_app.kit import clock, db, vault
from zrg_app.kit.scope import workspace_system
from zrg_app.kit.settings import settings
from zrg_app.models import Connection
from zrg_app.services.connections import routing, secrets

KEY = "signing-key-of-the-subscription"
HEADER = "Calendly-Webhook-Signature"
GHL = "/api/webhooks/ghl/sms"


@pytest.fixture
def http(committed_world: World) -> Iterator[httpx.Client]:
    routing.forget()
    with serving(ROUTES) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client
    routing.forget()


def _connect(world: World, *, key: str = KEY, **options: object) -> str:
    credentials = {"access_token": "token"} | ({"signing_key": key} if key else {})
    with db.transaction(workspace_system(world.acme, "test")) as tx:
        tx.add(Connection(workspace_id=world.acme, provider="calendly", credentials=vault.seal(credentials), options=options))
    routing.forget()
    return f"/api/webhooks/calendly/{world.acme}"


def _post(http: httpx.Client, door: str, payload: object, *, key: str = KEY, age: int = 0, sent: bytes | None = None) -> httpx.Response:
    body = json.dumps(payload, indent=2, ensure_ascii=False).encode()
    header = {HEADER: signature(key, body, clock.now() - timedelta(seconds=age))} if key else {}
    return http.post(door, content=sent or body, headers=header)


def _ledger(world: World) -> list:
    return rows(world.acme, "select * from webhook_event order by received_at")


def test_a_signed_booking_is_kept_with_its_bytes(http: httpx.Client, committed_world: World) -> None:
    door = _connect(committed_world)
    assert http.get(door).json() == {"status": "ok", "endpoint": "calendly"}
    answer = _post(http, door, fixture("calendly/invitee_created"))
    assert answer.status_code == 200 and answer.json()["ok"] is answer.json()["handled"] is True
    row, = _ledger(committed_world)
    assert (row.provider, row.event_type, row.status) == ("calendly", "invitee.created", "PENDING")
    assert bytes(row.body) == json.dumps(fixture("calendly/invitee_created"), indent=2, ensure_ascii=False).encode()
    assert _post(http, door, fixture("calendly/invitee_created")).json()["deduped"] is True
    assert understand(committed_world.acme, row.id) == ("IGNORED", "lead_not_found")


@pytest.mark.parametrize("manner", ["no signature", "wrong key", "too old", "another body", "written anew"])
def test_what_calendly_did_not_sign_leaves_nothing(http: httpx.Client, committed_world: World, manner: str) -> None:
    door, payload = _connect(committed_world), fixture("calendly/invitee_created")
    answer = {
        "no signature": lambda: _post(http, door, payload, key=""),
        "wrong key": lambda: _post(http, door, payload, key="another"),
        "too old": lambda: _post(http, door, payload, age=200),
        "another body": lambda: _post(http, door, payload, sent=b'{"event": "invitee.created"}'),
        "written anew": lambda: _post(http, door, payload, sent=json.dumps(payload).encode())}[manner]()
    assert answer.status_code == 401 and answer.json()["error"]
    assert _ledger(committed_world) == []


def test_without_a_key_the_door_is_closed_and_says_why(http: httpx.Client, committed_world: World) -> None:
    door = _connect(committed_world, key="")
    answer = _post(http, door, fixture("calendly/invitee_created"))
    assert answer.status_code == 401 and "no Calendly signing key" in answer.json()["error"]
    assert http.post(f"/api/webhooks/calendly/{committed_world.birch}", json={}).status_code == 401


def test_unsigned_is_taken_only_when_the_workspace_says_so(http: httpx.Client, committed_world: World) -> None:
    door = _connect(committed_world, key="", allow_unsigned=True)
    assert _post(http, door, fixture("calendly/invitee_created"), key="").status_code == 200
    assert len(_ledger(committed_world)) == 1


def test_a_key_is_asked_for_even_where_unsigned_is_allowed(http: httpx.Client, committed_world: World) -> None:
    door = _connect(committed_world, allow_unsigned=True)
    assert _post(http, door, fixture("calendly/invitee_created"), key="").status_code == 401


@pytest.mark.parametrize("client_id", ["nobody", "0199f5d2-1111-7abc-8def-123456789abc", "%00", "1"])
def test_an_unknown_workspace_is_not_found(http: httpx.Client, client_id: str) -> None:
    assert http.post(f"/api/webhooks/calendly/{client_id}", json={}).status_code == 404


def test_what_has_no_effect_is_kept_and_answered_with_its_reason(http: httpx.Client, committed_world: World) -> None:
    door = _connect(committed_world, only_chosen_type=True, calendar={"id": "https://api.calendly.com/event_types/OTHER", "name": "Demo"})
    assert _post(http, door, {"payload": {}}).json()["reason"] == "missing_event"
    assert _post(http, door, fixture("calendly/invitee_created")).json()["reason"] == "event_type_mismatch"
    answer = _post(http, door, fixture("calendly/routing_form_submission")).json()
    assert (answer["handled"], answer["ignored"], answer["reason"]) == (False, True, "event_not_used")
    assert {row.status for row in _ledger(committed_world)} == {"IGNORED"}


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'"text"', b"\xff\xfe", b"[" * 5000])
def test_a_signed_body_that_is_no_object_is_a_bad_request(http: httpx.Client, committed_world: World, body: bytes) -> None:
    door = _connect(committed_world)
    answer = http.post(door, content=body, headers={HEADER: signature(KEY, body, clock.now())})
    assert answer.status_code == 400 and _ledger(committed_world) == []


@pytest.fixture
def signed_by_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ZRG_GHL_WEBHOOK_PUBLIC_KEY", signing.PUBLIC_KEY)
    settings.cache_clear()
    yield
    monkeypatch.delenv("ZRG_GHL_WEBHOOK_PUBLIC_KEY")
    settings.cache_clear()


def _ask_for_secret(world: World) -> None:
    with db.transaction(workspace_system(world.acme, "test")) as tx:
        row = next(iter(tx.query(Connection).filter_by(workspace_id=world.acme, provider="ghl")))
        row.webhook_secret = secrets.sealed("a-secret-of-ours")
    routing.forget()


@pytest.mark.usefixtures("signed_by_the_sandbox")
def test_a_signed_app_event_needs_no_secret(http: httpx.Client, committed_world: World) -> None:
    _ask_for_secret(committed_world)
    body = json.dumps(fixture("ghl/appointment_create"), indent=1).encode()
    assert http.post(GHL, content=body).status_code == 401
    assert http.post(GHL, content=body, headers={"X-GHL-Signature": signing.signature(body)}).status_code == 200
    assert [row.event_type for row in _ledger(committed_world)] == ["AppointmentCreate"]


@pytest.mark.usefixtures("signed_by_the_sandbox")
@pytest.mark.parametrize("given", ["", "nonsense", "AAAA", "é", "good for another body"])
def test_a_signature_that_is_not_theirs_closes_the_door(http: httpx.Client, committed_world: World, given: str) -> None:
    body = json.dumps(fixture("ghl/inbound_message")).encode()
    header = signing.signature(body + b" ") if given.startswith("good") else given
    answer = http.post(GHL, content=body, headers={"X-GHL-Signature": header.encode()})
    assert answer.status_code == 401 and _ledger(committed_world) == []


def test_the_vendor_s_own_key_is_the_default(http: httpx.Client, committed_world: World) -> None:
    body = json.dumps(fixture("ghl/inbound_message")).encode()
    assert http.post(GHL, content=body, headers={"X-GHL-Signature": signing.signature(body)}).status_code == 401
    assert http.post(GHL, content=body).status_code == 200
