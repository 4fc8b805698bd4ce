"""Does the stand-in Slack speak as Slack does? The vendor's own client says so."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from sandbox.client import SandboxRefused
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


def _asked(client: WebClient) -> tuple[str, str]:
    """A direct message to Mara with two buttons; its channel and ts."""
    user = client.users_lookupByEmail(email="mara@agency.example")["user"]["id"]
    assert client.users_info(user=user)["user"]["profile"]["email"] == "mara@agency.example"
    direct = client.conversations_open(users=user)["channel"]["id"]
    said = client.chat_postMessage(
        channel=direct, text="Look", metadata={"event_type": "m", "event_payload": {"marker": "1"}}, blocks=[
            {"type": "section", "text": {"type": "mrkdwn", "text": "A &lt;b&gt; &amp; c"}},
            {"type": "actions", "elements": [
                {"type": "button", "action_id": "go", "value": "v", "style": "primary", "text": {"type": "plain_text", "text": "Go"}},
                {"type": "button", "action_id": "see", "url": "https://x.example", "text": {"type": "plain_text", "text": "See"}}]}])
    return direct, said["ts"]


def test_what_was_written_is_listed_with_its_buttons(sandbox: Running, client: WebClient) -> None:
    direct, ts = _asked(client)
    shown, = sandbox.control.slack()
    assert (shown["channel"], shown["ts"], shown["to"], shown["parts"]) == (direct, ts, "Mara", ["A <b> & c"])
    assert [(each["text"], each["is_primary"]) for each in shown["buttons"]] == [("Go", True), ("See", False)]
    history = client.conversations_history(channel=direct, include_all_metadata=True)["messages"]
    assert history[0]["metadata"]["event_payload"] == {"marker": "1"}
    assert "metadata" not in client.conversations_history(channel=direct)["messages"][0]


def test_a_button_is_pressed_as_whoever_was_written_to(sandbox: Running, client: WebClient, receiver: Receiver) -> None:
    direct, ts = _asked(client)
    sandbox.control.press(ts, "go", secret="s3cret")
    came = receiver.deliveries[-1]
    assert SignatureVerifier("s3cret").is_valid_request(came["raw"], came["headers"])
    told = json.loads(parse_qs(came["raw"].decode())["payload"][0])
    user = client.users_lookupByEmail(email="mara@agency.example")["user"]["id"]
    assert (told["user"]["id"], told["channel"]["id"], told["message"]["ts"]) == (user, direct, ts)
    assert (told["actions"][0]["action_id"], told["actions"][0]["value"]) == ("go", "v")
    sandbox.control.press(ts, "go", email="lena@agency.example")
    other = json.loads(parse_qs(receiver.deliveries[-1]["raw"].decode())["payload"][0])
    assert other["user"]["username"] == "lena"
    assert SignatureVerifier("sandbox-signing-secret").is_valid_request(
        receiver.deliveries[-1]["raw"], receiver.deliveries[-1]["headers"])


def test_a_button_that_is_not_there_cannot_be_pressed(sandbox: Running, client: WebClient) -> None:
    _, ts = _asked(client)
    with pytest.raises(SandboxRefused, match="has no button 'stop'; it has go, see"):
        sandbox.control.press(ts, "stop")
    with pytest.raises(SandboxRefused, match="no message"):
        sandbox.control.press("1.2", "go")
