"""Does playing a lead deliver exactly the webhook bodies of the reference, as often and as broken as asked?"""

import json
from typing import Any

import httpx
import pytest

from sandbox.client import SandboxRefused
from sandbox.receiver import Receiver
from sandbox.server import Running

DANA = {
    "first_name": "Dana",
    "last_name": "Whitfield",
    "email": "dana@brightline.example",
    "phone": "+15550102030",
    "company": "Brightline",
}


def test_a_text_arrives_as_the_workflow_webhook(sandbox: Running, receiver: Receiver) -> None:
    answer = sandbox.control.act("ghl", "loc_a", DANA, "Thursday works")
    assert answer["deliveries"][0]["status"] == 200
    assert answer["deliveries"][0]["body"] == {"success": True}
    body = receiver.bodies[0]
    assert receiver.deliveries[0]["path"] == "/api/webhooks/ghl/sms"
    assert body == answer["webhooks"][0]
    assert (body["location"]["id"], body["contact_id"]) == ("loc_a", answer["ids"]["contact_id"])
    assert body["message"] == {"type": 2, "body": "Thursday works"}
    assert (body["first_name"], body["phone"], body["tags"]) == ("Dana", "+15550102030", "")
    assert not {"messageId", "message_id", "conversation_id"} & set(body)


@pytest.mark.parametrize(("event", "direction"), [("InboundMessage", "inbound"), ("OutboundMessage", "outbound")])
def test_a_text_can_arrive_as_a_marketplace_event(sandbox: Running, receiver: Receiver, event: str, direction: str) -> None:
    ids = sandbox.control.act("ghl", "loc_a", DANA, "Hello", event=event)["ids"]
    body = receiver.bodies[0]
    assert (body["type"], body["direction"], body["messageType"]) == (event, direction, "SMS")
    assert (body["messageId"], body["conversationId"]) == (ids["message_id"], ids["conversation_id"])


def test_a_mail_arrives_as_lead_replied_and_agrees_with_the_api(sandbox: Running, receiver: Receiver, http: httpx.Client) -> None:
    ids = sandbox.control.act("emailbison", "42", DANA, "What does it <b>cost</b>?")["ids"]
    assert receiver.deliveries[0]["path"] == "/api/webhooks/email"
    body = receiver.bodies[0]
    assert (body["event"]["type"], body["event"]["workspace_id"]) == ("LEAD_REPLIED", 42)
    assert set(body["data"]) == {"reply", "campaign_event", "lead", "campaign", "scheduled_email", "sender_email"}
    reply = body["data"]["reply"]
    assert (reply["id"], reply["from_email_address"]) == (ids["reply_id"], DANA["email"])
    assert reply["text_body"].startswith("What does it <b>cost</b>?\n\nOn ")
    assert "&lt;b&gt;cost" in reply["html_body"]
    assert body["data"]["lead"]["custom_variables"] == [{"name": "phone", "value": "+15550102030"}]
    read = http.get(f"/emailbison/api/replies/{ids['reply_id']}").json()["data"]
    assert reply == {name: value for name, value in read.items() if name in reply} | {"email_subject": read["subject"]}


@pytest.mark.parametrize(
    ("event", "blocks", "folder"),
    [
        ("MANUAL_EMAIL_SENT", {"reply", "lead", "campaign", "scheduled_email", "sender_email"}, "Sent"),
        ("EMAIL_SENT", {"campaign_event", "lead", "campaign", "scheduled_email", "sender_email"}, None),
        ("LEAD_UNSUBSCRIBED", {"campaign_event", "lead", "campaign", "scheduled_email", "sender_email"}, None),
        ("UNTRACKED_REPLY_RECEIVED", {"reply", "sender_email"}, "Inbox"),
        (
            "EMAIL_BOUNCED",
            {"reply", "campaign_event", "lead", "campaign", "scheduled_email", "sender_email"},
            "Bounced",
        ),
        (
            "LEAD_INTERESTED",
            {"reply", "campaign_event", "lead", "campaign", "scheduled_email", "sender_email"},
            "Inbox",
        ),
    ],
)
def test_each_event_carries_its_own_blocks(
    sandbox: Running, receiver: Receiver, event: str, blocks: set[str], folder: str | None
) -> None:
    sandbox.control.act("emailbison", "42", DANA, "Hello", event=event)
    data = receiver.bodies[0]["data"]
    assert set(data) == blocks
    assert data.get("reply", {}).get("folder") == folder


