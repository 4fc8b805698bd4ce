"""Do we speak GoHighLevel and EmailBison as they do? Against the sandbox, and against shapes it does not send."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sandbox.server import Running
from zrg_app.integrations import emailbison, ghl, registry, transport
from zrg_app.integrations.base import Account, Outgoing, Person
from zrg_app.kit import clock
from zrg_app.kit.errors import NotFound, OutcomeUnknown, ProviderLocked, ProviderRefused

SMS = Outgoing(idempotency_key="k", channel="sms", body="Hello there", subject=None, to_address="+14155550142", to_name=None,
               cc=(), thread={}, person=Person(first_name="Tomas", phone="+14155550142"))
MAIL = Outgoing(idempotency_key="k", channel="email", body="Hello there", subject=None, to_address="dana@northwind.example",
                to_name="Dana", cc=("lee@northwind.example",), thread={"reply_id": "5", "sender_email_id": "3"}, person=Person())


def account(slug: str, base_url: str, token: str = "good-token") -> Account:
    return Account(provider=slug, workspace_id="w", external_id={"ghl": "loc_acme", "emailbison": "4711"}[slug],
                   base_url=base_url, credentials={"access_token": token, "api_key": token})


def at(slug: str, sandbox: Running, token: str = "good-token") -> Account:
    return account(slug, f"{sandbox.base_url}/{slug}", token)


def answering(body: object, status: int = 200) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: httpx.Response(status, content=json.dumps(body)))


@pytest.mark.parametrize("slug", ["ghl", "emailbison"])
def test_the_test_button_proves_good_credentials_and_names_bad_ones(sandbox: Running, slug: str) -> None:
    declared = registry.provider(slug)
    assert declared.check(at(slug, sandbox)).sentence.startswith("Connected to")
    with pytest.raises(ProviderLocked):
        declared.check(at(slug, sandbox, "bad-token"))


def test_a_token_of_another_location_is_locked_out(sandbox: Running) -> None:
    with pytest.raises(ProviderLocked):
        ghl.check(at("ghl", sandbox, "pit-location-loc_other"))


def test_every_request_to_gohighlevel_names_its_version(sandbox: Running) -> None:
    receipt = ghl.send(at("ghl", sandbox), SMS)
    assert receipt.identities["ghl_contact"]
    requests = sandbox.control.received(provider="ghl")
    assert [each["path"] for each in requests] == ["/contacts/upsert", "/conversations/messages"]
    assert all(each["outcome"]["accepted"] for each in requests)


@pytest.mark.parametrize(("said", "code"), [
    ("Cannot send message as DND is active for SMS.", "sms_dnd"), ("Cannot send message as DND is active", "sms_dnd"),
    ("Cannot send message as +14155550142 has unsubscribed", "sms_unsubscribed"), ("Missing phone number", "missing_phone"),
    ("Location or agency is inactive", "location_inactive"), ("Something new", "invalid_request")])
def test_a_refusal_in_words_becomes_a_code(said: str, code: str) -> None:
    known = replace(SMS, person=Person(identities={"ghl_contact": "c1"}))
    with transport.through(answering({"statusCode": 400, "message": said}, 400)), pytest.raises(ProviderRefused) as raised:
        ghl.send(account("ghl", "http://ghl.example"), known)
    assert raised.value.reason == code


def test_a_conversation_that_is_gone_hides_no_other() -> None:
    now = clock.now()
    row = {"id": "m1", "direction": "outbound", "body": SMS.body, "dateAdded": now.isoformat()}

    def answer(request: httpx.Request) -> httpx.Response:
        if "search" in request.url.path:
            return httpx.Response(200, json={"conversations": [{"id": "gone"}, {"id": "there"}]})
        return httpx.Response(404) if "gone" in request.url.path else httpx.Response(200, json={"messages": [row]})

    asked = replace(SMS, thread={"conversation_id": "gone"}, person=Person(identities={"ghl_contact": "c1"}))
    with transport.through(httpx.MockTransport(answer)):
        assert ghl.find_sent(account("ghl", "http://ghl.example"), asked, now).message_id == "m1"


@pytest.mark.parametrize("nested", [True, False])
def test_gohighlevel_history_is_read_at_both_depths(nested: bool) -> None:
    now = datetime.now(UTC)
    rows = [{"id": "m1", "direction": "outbound", "body": "hello  there", "dateAdded": now.isoformat()},
            {"id": "m2", "direction": "inbound", "body": "Hello there", "dateAdded": now.isoformat()}]
    page = {"messages": {"messages": rows} if nested else rows}
    asked = replace(SMS, thread={"conversation_id": "v"}, person=Person(identities={"ghl_contact": "c1"}))
    with transport.through(answering(page)):
        where = account("ghl", "http://ghl.example")
        assert ghl.find_sent(where, asked, now).message_id == "m1"
        assert ghl.find_sent(where, asked, now, {"m1"}) is None
        assert ghl.find_sent(where, asked, now + timedelta(minutes=5)) is None


@pytest.mark.parametrize("wrapped", [True, False])
def test_both_shapes_of_emailbison_answers_name_the_message(wrapped: bool) -> None:
    body = {"data": {"success": True, "reply": {"id": 77}}} if wrapped else {"data": {"id": 77}}
    with transport.through(answering(body)):
        receipt = emailbison.send(account("emailbison", "http://bison.example"), MAIL)
    assert (receipt.message_id, receipt.thread) == ("77", {"reply_id": "77", "sender_email_id": "3"})


def test_an_emailbison_answer_goes_to_the_person_with_copies_as_html() -> None:
    seen: list[dict] = []

    def take(given: httpx.Request) -> httpx.Response:
        seen.append(json.loads(given.content))
        return httpx.Response(200, json={"data": {"id": 1}})

    with transport.through(httpx.MockTransport(take)):
        emailbison.send(account("emailbison", "http://bison.example"), replace(MAIL, body="a < b\nhttps://x.example"))
    sent, = seen
    assert sent["message"] == 'a &lt; b<br>\n<a href="https://x.example">https://x.example</a>'
    assert (sent["content_type"], sent["sender_email_id"], sent["inject_previous_email_body"]) == ("html", 3, False)
    assert sent["to_emails"] == [{"name": "Dana", "email_address": "dana@northwind.example"}]
    assert sent["cc_emails"] == [{"name": None, "email_address": "lee@northwind.example"}]


def test_success_false_with_status_200_is_a_refusal() -> None:
    with transport.through(answering({"data": {"success": False, "message": "No."}})), pytest.raises(ProviderRefused):
        emailbison.send(account("emailbison", "http://bison.example"), MAIL)


@pytest.mark.parametrize("body", [None, [], {}, {"data": []}, {"data": {"success": True}}, "text", {"messageId": ""}])
def test_a_success_without_a_message_id_is_looked_up(body: object) -> None:
    known = replace(SMS, person=Person(identities={"ghl_contact": "c1"}))
    with transport.through(answering(body)):
        with pytest.raises(OutcomeUnknown):
            emailbison.send(account("emailbison", "http://bison.example"), MAIL)
        with pytest.raises(OutcomeUnknown):
            ghl.send(account("ghl", "http://ghl.example"), known)


@pytest.mark.parametrize("thread", [{}, {"reply_id": "5"}, {"reply_id": "../users", "sender_email_id": "3"}])
def test_without_a_reply_to_answer_emailbison_is_not_called(thread: dict) -> None:
    with pytest.raises(ProviderRefused) as raised:
        emailbison.send(account("emailbison", "http://bison.example"), replace(MAIL, thread=thread))
    assert raised.value.reason == "no_thread"


@pytest.mark.parametrize(("status", "said", "code"), [
    (404, "Record not found.", "no_thread"), (422, "The selected sender email id is invalid.", "sender_unavailable"),
    (422, "The to_emails.0.email_address field must be a valid email address.", "invalid_recipient"),
    (422, "Something else.", "invalid_request")])
def test_emailbison_refusals_have_codes(status: int, said: str, code: str) -> None:
    body = {"data": {"success": False, "message": said, "errors": {}}}
    with transport.through(answering(body, status)), pytest.raises(ProviderRefused) as raised:
        emailbison.send(account("emailbison", "http://bison.example"), MAIL)
    assert raised.value.reason == code


def test_an_unknown_provider_is_not_found() -> None:
    with pytest.raises(NotFound):
        registry.provider("nobody")
    assert [each.slug for each in registry.for_channel("sms")] == ["ghl"]
