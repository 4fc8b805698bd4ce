"""Is a history read back whole, with the keys webhooks give? Against the sandbox, and against shapes it does not send."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sandbox.server import Running
from tests.integrations.test_providers import account, at
from zrg_app.integrations import emailbison, emailbison_inbound, ghl, ghl_inbound, transport
from zrg_app.integrations.base import Event, History, Person

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TOMAS = {"first_name": "Tomas", "last_name": "Oliveira", "phone": "+13125550188"}
DANA = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example", "phone": "+12125550170"}


def minute(number: int) -> str:
    return (NOON + timedelta(minutes=number)).isoformat()


def texts(sandbox: Running, *bodies: str, **more: object) -> dict:
    messages = [{"body": body, "at": minute(number)} for number, body in enumerate(bodies)]
    return sandbox.control.act("ghl", "loc_acme", TOMAS, messages=messages, deliver=False, event="InboundMessage", **more)


def key_of(webhook: dict, parse) -> str:  # noqa: ANN001 because it is either parser
    return parse(webhook).events[0].dedupe_key


def test_the_texts_of_a_contact_come_back_with_the_keys_of_their_webhooks(sandbox: Running) -> None:
    done = texts(sandbox, "Hello", "Are you there?")
    person = Person(identities={"ghl_contact": done["ids"]["contact_id"]})
    found = ghl.PROVIDER.read_history(at("ghl", sandbox), History(person=person))
    assert [event.text for event in found] == ["Hello", "Are you there?"]
    assert [event.dedupe_key for event in found] == [key_of(told, ghl_inbound.parse) for told in done["webhooks"]]
    assert found[0].sent_at == NOON
    assert found[0].thread == {"contact_id": done["ids"]["contact_id"], "conversation_id": done["ids"]["conversation_id"]}


def test_a_person_without_a_contact_id_is_found_by_number(sandbox: Running) -> None:
    done = texts(sandbox, "Hello")
    found = ghl.PROVIDER.read_history(at("ghl", sandbox), History(person=Person(phone="+13125550188")))
    assert found[0].person.identities == {"ghl_contact": done["ids"]["contact_id"]}
    assert ghl.PROVIDER.read_history(at("ghl", sandbox), History(person=Person(phone="+13125550199"))) == ()
    assert ghl.PROVIDER.read_history(at("ghl", sandbox), History(person=Person())) == ()


def test_a_long_conversation_is_read_over_its_pages_and_no_further_than_the_cap(sandbox: Running) -> None:
    done = texts(sandbox, *[f"Text {number}" for number in range(620)])
    person = Person(identities={"ghl_contact": done["ids"]["contact_id"]})
    found = ghl.PROVIDER.read_history(at("ghl", sandbox), History(person=person))
    assert [found[0].text, found[-1].text, len(found)] == ["Text 120", "Text 619", 500]
    asked = len(sandbox.control.received(provider="ghl"))
    late = ghl.PROVIDER.read_history(at("ghl", sandbox), History(person=person, since=NOON + timedelta(minutes=560)))
    assert len(late) == 100
    assert len(sandbox.control.received(provider="ghl")) == asked + 2


def test_the_recent_texts_of_everybody_name_who_wrote_them(sandbox: Running) -> None:
    texts(sandbox, "Old", "New")
    sandbox.control.act("ghl", "loc_acme", {"phone": "+13125550177", "first_name": "Ana"}, "Older", deliver=False,
                        event="InboundMessage", at=minute(-600))
    found = ghl.PROVIDER.recent(at("ghl", sandbox), NOON + timedelta(seconds=30))
    assert [event.text for event in found] == ["New"]
    assert (found[0].person.first_name, found[0].person.phone) == ("Tomas", "+13125550188")


@pytest.mark.parametrize("nested", [True, False])
def test_both_depths_of_the_message_page_are_read(nested: bool) -> None:
    rows = [{"id": "m1", "type": 2, "direction": "inbound", "body": "Hi", "dateAdded": "2026-11-20T12:00:00.000Z"},
            {"id": "m2", "type": 3, "direction": "inbound", "body": "<p>mail</p>", "dateAdded": "2026-11-20T12:01:00Z"},
            {"id": "m3", "messageType": "TYPE_SMS", "direction": "outbound", "body": "Yes", "status": "undelivered",
             "dateAdded": "2026-11-20T12:02:00Z", "source": "api"},
            {"id": None, "direction": "inbound", "body": "nameless", "dateAdded": "2026-11-20T12:03:00Z"}, "odd"]
    page = {"lastMessageId": "m1", "nextPage": False, "messages": rows}

    def answer(request: httpx.Request) -> httpx.Response:
        if "search" in request.url.path:
            return httpx.Response(200, json={"conversations": [{"id": "c1"}]})
        return httpx.Response(200, json={"messages": page} if nested else page)

    with transport.through(httpx.MockTransport(answer)):
        found = ghl.PROVIDER.read_history(account("ghl", "https://ghl.example"), History(person=Person(identities={"ghl_contact": "k1"})))
    assert [(event.kind, event.external_id or event.about_message) for event in found] == [
        ("reply", "m1"), ("outbound", "m3"), ("delivery_failed", "m3")]


def test_the_mails_of_a_lead_come_back_campaign_mail_and_answers_with_them(sandbox: Running) -> None:
    done = sandbox.control.act("emailbison", "4711", DANA, "Tell me more", deliver=False, at=minute(0))
    ours = sandbox.control.act("emailbison", "4711", DANA, "Gladly.", deliver=False, event="MANUAL_EMAIL_SENT", at=minute(5))
    campaign = sandbox.control.act("emailbison", "4711", DANA, deliver=False, event="EMAIL_SENT")
    wanted = [key_of(act["webhooks"][0], emailbison_inbound.parse) for act in (campaign, done, ours)]
    person = Person(email="dana@northwind.example", identities={"emailbison_lead": str(done["ids"]["lead_id"])})
    found = emailbison.PROVIDER.read_history(at("emailbison", sandbox), History(person=person))
    assert [event.dedupe_key for event in found] == wanted
    assert [(event.kind, event.by_campaign) for event in found] == [("outbound", True), ("reply", False), ("outbound", False)]
    by_address = emailbison.PROVIDER.read_history(at("emailbison", sandbox), History(person=Person(email="Dana@northwind.example")))
    assert [event.dedupe_key for event in by_address] == wanted


def test_the_thread_of_an_untracked_reply_is_read_too(sandbox: Running) -> None:
    done = sandbox.control.act("emailbison", "4711", DANA, "Who are you?", deliver=False, event="UNTRACKED_REPLY_RECEIVED")
    thread = {"reply_id": str(done["ids"]["reply_id"])}
    found = emailbison.PROVIDER.read_history(at("emailbison", sandbox), History(
        person=Person(email="dana@northwind.example"), threads=(thread, {"reply_id": "999999"}, {"contact_id": "x"})))
    assert [event.external_id for event in found] == [thread["reply_id"]]


def test_bounces_and_spam_are_not_part_of_a_history(sandbox: Running) -> None:
    done = sandbox.control.act("emailbison", "4711", DANA, deliver=False, event="EMAIL_BOUNCED")
    person = Person(identities={"emailbison_lead": str(done["ids"]["lead_id"])})
    found = emailbison.PROVIDER.read_history(at("emailbison", sandbox), History(person=person))
    assert [event.by_campaign for event in found] == [True]


def test_what_came_in_recently_is_completed_with_words_and_address(sandbox: Running) -> None:
    sandbox.control.act("emailbison", "4711", DANA, "Old", deliver=False, at=minute(-90))
    done = sandbox.control.act("emailbison", "4711", DANA, "New", deliver=False, at=minute(10))
    found = emailbison.PROVIDER.recent(at("emailbison", sandbox), NOON)
    assert [event.external_id for event in found] == [str(done["ids"]["reply_id"])]
    assert found[0].person.email is None
    told = Event(kind="reply", channel="email", person=found[0].person, dedupe_key=found[0].dedupe_key,
                 external_id=found[0].external_id)
    complete = emailbison.PROVIDER.complete(at("emailbison", sandbox), told)
    assert complete.text.startswith("New")
    assert (complete.person.email, complete.person.phone) == ("dana@northwind.example", "+12125550170")
    gone = Event(kind="reply", channel="email", person=Person(), dedupe_key="x", external_id="424242")
    assert emailbison.PROVIDER.complete(at("emailbison", sandbox), gone) == gone
