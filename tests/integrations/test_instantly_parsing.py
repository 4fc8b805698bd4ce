"""Does the reader of Instantly say what each recorded body means, and survive everything else? Pure."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integrations.odd import JSON, NAMES
from tests.services.inbound.deliveries import FIXTURES, fixture
from zrg_app.integrations import instantly_inbound as instantly
from zrg_app.integrations.base import Event, File, NotForUs, NotTheirs, Person, Understood

AT = datetime(2026, 11, 20, 15, 0, 40, tzinfo=UTC)
EVERY = sorted(path.stem for path in (FIXTURES / "instantly").glob("*.json"))
REPLY, SENT = "0193a1c3-0000-7000-8000-00000000900a", "0193a1c2-0000-7000-8000-00000000700a"


def event(name: str, **changes: object) -> Event:
    parsed = instantly.parse(fixture(f"instantly/{name}", **changes), received_at=AT)
    assert isinstance(parsed, Understood), parsed
    return parsed.events[0]


def test_a_reply_says_who_wrote_what_and_how_to_answer() -> None:
    reply = event("reply_received")
    assert (reply.kind, reply.external_id, reply.dedupe_key) == ("reply", REPLY, f"instantly:{REPLY}")
    assert (reply.person.email, reply.person.first_name, reply.person.last_name, reply.person.company, reply.person.phone) == (
        "dana@northwind.example", "Dana", "Kessler", "Northwind Freight", "+1 212 555 0170")
    assert reply.person.linkedin_url == "https://www.linkedin.com/in/dana-kessler/"
    assert (reply.from_address, reply.to_address, reply.subject) == (
        None, "chris@acme-mail.example", "Re: Cutting dwell time at Northwind")
    assert reply.text.startswith("Sounds interesting.") and "<blockquote>" in reply.html and not reply.automatic
    assert reply.sent_at == datetime(2026, 11, 20, 13, 45, 12, 345000, tzinfo=UTC)
    assert reply.thread == {"reply_to_uuid": REPLY, "eaccount": "chris@acme-mail.example",
                            "sender_email": "chris@acme-mail.example"}


def test_an_automatic_reply_says_so() -> None:
    assert event("auto_reply_received").automatic
    assert event("reply_received", is_auto_reply=1).automatic


def test_older_shapes_are_the_same_message() -> None:
    told, known = event("older_shape"), event("reply_received")
    assert (told.dedupe_key, told.person.email, told.text, told.thread, told.sent_at) == (
        known.dedupe_key, known.person.email, known.text, known.thread, known.sent_at)


@pytest.mark.parametrize("wrap", ["body", "data", "payload"])
def test_a_relay_may_wrap_it(wrap: str) -> None:
    whole = fixture("instantly/reply_received")
    wrapped = {"source": "relay", wrap: {"data": whole}}
    assert instantly.parse(wrapped, received_at=AT) == instantly.parse(whole, received_at=AT)


def test_interest_told_with_the_reply_is_the_same_message_and_alone_it_is_none() -> None:
    told, alone = event("lead_interested"), event("lead_interested_by_hand")
    assert (told.kind, told.dedupe_key) == ("interested", f"instantly:{REPLY}")
    assert (alone.kind, alone.external_id, alone.text, alone.html) == ("interested", None, None, None)


def test_a_sent_mail_its_opening_and_its_bounce_share_a_name() -> None:
    sent, opened, bounced = event("email_sent"), event("email_opened"), event("email_bounced")
    assert (sent.kind, sent.external_id, sent.by_campaign, sent.to_address) == ("outbound", SENT, True, "dana@northwind.example")
    assert (opened.kind, opened.about_message) == ("opened", SENT)
    assert (bounced.kind, bounced.about_message) == ("bounced", SENT)
    assert not event("email_sent", step=None).by_campaign
    assert event("lead_unsubscribed").kind == "unsubscribed"


def test_the_ledger_names_an_event_by_type_mail_and_time_never_by_the_mail_alone() -> None:
    def key(name: str, **changes: object) -> str:
        return instantly.event_key(instantly.envelope(fixture(f"instantly/{name}", **changes)))

    assert key("email_opened") == key("email_opened", unibox_url="https://other.example")
    assert key("email_opened") != key("email_opened", timestamp="2026-11-19T16:00:00.000Z")
    assert key("reply_received") != key("lead_interested", timestamp="2026-11-20T13:45:12.345Z")
    assert len({key(name) for name in EVERY}) == len(EVERY)
    assert all(key(name).startswith("instantly:") for name in EVERY)


@pytest.mark.parametrize("name", [
    "email_link_clicked", "account_error", "campaign_completed", "lead_neutral", "lead_not_interested", "lead_meeting_booked",
    "lead_meeting_completed", "lead_closed", "lead_out_of_office", "lead_wrong_person", "lead_no_show",
    "supersearch_enrichment_completed"])
def test_known_events_without_effect_have_a_stable_reason(name: str) -> None:
    parsed = instantly.parse(fixture(f"instantly/{name}"), received_at=AT)
    assert isinstance(parsed, NotForUs) and parsed.reason == "event_not_used"


def test_a_label_of_the_customers_own_is_kept_as_unknown() -> None:
    assert instantly.parse(fixture("instantly/custom_label"), received_at=AT) == NotForUs(
        event_type="call_back_in_q1", reason="unknown_event")


@pytest.mark.parametrize(("changes", "reason"), [
    ({"event_type": None}, "missing_event_type"), ({"lead_email": None}, "missing_lead_email"),
    ({"email_id": None}, "missing_email_id")])
def test_what_is_missing_is_named(changes: dict, reason: str) -> None:
    assert instantly.parse(fixture("instantly/reply_received", **changes), received_at=AT) == NotTheirs(reason=reason)


@pytest.mark.parametrize(("given", "expected"), [
    ("2026-11-20T13:45:12.345Z", True), (1795182312, False), (1795182312345, True), ("1795182312345", True), (17, None),
    ("soon", None), (None, None), (float("inf"), None), ([], None)])
def test_times_come_as_text_seconds_or_milliseconds(given: object, expected: bool | None) -> None:
    found = instantly.moment(given)
    whole = datetime(2026, 11, 20, 13, 45, 12, tzinfo=UTC)
    assert found == (None if expected is None else whole.replace(microsecond=345000) if expected else whole)


def test_an_email_object_of_the_history_is_the_message_the_webhook_told() -> None:
    mail = {"id": REPLY, "ue_type": 2, "timestamp_email": "2026-11-20T13:45:12.345Z", "subject": "Re: x",
            "eaccount": "chris@acme-mail.example",
            "from_address_email": "lee@northwind.example", "to_address_email_list": "chris@acme-mail.example", "lead_id": "l-1",
            "cc_address_email_list": "ops@northwind.example, x", "body": {"text": "Hi", "html": None}, "is_auto_reply": 1,
            "thread_id": "t-1", "attachment_json": '{"files": [{"filename": "rates.pdf", "url": "https://f.example/1", "size": 12}]}'}
    told = instantly.message(mail, person=Person(email="dana@northwind.example"))
    assert (told.kind, told.dedupe_key, told.from_address, told.automatic) == (
        "reply", f"instantly:{REPLY}", "lee@northwind.example", True)
    assert (told.cc, told.person.identities) == (("ops@northwind.example",), {"instantly_lead": "l-1"})
    assert told.files == (File(name="rates.pdf", url="https://f.example/1", size_bytes=12),)
    by_campaign = instantly.message(mail | {"ue_type": "1"}, person=Person())
    assert (by_campaign.kind, by_campaign.by_campaign) == ("outbound", True)
    assert instantly.message(mail | {"ue_type": 4}, person=Person()) is None


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*NAMES, "event_type", "lead_email", "email_id", "reply_text", "reply_html", "is_auto_reply",
                                        "attachment_json", "email_account", "step", "lead_id"]), JSON, max_size=8),
       st.sampled_from([None, "reply_received", "lead_interested", "email_sent", "email_bounced", "lead_unsubscribed"]))
def test_no_body_makes_the_reader_fail(payload: dict, named: str | None) -> None:
    payload = payload | ({"event_type": named} if named else {})
    assert isinstance(instantly.parse(payload, received_at=AT), Understood | NotForUs | NotTheirs)
    assert instantly.event_key(instantly.envelope(payload)).startswith("instantly:")


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_odd_value_makes_a_recorded_body_fail(data: st.DataObject) -> None:
    payload = fixture(f"instantly/{data.draw(st.sampled_from(EVERY))}")
    target = data.draw(st.sampled_from([payload, *[value for value in payload.values() if isinstance(value, dict) and value]]))
    target[data.draw(st.sampled_from(sorted(target)))] = data.draw(JSON)
    assert isinstance(instantly.parse(payload, received_at=AT), Understood | NotForUs | NotTheirs)
    mail = {name: data.draw(JSON) for name in ("body", "attachment_json", "timestamp_email", "cc_address_email_list")}
    assert instantly.message({"id": "x", "ue_type": 2} | mail, person=Person()) is not None
