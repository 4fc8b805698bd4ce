"""Does the reader of SmartLead say what each recorded body means, and survive everything else? Pure."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integrations.odd import JSON, NAMES
from tests.services.inbound.deliveries import FIXTURES, fixture
from zrg_app.integrations import smartlead_inbound as smartlead
from zrg_app.integrations.base import Event, NotForUs, NotTheirs, Understood

AT = datetime(2026, 11, 20, 15, 0, 40, tzinfo=UTC)
EVERY = sorted(path.stem for path in (FIXTURES / "smartlead").glob("*.json"))


def event(name: str, **changes: object) -> Event:
    parsed = smartlead.parse(fixture(f"smartlead/{name}", **changes), received_at=AT)
    assert isinstance(parsed, Understood), parsed
    return parsed.events[0]


def test_a_reply_says_who_wrote_what_to_whom_and_how_to_answer() -> None:
    reply = event("email_reply")
    assert (reply.kind, reply.external_id, reply.dedupe_key) == ("reply", "r9001@northwind.example", "smartlead:r9001@northwind.example")
    assert (reply.person.email, reply.person.first_name, reply.person.last_name) == ("dana@northwind.example", "Dana", "Kessler")
    assert reply.person.identities == {"smartlead_lead": "9800001"}
    assert (reply.from_address, reply.to_address, reply.cc) == (
        "dana@northwind.example", "chris@acme-mail.example", ("Ops@northwind.example",))
    assert reply.text.startswith("Sounds interesting. What does it cost?") and "<blockquote>" in reply.html
    assert reply.sent_at == datetime(2026, 11, 20, 13, 45, 10, tzinfo=UTC)
    assert (reply.campaign_id, reply.campaign_name) == ("4101", "Freight Q4")
    assert {name: reply.thread[name] for name in ("campaign_id", "stats_id", "message_id", "lead_id", "sender_email")} == {
        "campaign_id": "4101", "stats_id": "6f0d7c1e-95f2-4a53-9b6d-0f6d6b9d4101", "message_id": "<r9001@northwind.example>",
        "lead_id": "9800001", "sender_email": "chris@acme-mail.example"}
    assert reply.thread["reply_time"] == "2026-11-20T13:45:10.000Z"
    assert reply.thread["reply_text"].startswith("Sounds interesting.")
    assert all(isinstance(value, str) for value in reply.thread.values())


@pytest.mark.parametrize("name", ["email_reply_old", "nested_reply"])
def test_older_and_nested_shapes_are_the_same_message(name: str) -> None:
    told, known = event(name), event("email_reply")
    assert (told.dedupe_key, told.person.email, told.from_address, told.to_address, told.sent_at.date()) == (
        known.dedupe_key, known.person.email, known.from_address, known.to_address, known.sent_at.date())
    assert told.html == known.html and told.thread["stats_id"] == known.thread["stats_id"]


@pytest.mark.parametrize("wrap", ["body", "data", "payload"])
def test_a_relay_may_wrap_it(wrap: str) -> None:
    whole = fixture("smartlead/email_reply")
    wrapped = {"source": "relay", wrap: whole}
    assert smartlead.parse(wrapped, received_at=AT) == smartlead.parse(whole, received_at=AT)
    assert smartlead.event_key(smartlead.envelope(wrapped)) == smartlead.event_key(smartlead.envelope(whole))
    assert smartlead.secret_of(wrapped) == "sl-whsec-41d7f0"


def test_a_colleague_replies_in_the_leads_thread() -> None:
    reply = event("email_reply_by_colleague")
    assert (reply.person.email, reply.from_address, reply.from_name) == (
        "dana@northwind.example", "lee@northwind.example", "Lee Moss")
    assert reply.person.first_name == ""


def test_every_event_of_one_reply_is_one_message() -> None:
    keys = {event(name).dedupe_key for name in ("email_reply", "email_reply_old", "nested_reply", "lead_category_interested")}
    assert keys == {"smartlead:r9001@northwind.example"}
    ledger = {smartlead.event_key(smartlead.envelope(fixture(f"smartlead/{name}"))) for name in (
        "email_reply", "lead_category_interested")}
    assert len(ledger) == 2 and all(key.startswith("smartlead:") for key in ledger)


def test_repeats_of_an_event_have_one_key_whatever_changes_around_them() -> None:
    for name in EVERY:
        once = smartlead.event_key(smartlead.envelope(fixture(f"smartlead/{name}")))
        again = smartlead.event_key(smartlead.envelope(fixture(f"smartlead/{name}", metadata={}, webhook_id=9, secret_key="other")))
        assert once == again


def test_a_category_that_means_interested_says_so_with_or_without_the_reply() -> None:
    told, bare = event("lead_category_interested"), event("lead_category_without_reply")
    assert (told.kind, told.external_id, told.person.phone) == ("interested", "r9001@northwind.example", "+1 212 555 0170")
    assert told.thread["stats_id"] == "6f0d7c1e-95f2-4a53-9b6d-0f6d6b9d4101"
    assert (bare.kind, bare.external_id, bare.text, bare.html) == ("interested", None, None, None)


def test_a_category_without_a_named_reply_stores_no_second_one() -> None:
    told = event("lead_category_interested", lastReply={}, last_reply={"email_body": "<p>Words</p>"}, history=[])
    assert (told.kind, told.external_id, told.html) == ("interested", None, None)


@pytest.mark.parametrize(("name", "mood", "meaning"), [
    ("Interested", "positive", "interested"), ("Hot lead", "positive", "interested"), ("interested", None, "interested"),
    ("Meeting Request", "positive", None), ("Information Request", "positive", None), ("Not Interested", "negative", None),
    ("Out Of Office", "neutral", None), ("Do Not Contact", "negative", "unsubscribed"), ("", None, None)])
def test_only_some_categories_mean_something(name: str, mood: str | None, meaning: str | None) -> None:
    parsed = smartlead.parse(fixture("smartlead/lead_category_without_reply", lead_category={"new_name": name}, category=name,
                                     lead_data__category={"name": name, "sentiment_type": mood}), received_at=AT)
    if meaning is None:
        assert parsed == NotForUs(event_type="LEAD_CATEGORY_UPDATED", reason="category_not_used")
    else:
        assert parsed.events[0].kind == meaning


def test_a_sent_mail_is_known_by_its_message_id_else_by_its_stats_id() -> None:
    sent, first, nameless = event("email_sent"), event("first_email_sent"), event("email_sent_without_id")
    assert sent.dedupe_key == first.dedupe_key == "smartlead:s4101@acme-mail.example"
    assert (sent.kind, sent.by_campaign, sent.to_address, sent.from_address) == (
        "outbound", True, "dana@northwind.example", "chris@acme-mail.example")
    assert (nameless.external_id, nameless.dedupe_key) == (None, "smartlead:stats:6f0d7c1e-95f2-4a53-9b6d-0f6d6b9d4101")
    assert not event("email_sent", sequence_number=0).by_campaign


def test_a_bounce_and_an_opening_name_the_mail_they_are_about() -> None:
    bounced = event("email_bounce")
    assert (bounced.kind, bounced.about_message, bounced.text) == ("bounced", "s4101@acme-mail.example", "550 5.1.1 No such user")
    opened = event("email_open")
    assert (opened.kind, opened.about_message) == ("opened", "stats:6f0d7c1e-95f2-4a53-9b6d-0f6d6b9d4101")
    gone = event("lead_unsubscribed")
    assert (gone.kind, gone.person.email) == ("unsubscribed", "dana@northwind.example")


@pytest.mark.parametrize(("name", "reason"), [
    ("email_link_click", "event_not_used"), ("campaign_status_changed", "event_not_used"),
    ("email_bounce_of_sender", "sender_originated_bounce"), ("lead_category_wrong_person", "category_not_used")])
def test_known_events_without_effect_have_a_stable_reason(name: str, reason: str) -> None:
    parsed = smartlead.parse(fixture(f"smartlead/{name}"), received_at=AT)
    assert isinstance(parsed, NotForUs) and parsed.reason == reason


@pytest.mark.parametrize(("changes", "reason"), [
    ({"event_type": None}, "missing_event_type"), ({"event_type": "EMAIL_REPLY", "sl_lead_email": None, "to_email": None,
      "sl_email_lead_id": None, "leadCorrespondence": None}, "missing_sl_lead_email"),
    ({"message_id": None, "reply_message": None, "stats_id": None}, "missing_message_id")])
def test_what_is_missing_is_named(changes: dict, reason: str) -> None:
    assert smartlead.parse(fixture("smartlead/email_reply", **changes), received_at=AT) == NotTheirs(reason=reason)


@pytest.mark.parametrize("given", ["a@b.example, C@d.example", ["a@b.example", "C@d.example"],
                                   [{"email": "a@b.example"}, {"address": "C@d.example"}, 7, None, "no address"]])
def test_copies_come_in_several_shapes(given: object) -> None:
    assert event("email_reply", cc_emails=given).cc == ("a@b.example", "C@d.example")


@pytest.mark.parametrize("spelling", ["email_reply", "EMAIL_REPLIED", "Email Reply"])
def test_the_name_of_an_event_is_read_whatever_its_spelling(spelling: str) -> None:
    assert event("email_reply", event_type=spelling) == event("email_reply")


def test_ids_may_be_numbers_or_strings() -> None:
    assert event("email_reply", campaign_id="4101", sl_email_lead_id=9800001) == event("email_reply")


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*NAMES, "event_type", "sl_lead_email", "to_email", "reply_message", "sent_message",
                                        "message_id", "stats_id", "lead_data", "lead_category", "lastReply", "history",
                                        "leadCorrespondence", "cc_emails", "event_timestamp"]), JSON, max_size=8),
       st.sampled_from([None, "EMAIL_REPLY", "LEAD_CATEGORY_UPDATED", "EMAIL_SENT", "EMAIL_BOUNCE", "LEAD_UNSUBSCRIBED"]))
def test_no_body_makes_the_reader_fail(payload: dict, named: str | None) -> None:
    payload = payload | ({"event_type": named} if named else {})
    assert isinstance(smartlead.parse(payload, received_at=AT), Understood | NotForUs | NotTheirs)
    assert smartlead.event_key(smartlead.envelope(payload)).startswith("smartlead:")
    smartlead.secret_of(payload)


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_odd_value_makes_a_recorded_body_fail(data: st.DataObject) -> None:
    payload = fixture(f"smartlead/{data.draw(st.sampled_from(EVERY))}")
    target = data.draw(st.sampled_from([payload, *[value for value in payload.values() if isinstance(value, dict) and value]]))
    target[data.draw(st.sampled_from(sorted(target)))] = data.draw(JSON)
    assert isinstance(smartlead.parse(payload, received_at=AT), Understood | NotForUs | NotTheirs)
    assert smartlead.event_key(smartlead.envelope(payload))
