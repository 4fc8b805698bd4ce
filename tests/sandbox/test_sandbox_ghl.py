"""Does the stand-in GoHighLevel speak as the reference says?"""

import json

import httpx
import pytest

from sandbox.ghl import signing
from sandbox.receiver import Receiver
from sandbox.server import Running

LEAD = {"first_name": "Marcus", "last_name": "Oyelaran", "phone": "+15551230001", "email": "marcus@harbor.example"}


def send_text(http: httpx.Client, contact_id: str, text: str = "Hello") -> httpx.Response:
    return http.post("/ghl/conversations/messages", json={"type": "SMS", "contactId": contact_id, "message": text})


def contact_of(sandbox: Running, **more: str) -> str:
    return sandbox.control.act("ghl", "loc_a", LEAD | more, "Hi there", deliver=False)["ids"]["contact_id"]


def test_a_text_that_was_sent_is_found_again_in_the_conversation(sandbox: Running, http: httpx.Client) -> None:
    contact_id = contact_of(sandbox)
    answer = send_text(http, contact_id, "Is Tuesday good?").raise_for_status().json()
    found = http.get("/ghl/conversations/search", params={"locationId": "loc_a", "contactId": contact_id}).json()
    assert found["total"] == 1
    assert found["conversations"][0]["id"] == answer["conversationId"]
    page = http.get(f"/ghl/conversations/{answer['conversationId']}/messages").json()["messages"]
    assert [(row["direction"], row["body"]) for row in page["messages"]] == [
        ("outbound", "Is Tuesday good?"),
        ("inbound", "Hi there"),
    ]
    assert page["messages"][0]["id"] == answer["messageId"]
    assert http.get(f"/ghl/conversations/messages/{answer['messageId']}").json()["message"]["messageType"] == "TYPE_SMS"


def test_messages_come_in_pages_that_meet_without_a_gap(sandbox: Running, http: httpx.Client) -> None:
    contact_id = contact_of(sandbox)
    conversation = [send_text(http, contact_id, f"number {n}").json()["conversationId"] for n in range(5)][0]
    bodies, last = [], ""
    for _ in range(4):
        page = http.get(f"/ghl/conversations/{conversation}/messages", params={"limit": 2, "lastMessageId": last}).json()
        bodies += [row["body"] for row in page["messages"]["messages"]]
        last = page["messages"]["lastMessageId"]
        if not page["messages"]["nextPage"]:
            break
    assert bodies == [f"number {n}" for n in reversed(range(5))] + ["Hi there"]


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [("SMS", "cannot send message as dnd is active for sms"), ("all", "cannot send message as dnd is active")],
)
def test_do_not_disturb_refuses_a_text(sandbox: Running, http: httpx.Client, channel: str, sentence: str) -> None:
    contact_id = contact_of(sandbox)
    sandbox.control.set_dnd(contact_id, channel)
    refused = send_text(http, contact_id)
    assert refused.status_code == 400
    assert sentence in refused.json()["message"].lower()
    sandbox.control.set_dnd(contact_id, channel, active=False)
    assert send_text(http, contact_id).status_code == 200
    assert len(sandbox.control.sent("ghl")) == 1


def test_a_lead_who_texts_stop_is_out_of_reach_by_text(sandbox: Running, http: httpx.Client) -> None:
    contact_id = sandbox.control.act("ghl", "loc_a", LEAD, "STOP", deliver=False)["ids"]["contact_id"]
    assert "dnd is active for sms" in send_text(http, contact_id).json()["message"].lower()


def test_a_contact_without_a_phone_cannot_be_texted(sandbox: Running, http: httpx.Client) -> None:
    created = http.post("/ghl/contacts/upsert", json={"locationId": "loc_a", "email": "quiet@harbor.example"}).json()
    assert created["new"] is True
    refused = send_text(http, created["contact"]["id"])
    assert (refused.status_code, refused.json()["message"]) == (400, "Missing phone number")


def test_an_upsert_matches_by_mail_or_phone_and_replaces_the_tags(sandbox: Running, http: httpx.Client) -> None:
    contact_id = contact_of(sandbox)
    by_phone = http.post(
        "/ghl/contacts/upsert",
        json={
            "locationId": "loc_a",
            "phone": "+1 (555) 123-0001",
            "tags": ["warm"],
            "customFields": [{"id": "f1", "field_value": "x"}],
        },
    ).json()
    assert (by_phone["new"], by_phone["contact"]["id"]) == (False, contact_id)
    http.post(f"/ghl/contacts/{contact_id}/tags", json={"tags": ["hot"]}).raise_for_status()
    read = http.get(f"/ghl/contacts/{contact_id}").json()["contact"]
    assert (read["tags"], read["customFields"]) == (["warm", "hot"], [{"id": "f1", "value": "x"}])
    duplicate = http.get("/ghl/contacts/search/duplicate", params={"locationId": "loc_a", "email": LEAD["email"]})
    assert duplicate.json()["contact"]["id"] == contact_id
    searched = http.post("/ghl/contacts/search", json={"locationId": "loc_a", "pageLimit": 10, "query": "oyelaran"})
    assert [row["id"] for row in searched.json()["contacts"]] == [contact_id]


