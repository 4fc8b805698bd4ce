"""What does the Slack door answer, and to whom? Over real HTTP, signed as Slack signs, committed for real."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

import httpx
import pytest

from tests.api.serving import serving
from tests.services.inbound.deliveries import rows, understand
from tests.world import World
from zrg_app.api.webhooks import ROUTES
from zrg_app.integrations.base import Checked
from zrg_app.kit import clock, db
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services import connections
from zrg_app.services.connections import actions, routing

DOOR = "/api/webhooks/slack/interactions"
PRESS = {"type": "block_actions", "team": {"id": "T0ACME"}, "user": {"id": "U1"}, "channel": {"id": "C1"},
         "actions": [{"action_id": "view_dashboard", "action_ts": "17.001", "url": "https://inbox.example"}]}


@pytest.fixture
def http(committed_world: World) -> Iterator[httpx.Client]:
    _connect(committed_world.as_mara, "T0ACME", "acme-signing")
    with serving(ROUTES) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client
    routing.forget()


def _connect(scope: Scope, team: str, secret: str, channel: str = "") -> None:
    with db.transaction(scope) as tx:
        actions.save(tx, scope, "slack", values={"bot_token": "xoxb-1", "signing_secret": secret},
                     proven=Checked(sentence="Yes.", external_id=team, account_name="Agency"))
        if channel:
            connections.keep_options(tx, scope, "slack", {"channel": {"id": channel, "name": "replies"}})


def _form(payload: object) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def _signed(body: bytes, secret: str, *, age: int = 0) -> dict[str, str]:
    stamp = str(int((clock.now() - timedelta(seconds=age)).timestamp()))
    made = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={made}", "content-type": "application/x-www-form-urlencoded"}


def _press(http: httpx.Client, payload: object = PRESS, secret: str = "acme-signing", *, age: int = 0) -> httpx.Response:
    body = _form(payload)
    return http.post(DOOR, content=body, headers=_signed(body, secret, age=age))


def _ledger(workspace: UUID) -> list:
    return rows(workspace, "select * from webhook_event where provider = 'slack' order by received_at")


def test_a_press_is_kept_as_it_came_and_answered_with_nothing(http: httpx.Client, committed_world: World) -> None:
    answer = _press(http)
    assert (answer.status_code, answer.content) == (200, b"")
    row, = _ledger(committed_world.acme)
    assert (bytes(row.body), row.event_type) == (_form(PRESS), "block_actions:view_dashboard")
    assert understand(committed_world.acme, row.id) == ("IGNORED", "link_opened")
    assert rows(committed_world.acme, "select last_event_at from connection where provider = 'slack'")[0].last_event_at


def test_the_same_press_told_again_is_counted_not_kept_twice(http: httpx.Client, committed_world: World) -> None:
    for trigger in ("a", "b", "c"):
        assert _press(http, PRESS | {"trigger_id": trigger}).status_code == 200
    row, = _ledger(committed_world.acme)
    jobs = rows(committed_world.acme, "select id from background_job where kind = 'inbound.understand_event'")
    assert (row.deliveries, len(jobs)) == (3, 1)


def test_the_signature_is_asked_for_over_the_very_bytes_within_five_minutes(http: httpx.Client, committed_world: World) -> None:
    body = _form(PRESS)
    good = _signed(body, "acme-signing")
    refused = [http.post(DOOR, content=body), http.post(DOOR, content=body + b"&x=1", headers=good), _press(http, secret="another"),
               _press(http, age=301), _press(http, age=-302), http.post(DOOR, content=body, headers=good | {"x-slack-signature": "v0=0"}),
               http.post(DOOR, json=PRESS), http.post(f"{DOOR}?secret=acme-signing", content=body)]
    assert {(answer.status_code, answer.text) for answer in refused} == {(401, '{"error":"Unauthorized"}')}
    assert _ledger(committed_world.acme) == []
    assert _press(http, age=290).status_code == 200


def test_a_team_is_answered_for_by_its_own_secret(http: httpx.Client, committed_world: World) -> None:
    _connect(committed_world.as_nils, "T0BIRCH", "birch-signing")
    assert _press(http, PRESS | {"team": {"id": "T0BIRCH"}}).status_code == 401
    assert _press(http, PRESS | {"team": {"id": "T0STRANGER"}}).status_code == 401
    assert _press(http, PRESS | {"team": {"id": "T0BIRCH"}}, secret="birch-signing").status_code == 200
    assert (len(_ledger(committed_world.acme)), len(_ledger(committed_world.birch))) == (0, 1)


def test_the_secret_of_the_installation_serves_who_has_none(http: httpx.Client, committed_world: World,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    _connect(committed_world.as_nils, "T0BIRCH", "")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "common-signing")
    settings.cache_clear()
    assert _press(http, PRESS | {"team": {"id": "T0BIRCH"}}, secret="common-signing").status_code == 200
    assert _press(http, secret="common-signing").status_code == 401, "a workspace with a secret of its own takes no other"
    stranger = _press(http, PRESS | {"team": {"id": "T0STRANGER"}}, secret="common-signing")
    assert (stranger.status_code, stranger.json()["error"]) == (404, "This Slack team is not connected to any workspace.")
    body = b"nothing=here"
    missing = http.post(DOOR, content=body, headers=_signed(body, "common-signing"))
    assert (missing.status_code, missing.json()) == (400, {"error": "Missing payload"})
    challenge = json.dumps({"type": "url_verification", "challenge": "c-123", "token": "x"}).encode()
    assert http.post(DOOR, content=challenge, headers=_signed(challenge, "common-signing")).json() == {"challenge": "c-123"}
    monkeypatch.undo()
    settings.cache_clear()


def test_a_team_of_two_workspaces_is_told_apart_by_button_or_channel(http: httpx.Client, committed_world: World) -> None:
    _connect(committed_world.as_nils, "T0ACME", "acme-signing", channel="C-birch")
    by_button = PRESS | {"actions": [{"action_id": "go", "action_ts": "1", "value": json.dumps({"workspace": str(committed_world.birch)})}]}
    by_channel = PRESS | {"channel": {"id": "C-birch"}, "actions": [{"action_id": "go", "action_ts": "2"}]}
    neither = PRESS | {"actions": [{"action_id": "go", "action_ts": "3", "value": json.dumps({"workspace": str(committed_world.mara)})}]}
    assert {_press(http, payload).status_code for payload in (by_button, by_channel, neither)} == {200}
    assert (len(_ledger(committed_world.birch)), len(_ledger(committed_world.acme))) == (2, 1)


def test_a_press_about_a_draft_becomes_one_fact_and_one_job(http: httpx.Client, committed_world: World) -> None:
    value = json.dumps({"workspace": str(committed_world.acme), "draft": str(committed_world.mara), "generation": 1})
    pressed = PRESS | {"actions": [{"action_id": "approve_send", "action_ts": "5", "value": value}], "user": {"id": "U1", "name": "lena"}}
    for _ in range(3):
        assert _press(http, pressed).status_code == 200
    row, = _ledger(committed_world.acme)
    for _ in range(2):
        assert understand(committed_world.acme, row.id) == ("SUCCEEDED", None)
    fact, = rows(committed_world.acme, "select data, actor_kind from audit_event where kind = 'slack.pressed'")
    assert (fact.actor_kind, fact.data["slack_user_id"], fact.data["action"]) == ("provider", "U1", "approve_send")
    job, = rows(committed_world.acme, "select payload from background_job where kind = 'autosend.press_in_slack'")
    assert job.payload["draft_id"] == str(committed_world.mara)


_HOSTILE = [b"", b"payload=", b"payload=%7B", b"payload=[]", b"payload=" + b"%5B" * 9000, b"payload=null", b"payload=%FF%FE",
            b"payload=" + b"&" * 500, b"\xff\xfe\x00", b"payload=%7B%22team%22%3A%7B%22id%22%3A%5B1%5D%7D%7D"]


@pytest.mark.parametrize("body", _HOSTILE, ids=range(len(_HOSTILE)))
def test_a_hostile_body_is_never_an_error_of_ours(http: httpx.Client, committed_world: World, body: bytes) -> None:
    assert http.post(DOOR, content=body).status_code == 401
    assert http.post(DOOR, content=body, headers=_signed(body, "acme-signing")).status_code in (400, 401)
    assert _ledger(committed_world.acme) == []


def test_odd_fields_are_taken_without_an_error(http: httpx.Client, committed_world: World) -> None:
    for name in ("user", "channel", "actions", "type", "container", "view"):
        for odd in (None, [], {}, 7, "x", [[]], {"id": []}, [{"action_id": {}, "value": "{", "url": 5}], "\x00"):
            assert _press(http, PRESS | {name: odd}).status_code == 200
    assert {understand(committed_world.acme, row.id)[0] for row in _ledger(committed_world.acme)} == {"IGNORED"}


def test_the_door_says_it_is_there(http: httpx.Client) -> None:
    assert http.get(DOOR).json() == {"status": "ok", "endpoint": "slack"}
