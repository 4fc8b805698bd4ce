"""What does each Unipile webhook say in our words, and does an odd one ever make the reader fail? Pure."""

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.inbound.deliveries import fixture
from zrg_app.integrations import unipile_inbound as unipile
from zrg_app.integrations.base import Event, NotForUs, NotTheirs, Understood

AT = datetime(2026, 11, 20, 15, 0, 40, tzinfo=UTC)
DANA = "ACoAAB3k9danaKesslerMemberId00000000022"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=20)
NAMES = ["event", "account_id", "account_type", "account_info", "chat_id", "attendees", "sender", "message", "message_id",
         "timestamp", "attachments", "is_sender", "is_event", "is_group", "AccountStatus", "status", "name", "connection",
         "user_provider_id", "user_public_identifier", "user_profile_url", "user_full_name", "reaction", "subject"]
RECORDED = ["message_received", "message_sent_by_us", "message_with_files", "new_relation", "account_status", "hosted_auth",
            "legacy_message"]


def event_of(name: str, **changes: object) -> Event:
    parsed = unipile.parse(fixture(f"unipile/{name}", **changes), received_at=AT)
    assert isinstance(parsed, Understood), parsed
    event, = parsed.events
    return event


def reason_of(name: str, **changes: object) -> str:
    parsed = unipile.parse(fixture(f"unipile/{name}", **changes), received_at=AT)
    assert isinstance(parsed, NotForUs | NotTheirs), parsed
    return parsed.reason


def test_a_message_names_lead_chat_and_itself() -> None:
    event = event_of("message_received")
    assert (event.kind, event.channel, event.text) == ("reply", "linkedin", "Sounds useful. What does it cost?")
    assert (event.dedupe_key, event.external_id, event.thread) == ("unipile:msg_9001", "msg_9001", {"chat_id": "chat_dana_7"})
    assert event.person.identities == {"linkedin_member": DANA}
    assert (event.person.first_name, event.person.last_name, event.from_name) == ("Dana", "Kessler", "Dana Kessler")
    assert event.sent_at == datetime(2026, 11, 20, 16, 20, 41, 107_000, tzinfo=UTC)


def test_a_profile_address_that_ends_in_a_member_id_is_no_public_name() -> None:
    assert event_of("message_received").person.linkedin_url is None
    told = event_of("message_received", sender__attendee_public_identifier="Dana-Kessler-Ops")
    assert told.person.linkedin_url == "https://www.linkedin.com/in/dana-kessler-ops"
    told = event_of("message_received", sender__attendee_profile_url="https://uk.linkedin.com/in/dana-k%C3%A9ssler/?x=1")
    assert told.person.linkedin_url == "https://www.linkedin.com/in/dana-késsler"


def test_a_message_of_ours_is_about_the_other_member_of_the_chat() -> None:
    event = event_of("message_sent_by_us")
    assert (event.kind, event.dedupe_key, event.to_name, event.from_name) == ("outbound", "unipile:msg_9000", "Dana Kessler", None)
    assert event.person.identities == {"linkedin_member": DANA}


def test_without_the_mark_the_sender_decides_whose_message_it_is() -> None:
    assert event_of("message_sent_by_us", is_sender=None).kind == "outbound"
    assert event_of("message_received", is_sender=None).kind == "reply"
    assert event_of("message_received", is_sender=0, account_info={}).kind == "reply"
    assert event_of("message_sent_by_us", is_sender=1, account_info=None).person.identities == {"linkedin_member": DANA}


def test_a_message_of_files_alone_is_a_message() -> None:
    event = event_of("message_with_files")
    file, = event.files
    assert (event.text, file.name, file.content_type, file.size_bytes) == ("", "rates.pdf", "application/pdf", 48211)
    assert file.url is None
    file, = event_of("message_with_files", attachments=[{"type": "img", "url": "https://media.example/a.png"}]).files
    assert (file.name, file.url) == ("img", "https://media.example/a.png")


def test_an_inmail_has_its_subject_and_a_message_in_an_object_its_words() -> None:
    assert event_of("inmail_received").subject == "About your carriers"
    told = event_of("message_received", message={"id": "m7", "message": "Hello"}, message_id=None)
    assert (told.text, told.external_id, told.dedupe_key) == ("Hello", "m7", "unipile:m7")


@pytest.mark.parametrize("said", ["None", "null", "0", "NaN"])
def test_words_for_nothing_are_words_when_a_person_writes_them(said: str) -> None:
    assert event_of("message_received", message=said).text == said


def test_a_message_without_an_id_has_a_stable_key() -> None:
    first, again = (event_of("message_received", message_id=None) for _ in range(2))
    assert first.dedupe_key == again.dedupe_key and first.external_id is None
    assert first.dedupe_key != event_of("message_received", message_id=None, message="Other").dedupe_key