def test_a_location_and_its_contacts_can_be_read(sandbox: Running, http: httpx.Client) -> None:
    contact_id = contact_of(sandbox)
    assert http.get("/ghl/locations/loc_a").json()["location"]["id"] == "loc_a"
    assert [row["id"] for row in http.get("/ghl/contacts/", params={"locationId": "loc_a"}).json()["contacts"]] == [contact_id]
    assert http.get("/ghl/contacts/", params={"locationId": "loc_b"}).json()["contacts"] == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"authorization": "Bearer bad-key"}, 401),
        ({"authorization": ""}, 401),
        ({"version": "1999-01-01"}, 401),
        ({"authorization": "Bearer pit-location-loc_b"}, 403),
    ],
)
def test_wrong_credentials_are_refused(sandbox: Running, http: httpx.Client, change: dict[str, str], status: int) -> None:
    answer = http.get("/ghl/conversations/search", params={"locationId": "loc_a"}, headers=change)
    assert (answer.status_code, answer.json()["statusCode"]) == (status, status)


def test_a_call_without_a_version_header_is_refused(sandbox: Running, http: httpx.Client) -> None:
    del http.headers["version"]
    assert http.get("/ghl/contacts/x").status_code == 401


def test_the_request_limit_is_counted_and_enforced_when_asked(sandbox: Running, http: httpx.Client) -> None:
    contact_id = contact_of(sandbox)
    sandbox.control.set_options(enforce_limits=True)
    answers = [http.get(f"/ghl/contacts/{contact_id}") for _ in range(101)]
    assert [answer.status_code for answer in answers] == [200] * 100 + [429]
    assert answers[0].headers["x-ratelimit-remaining"] == "99"
    assert answers[-1].headers["x-ratelimit-remaining"] == "0"


def test_unknown_contacts_are_refused_unless_they_are_to_be_adopted(sandbox: Running, http: httpx.Client) -> None:
    assert send_text(http, "seeded-contact").status_code == 400
    sandbox.control.set_options(adopt_unknown=True)
    assert send_text(http, "seeded-contact").status_code == 200
    found = http.get("/ghl/conversations/search", params={"locationId": "loc_seeded", "contactId": "seeded-contact"})
    assert found.json()["conversations"][0]["lastMessageBody"] == "Hello"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"null",
        b'{"type":"SMS","contactId":5,"message":"x"}',
        b'{"type":["SMS"]}',
        b"[" * 5000,
        b'{"type":"SMS","contactId":"\\ud800","message":"x"}',
    ],
)
def test_a_senseless_send_is_refused_and_written_down(sandbox: Running, http: httpx.Client, body: bytes) -> None:
    answer = http.post("/ghl/conversations/messages", content=body)
    assert answer.status_code in (400, 422)
    assert len(sandbox.control.received(provider="ghl")) == 1


def test_an_appointment_is_told_moved_and_signed_when_asked(sandbox: Running, receiver: Receiver) -> None:
    made = sandbox.control.act("ghl", "loc_a", LEAD, event="AppointmentCreate", subject="Intro", at="2026-11-26T18:00:00Z")["ids"]
    sandbox.control.act("ghl", "loc_a", LEAD | {"status": "cancelled"}, event="AppointmentUpdate", of=made["appointment_id"],
                        secret_in="signature")
    first, second = receiver.deliveries
    told = json.loads(second["raw"])["appointment"]
    assert (told["id"], told["title"], told["appointmentStatus"], told["startTime"]) == (
        made["appointment_id"], "Intro", "cancelled", "2026-11-26T18:00:00.000Z")
    assert "x-ghl-signature" not in first["headers"]
    assert second["headers"]["x-ghl-signature"] == signing.signature(second["raw"])


def test_unknown_contacts_that_are_adopted_stay_two_people(sandbox: Running, http: httpx.Client) -> None:
    sandbox.control.set_options(adopt_unknown=True)
    for contact_id in ("seeded-one", "seeded-two"):
        sent = http.post("/ghl/conversations/messages", headers={"version": "2021-04-15"},
                         json={"type": "SMS", "contactId": contact_id, "message": f"Hi {contact_id}"})
        assert sent.status_code in (200, 201), sent.text
    for contact_id in ("seeded-one", "seeded-two"):
        found = http.get("/ghl/conversations/search", headers={"version": "2021-04-15"},
                         params={"locationId": "loc_acme", "contactId": contact_id}).json()["conversations"]
        assert [row["lastMessageBody"] for row in found] == [f"Hi {contact_id}"]