def test_interest_is_told_about_the_reply_that_came_before(sandbox: Running, receiver: Receiver) -> None:
    first = sandbox.control.act("emailbison", "42", DANA, "Sounds good")["ids"]
    sandbox.control.act("emailbison", "42", DANA, "", event="LEAD_INTERESTED")
    reply = receiver.bodies[1]["data"]["reply"]
    assert (reply["id"], reply["interested"]) == (first["reply_id"], True)


def test_a_bounce_comes_from_the_mail_system(sandbox: Running, receiver: Receiver) -> None:
    sandbox.control.act("emailbison", "42", DANA, "", event="EMAIL_BOUNCED")
    reply = receiver.bodies[0]["data"]["reply"]
    assert (reply["automated_reply"], reply["type"]) == (True, "Bounced")
    assert "mailer-daemon" in reply["from_email_address"]


@pytest.mark.parametrize("concurrently", [False, True])
def test_the_same_webhook_can_come_twenty_times(sandbox: Running, receiver: Receiver, concurrently: bool) -> None:
    answer = sandbox.control.act("emailbison", "42", DANA, "Hi", repeat=20, concurrently=concurrently)
    assert [delivery["status"] for delivery in answer["deliveries"]] == [200] * 20
    assert len({delivery["raw"] for delivery in receiver.deliveries}) == 1
    assert len(receiver.deliveries) == 20


def test_messages_can_come_out_of_order(sandbox: Running, receiver: Receiver) -> None:
    said = [{"body": "first", "at": "2026-03-01T10:00:00Z"}, {"body": "second", "at": "2026-03-01T10:05:00Z"}]
    answer = sandbox.control.act("emailbison", "42", DANA, messages=said, out_of_order=True, quoted=False)
    replies = [body["data"]["reply"] for body in receiver.bodies]
    assert [reply["text_body"] for reply in replies] == ["second", "first"]
    assert replies[0]["date_received"] == "2026-03-01T10:05:00.000Z"
    assert [ids["reply_id"] for ids in answer["all_ids"]] == [replies[1]["id"], replies[0]["id"]]


def test_duplicates_come_after_everything_else(sandbox: Running, receiver: Receiver) -> None:
    sandbox.control.act("ghl", "loc_a", DANA, messages=[{"body": "one"}, {"body": "two"}], duplicates=1)
    assert [body["message"]["body"] for body in receiver.bodies] == ["one", "two", "one", "two"]


def test_our_own_mail_can_be_announced_to_us(sandbox: Running, receiver: Receiver, http: httpx.Client) -> None:
    ids = sandbox.control.act("emailbison", "42", DANA, "Hi", deliver=False)["ids"]
    sent = http.post(
        f"/emailbison/api/replies/{ids['reply_id']}/reply",
        json={"message": "Hello", "sender_email_id": ids["sender_email_id"], "reply_all": True},
    ).json()["data"]["reply"]
    told = sandbox.control.act("emailbison", "42", DANA, event="MANUAL_EMAIL_SENT", of=sent["id"])["ids"]
    assert told["reply_id"] == receiver.bodies[0]["data"]["reply"]["id"] == sent["id"]
    assert len(http.get(f"/emailbison/api/leads/{ids['lead_id']}/replies").json()["data"]) == 2


def test_our_own_text_can_be_announced_to_us(sandbox: Running, receiver: Receiver, http: httpx.Client) -> None:
    contact_id = sandbox.control.act("ghl", "loc_a", DANA, "Hi", deliver=False)["ids"]["contact_id"]
    sent = http.post("/ghl/conversations/messages", json={"type": "SMS", "contactId": contact_id, "message": "Hello"}).json()[
        "messageId"
    ]
    sandbox.control.act("ghl", "loc_a", DANA, event="OutboundMessage", of=sent)
    assert (receiver.bodies[0]["messageId"], receiver.bodies[0]["direction"]) == (sent, "outbound")
    with pytest.raises(SandboxRefused):
        sandbox.control.act("ghl", "loc_a", DANA, event="OutboundMessage", of="unknown")


