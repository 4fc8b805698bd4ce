"""Does the stand-in Unipile keep accounts, people, chats and invitations as the reference has them?"""

from collections.abc import Iterator

import httpx
import pytest

from sandbox.client import SandboxRefused
from sandbox.server import Running
from sandbox.unipile.actor import ACTOR

DANA = {"public_identifier": "dana-kessler-ops", "first_name": "Dana", "last_name": "Kessler", "headline": "Operations"}
ASKED = {"account_id": "acc_acme"}


@pytest.fixture
def api(sandbox: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{sandbox.base_url}/unipile/api/v1", headers={"X-API-KEY": "good"}) as client:
        yield client


def act(sandbox: Running, event: str, body: str = "", **lead: str) -> dict:
    return sandbox.control.act("unipile", "acc_acme", DANA | lead, body, event=event, deliver=False)


def multipart(**fields: str) -> dict:
    return {"files": [(name, (None, value)) for name, value in fields.items()]}


@pytest.mark.parametrize("key", ["", "bad-key"])
def test_a_wrong_key_is_refused_by_type(sandbox: Running, key: str) -> None:
    answer = httpx.get(f"{sandbox.base_url}/unipile/api/v1/accounts/acc_acme", headers={"X-API-KEY": key})
    assert (answer.status_code, answer.json()["type"]) == (401, "errors/missing_credentials")


def test_a_profile_tells_how_near_the_person_is(sandbox: Running, api: httpx.Client) -> None:
    ids = act(sandbox, "profile.viewed", distance="SECOND_DEGREE")["ids"]
    for name in (ids["public_identifier"], ids["provider_id"]):
        found = api.get(f"/users/{name}", params=ASKED).json()
        assert (found["provider_id"], found["network_distance"]) == (ids["provider_id"], "SECOND_DEGREE")
    assert api.get("/users/nobody", params=ASKED).json()["type"] == "errors/resource_not_found"
    assert api.get("/users/relations", params=ASKED).json()["items"] == []


def test_a_chat_takes_forms_only_and_lists_what_was_said(sandbox: Running, api: httpx.Client) -> None:
    ids = act(sandbox, "message_received", "Hello")["ids"]
    assert api.post(f"/chats/{ids['chat_id']}/messages", json={"text": "Hi"}).status_code == 400
    sent = api.post(f"/chats/{ids['chat_id']}/messages", **multipart(text="Hi")).json()
    rows = api.get(f"/chats/{ids['chat_id']}/messages").json()["items"]
    assert {row["id"]: row["is_sender"] for row in rows} == {ids["message_id"]: 0, sent["message_id"]: 1}
    assert api.get("/chats", params=ASKED).json()["items"][0]["attendee_provider_id"] == ids["provider_id"]


def test_a_first_message_is_not_named_and_needs_a_connection(sandbox: Running, api: httpx.Client) -> None:
    near = act(sandbox, "profile.viewed")["ids"]
    far = act(sandbox, "profile.viewed", public_identifier="far", distance="THIRD_DEGREE")["ids"]
    answer = api.post("/chats", **multipart(account_id="acc_acme", text="Hi", attendees_ids=near["provider_id"]))
    assert (answer.status_code, answer.json()["message_id"]) == (201, None)
    answer = api.post("/chats", **multipart(account_id="acc_acme", text="Hi", attendees_ids=far["provider_id"]))
    assert answer.json()["type"] == "errors/no_connection_with_recipient"


def test_an_invitation_is_pending_until_it_is_accepted_and_its_note_opens_the_chat(sandbox: Running, api: httpx.Client) -> None:
    ids = act(sandbox, "profile.viewed", distance="SECOND_DEGREE", invitation_quota="2")["ids"]
    wish = ASKED | {"provider_id": ids["provider_id"], "message": "Shall we?"}
    assert api.post("/users/invite", json=wish).json()["usage"] == 50
    assert api.post("/users/invite", json=wish).json()["type"] == "errors/already_invited_recently"
    row, = api.get("/users/invite/sent", params=ASKED).json()["items"]
    assert (row["invited_user_id"], row["invitation_text"]) == (ids["provider_id"], "Shall we?")
    told = act(sandbox, "new_relation")["webhooks"][0]
    assert (told["event"], told["user_public_identifier"]) == ("new_relation", "dana-kessler-ops")
    assert api.get("/users/invite/sent", params=ASKED).json()["items"] == []
    assert api.post("/users/invite", json=wish).json()["type"] == "errors/already_connected"
    chat, = api.get("/chats", params=ASKED).json()["items"]
    assert [row["text"] for row in api.get(f"/chats/{chat['id']}/messages").json()["items"]] == ["Shall we?"]


def test_a_logged_out_account_refuses_everything_until_it_is_back(sandbox: Running, api: httpx.Client) -> None:
    told = act(sandbox, "account_status", "CREDENTIALS")["webhooks"][0]
    assert told == {"AccountStatus": {"account_id": "acc_acme", "account_type": "LINKEDIN", "message": "CREDENTIALS"}}
    assert api.get("/accounts/acc_acme").json()["sources"][0]["status"] == "CREDENTIALS"
    assert api.get("/chats", params=ASKED).json()["type"] == "errors/disconnected_account"
    act(sandbox, "account_status", "DELETED")
    assert api.get("/accounts/acc_acme").status_code == 404
    act(sandbox, "account_status", "OK")
    assert api.get("/chats", params=ASKED).status_code == 200


def test_the_webhook_names_the_member_and_the_profile_only_when_asked(sandbox: Running) -> None:
    told = act(sandbox, "message_received", "Hello")["webhooks"][0]
    assert told["sender"]["attendee_profile_url"].endswith(told["sender"]["attendee_provider_id"])
    assert told["account_info"]["user_id"] not in str(told["attendees"])
    told = act(sandbox, "message_received", "Hello", tells_slug="yes")["webhooks"][0]
    assert told["sender"]["attendee_public_identifier"] == "dana-kessler-ops"
    assert act(sandbox, "OWN_MESSAGE", "Hi")["webhooks"][0]["is_sender"] is True


@pytest.mark.parametrize("wish", [
    {"event": "account_status", "body": "DANCING", "lead": DANA}, {"event": "message_received", "body": "x", "lead": {"first_name": "D"}},
    {"event": "message_received", "body": "x", "lead": DANA | {"invitation_quota": "none"}}, {"event": "NOTHING", "lead": DANA},
    {"event": "message_reaction", "lead": DANA}])
def test_a_wish_that_cannot_be_played_is_refused_in_words(sandbox: Running, wish: dict) -> None:
    with pytest.raises(SandboxRefused):
        sandbox.control.act("unipile", "acc_acme", wish.pop("lead"), wish.pop("body", ""), deliver=False, **wish)


def test_the_webhooks_call_themselves_forms_as_the_vendor_does() -> None:
    assert ACTOR.headers["content-type"] == "application/x-www-form-urlencoded"