def test_the_older_shape_is_understood() -> None:
    event = event_of("legacy_message")
    assert (event.kind, event.text, event.dedupe_key) == ("reply", "Tell me more", "unipile:msg_old_1")
    assert event.person.linkedin_url == "https://www.linkedin.com/in/dana-kessler-ops"


@pytest.mark.parametrize(("name", "changes", "reason"), [
    ("message_reaction", {}, "reaction"), ("message_read", {}, "read_receipt"), ("message_edited", {}, "message_edited"),
    ("message_deleted", {}, "message_deleted"), ("message_delivered", {}, "delivery_receipt"), ("group_message", {}, "group_chat"),
    ("group_message", {"is_group": None}, "group_chat"), ("whatsapp_message", {}, "not_linkedin"),
    ("message_received", {"is_event": 1}, "system_notice"), ("message_received", {"message": " "}, "empty_message"),
    ("message_received", {"chat_content_type": "sponsored"}, "sponsored"), ("message_received", {"reaction": "x"}, "reaction"),
    ("message_received", {"attendees": [], "sender": {}}, "nobody_to_recognise"),
    ("message_sent_by_us", {"attendees": []}, "nobody_to_recognise"), ("message_received", {"event": "profile.viewed"}, "profile_viewed"),
    ("message_received", {"event": "something_new"}, "unknown_event"), ("message_received", {"account_id": None}, "missing_account"),
    ("account_status", {"AccountStatus__message": "DANCING"}, "unknown_account_status"),
    ("account_status", {"AccountStatus__account_type": "WHATSAPP"}, "not_linkedin"),
    ("new_relation", {"user_provider_id": None, "user_public_identifier": None, "user_profile_url": None}, "missing_person")])
def test_what_a_thread_does_not_show_is_known_by_its_reason(name: str, changes: dict, reason: str) -> None:
    assert reason_of(name, **changes) == reason


def test_a_relation_names_member_and_profile() -> None:
    event = event_of("new_relation")
    assert (event.kind, event.person.identities) == ("relation", {"linkedin_member": DANA})
    assert event.person.linkedin_url == "https://www.linkedin.com/in/dana-kessler-ops"


@pytest.mark.parametrize(("status", "works"), [
    ("OK", True), ("CREATION_SUCCESS", True), ("RECONNECTED", True), ("SYNC_SUCCESS", True), ("CONNECTING", None),
    ("CREDENTIALS", False), ("ERROR", False), ("STOPPED", False), ("PERMISSIONS", False), ("DELETED", False), ("credentials", False)])
def test_the_state_of_the_account_is_news_of_the_account(status: str, works: bool | None) -> None:
    for parsed in (unipile.parse(fixture("unipile/account_status", AccountStatus__message=status)),
                   unipile.parse(fixture("unipile/hosted_auth", status=status))):
        assert isinstance(parsed, Understood) and parsed.events == ()
        assert parsed.account.works is works and parsed.account.sentence.endswith(".")


def test_a_repeated_delivery_has_one_key_and_a_new_state_another() -> None:
    told = fixture("unipile/message_received")
    assert unipile.event_key(told, AT) == unipile.event_key(told, AT + timedelta(hours=3))
    state = fixture("unipile/account_status")
    assert unipile.event_key(state, AT) == unipile.event_key(state, AT + timedelta(seconds=5))
    assert unipile.event_key(state, AT) != unipile.event_key(state, AT + timedelta(hours=1))
    assert unipile.event_key(fixture("unipile/message_edited"), AT) != unipile.event_key(told, AT)
    assert all(unipile.event_key(fixture(f"unipile/{name}"), AT).startswith("unipile:") for name in RECORDED)


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=10))
def test_no_body_makes_the_reader_fail(payload: dict) -> None:
    assert isinstance(unipile.parse(payload, received_at=AT), Understood | NotForUs | NotTheirs)
    assert unipile.event_key(payload, AT)
    unipile.member_of(payload)


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_odd_value_makes_a_recorded_body_fail(data: st.DataObject) -> None:
    payload = fixture(f"unipile/{data.draw(st.sampled_from(RECORDED))}")
    target = data.draw(st.sampled_from([payload, *[value for value in payload.values() if isinstance(value, dict) and value]]))
    target[data.draw(st.sampled_from(sorted(target)))] = data.draw(JSON)
    assert isinstance(unipile.parse(payload, received_at=AT), Understood | NotForUs | NotTheirs)
    assert unipile.event_key(payload, AT)


@given(st.text(alphabet=string.printable, max_size=60))
def test_no_address_makes_a_strange_slug(address: str) -> None:
    slug = unipile.slug_of(address)
    assert slug is None or (slug == slug.lower().strip() and "/" not in slug)