@pytest.mark.parametrize("malformed", ["truncated", "not_json", "empty"])
def test_a_broken_body_is_no_json(sandbox: Running, receiver: Receiver, malformed: str) -> None:
    sandbox.control.act("ghl", "loc_a", DANA, "Hi", malformed=malformed)
    with pytest.raises(json.JSONDecodeError):
        receiver.bodies[0]


def test_wrong_types_are_json_of_the_wrong_shape(sandbox: Running, receiver: Receiver) -> None:
    sandbox.control.act("emailbison", "42", DANA, "Hi", malformed="wrong_types")
    assert receiver.bodies[0] == {"event": [], "data": []}


@pytest.mark.parametrize(
    ("place", "path", "header"),
    [
        ("query", "/api/webhooks/email?clientId=c1&secret=s%2F1", None),
        ("path", "/api/webhooks/email/s%2F1?clientId=c1", None),
        ("header", "/api/webhooks/email?clientId=c1", "s/1"),
    ],
)
def test_the_secret_goes_where_it_was_asked_for(
    sandbox: Running, receiver: Receiver, place: str, path: str, header: str | None
) -> None:
    sandbox.control.act("emailbison", "42", DANA, "Hi", secret="s/1", secret_in=place, query={"clientId": "c1"})
    assert receiver.deliveries[0]["path"] == path
    assert receiver.deliveries[0]["headers"].get("X-Webhook-Secret") == header


def test_a_path_may_bring_its_own_query(sandbox: Running, receiver: Receiver) -> None:
    sandbox.control.act("emailbison", "42", DANA, "Hi", path="/hook?clientId=c1", secret="s", secret_in="path")
    assert receiver.deliveries[0]["path"] == "/hook/s?clientId=c1"


def test_a_webhook_that_was_not_taken_is_sent_again(sandbox: Running, receiver: Receiver) -> None:
    receiver.statuses = [500, 503]
    answer = sandbox.control.act("ghl", "loc_a", DANA, "Hi", attempts=5, pause=0)
    assert (answer["deliveries"][0]["status"], answer["deliveries"][0]["attempts"]) == (200, 3)


def test_a_product_that_is_down_is_reported_and_the_message_is_kept(sandbox: Running, http: httpx.Client) -> None:
    sandbox.control.set_options(product_url="http://127.0.0.1:9")
    answer = sandbox.control.act("ghl", "loc_a", DANA, "Hi")
    assert (answer["deliveries"][0]["status"], bool(answer["deliveries"][0]["error"])) == (0, True)
    assert http.get(f"/ghl/contacts/{answer['ids']['contact_id']}").status_code == 200


@pytest.mark.parametrize(
    "wish",
    [
        {},
        [],
        {"provider": "fax", "workspace_ref": "1", "lead": {"a": "b"}},
        {"provider": "emailbison", "workspace_ref": "1", "lead": {"first_name": "No mail"}},
        {"provider": "ghl", "workspace_ref": "1", "lead": {"tags": {"a": 1}}},
        {"provider": "ghl", "workspace_ref": "1", "lead": DANA, "event": "EMAIL_SENT"},
        {"provider": "ghl", "workspace_ref": "1", "lead": DANA, "at": "yesterday"},
        {"provider": "ghl", "workspace_ref": "1", "lead": DANA, "repeat": True},
        {"provider": "ghl", "workspace_ref": "1", "lead": DANA, "surprise": 1},
        {"provider": "ghl", "workspace_ref": "1", "lead": DANA, "messages": [1]},
    ],
)
def test_a_senseless_act_is_refused_with_a_sentence(sandbox: Running, receiver: Receiver, wish: Any) -> None:
    answer = httpx.post(f"{sandbox.base_url}/_control/act", json=wish)
    assert (answer.status_code, bool(answer.json()["error"])) == (422, True)
    assert receiver.deliveries == []


def test_without_a_product_the_sandbox_says_so(sandbox: Running) -> None:
    sandbox.control.set_options(product_url="")
    with pytest.raises(SandboxRefused, match="product"):
        sandbox.control.act("ghl", "loc_a", DANA, "Hi")
