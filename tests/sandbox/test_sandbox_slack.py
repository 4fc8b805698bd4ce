"""Does the stand-in Slack speak as Slack does? The vendor's own client says so."""

from collections.abc import Callable
from urllib.parse import parse_qs

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from sandbox.receiver import Receiver
from sandbox.server import Running


@pytest.fixture
def client(sandbox: Running) -> WebClient:
    return WebClient(token="xoxb-good-team-T0ACME", base_url=f"{sandbox.base_url}/slack/")


def test_the_vendor_client_gets_along_with_it(sandbox: Running, client: WebClient) -> None:
    assert client.auth_test()["team_id"] == "T0ACME"
    pages = client.conversations_list(types="public_channel,private_channel", exclude_archived=True, limit=2)
    names = [[channel["name"] for channel in page["channels"]] for page in pages]
    assert names == [["general", "replies"], ["random", "leads-private"]]
    user = client.users_lookupByEmail(email="mara@agency.example")["user"]
    direct = client.conversations_open(users=user["id"])["channel"]["id"]
    said = client.chat_postMessage(channel=direct, text="Hello", blocks=[{"type": "divider"}])
    client.chat_update(channel=direct, ts=said["ts"], text="Hello again")
    assert [one["text"] for one in sandbox.control.sent("slack")] == ["Hello", "Hello again"]
    assert isinstance(said["ts"], str) and said["message"]["blocks"] == [{"type": "divider"}]


@pytest.mark.parametrize(("call", "code"), [
    (lambda client: client.chat_postMessage(channel="C0NOWHERE", text="x"), "channel_not_found"),
    (lambda client: client.chat_update(channel="C0NOWHERE", ts="1.2", text="x"), "message_not_found"),
    (lambda client: client.users_lookupByEmail(email="nobody@agency.example"), "users_not_found"),
    (lambda client: client.conversations_open(users="U0STRANGER"), "user_not_found"),
    (lambda client: client.conversations_list(types="everything"), "invalid_types"),
    (lambda client: client.conversations_list(cursor="x"), "invalid_cursor"),
    (lambda client: client.conversations_list(limit=2000), "invalid_limit"),
    (lambda client: client.api_call("nothing.here"), "unknown_method")])
def test_what_cannot_be_is_refused_with_slacks_own_word(client: WebClient, call: Callable[[WebClient], object], code: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        call(client)
    assert (refused.value.response.status_code, refused.value.response["error"]) == (200, code)


@pytest.mark.parametrize(("token", "code"), [("", "not_authed"), ("xoxb-revoked", "token_revoked"), ("nonsense", "invalid_auth")])
def test_tokens_are_checked(sandbox: Running, token: str, code: str) -> None:
    said = httpx.post(f"{sandbox.base_url}/slack/auth.test", headers={"authorization": f"Bearer {token}"} if token else {})
    assert (said.status_code, said.json()) == (200, {"ok": False, "error": code})


def test_too_many_calls_of_one_method_have_to_wait(sandbox: Running, client: WebClient) -> None:
    sandbox.control.set_options(enforce_limits=True)
    with pytest.raises(SlackApiError) as refused:
        for _ in range(21):
            client.conversations_list()
    assert refused.value.response.status_code == 429 and refused.value.response.headers["Retry-After"] == "30"
    assert client.auth_test()["ok"]


def test_a_press_is_a_signed_form(sandbox: Running, receiver: Receiver) -> None:
    sandbox.control.act("slack", "T0ACME", {"email": "mara@agency.example", "value": "v"}, event="block_actions", secret="s3cret")
    came = receiver.deliveries[-1]
    assert came["headers"]["content-type"] == "application/x-www-form-urlencoded"
    assert SignatureVerifier("s3cret").is_valid_request(came["raw"], came["headers"])
    assert list(parse_qs(came["raw"].decode())) == ["payload"]
