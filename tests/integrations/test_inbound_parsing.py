"""Do the two readers say what each recorded body means, and survive everything else? Pure."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.inbound.deliveries import fixture
from zrg_app.integrations import emailbison_inbound as emailbison
from zrg_app.integrations import fields
from zrg_app.integrations import ghl_inbound as ghl
from zrg_app.integrations.base import NotForUs, NotTheirs, Understood

AT = datetime(2026, 11, 20, 15, 0, 40, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
NAMES = ["type", "event", "data", "reply", "lead", "location", "contact_id", "message", "body", "customData", "id", "locationId",
         "contactId", "scheduled_email", "campaign", "custom_variables", "dndSettings", "SMS", "direction", "dateAdded",
         "attachments", "payload", "workspace_id"]


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8))
def test_no_body_makes_a_reader_fail(payload: dict) -> None:
    for reader in (ghl, emailbison):
        assert isinstance(reader.parse(payload, received_at=AT), Understood | NotForUs | NotTheirs)
    assert ghl.event_keys(payload, AT)[0] and emailbison.event_key(emailbison.envelope(payload))


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_odd_value_makes_a_recorded_body_fail(data: st.DataObject) -> None:
    for name, reader in (("ghl/workflow_sms", ghl), ("ghl/inbound_message", ghl), ("ghl/contact_dnd_update", ghl),
                         ("emailbison/lead_replied", emailbison), ("emailbison/email_bounced", emailbison)):
        payload = fixture(name)
        target = data.draw(
            st.sampled_from([payload, *[value for value in payload.values() if isinstance(value, dict) and value]])
        )
        target[data.draw(st.sampled_from(sorted(target)))] = data.draw(JSON)
        assert isinstance(reader.parse(payload, received_at=AT), Understood | NotForUs | NotTheirs)


@pytest.mark.parametrize(
    ("custom", "text"),
    [
        ({"Message": "a"}, "a"),
        ({"messageBody": "a"}, "a"),
        ({"body": " a "}, "a"),
        ({"SMS Text": "a"}, "a"),
        ('{"Message": "a"}', "a"),
        ({"Message": "null"}, None),
        ({"Message": ["a"]}, None),
        ({"Phone Number": "+14155550147"}, None),
        ("not json", None),
        ([], None),
    ],
)
def test_the_text_of_a_workflow_may_live_in_custom_data(custom: object, text: str | None) -> None:
    payload = {**fixture("ghl/workflow_without_message"), "customData": custom}
    assert ghl.text_of(payload) == text
    assert isinstance(ghl.parse(payload), Understood if text else NotForUs)


def test_the_message_block_wins_over_custom_data() -> None:
    assert ghl.text_of({**fixture("ghl/workflow_sms"), "customData": {"Message": "other"}}) == "Yes, can you do Thursday morning?"
    assert ghl.text_of({**fixture("ghl/workflow_without_message"), "message": "as text"}) == "as text"


def test_a_workflow_message_is_named_by_contact_text_and_minute() -> None:
    payload = fixture("ghl/workflow_sms")
    key, earlier = ghl.event_keys(payload, AT)
    assert earlier == ghl.event_keys(payload, AT - timedelta(minutes=1))[0] != key
    assert ghl.event_keys(payload, AT.replace(second=59))[0] == key
    after = AT.replace(second=59) + timedelta(seconds=6)
    assert ghl.event_keys(payload, after)[0] != key == ghl.event_keys(payload, after)[1]
    assert ghl.event_keys({**payload, "contact_id": "ct_other"}, AT)[0] != key
    assert ghl.event_keys(fixture("ghl/workflow_sms", message__body="other"), AT)[0] != key


def test_marks_of_direction_must_agree() -> None:
    assert ghl.parse(fixture("ghl/inbound_message", direction="outbound")) == NotForUs(
        event_type="InboundMessage", reason="direction_contradicts")
    assert isinstance(ghl.parse(fixture("ghl/outbound_message", direction="inbound")), NotForUs)
    assert isinstance(ghl.parse(fixture("ghl/inbound_message", messageType="CALL")), NotForUs)


def test_a_message_of_a_workflow_is_the_campaigns() -> None:
    parsed = ghl.parse(fixture("ghl/outbound_message", source="workflow"))
    assert isinstance(parsed, Understood) and parsed.events[0].by_campaign


def test_replied_and_interested_are_two_events_of_one_message() -> None:
    replied, interested = (emailbison.envelope(fixture(f"emailbison/lead_{name}")) for name in ("replied", "interested"))
    assert emailbison.event_key(replied) != emailbison.event_key(interested)
    keys = {emailbison.parse(fixture(f"emailbison/lead_{name}")).events[0].dedupe_key for name in ("replied", "interested")}
    assert keys == {"emailbison:9001"}


def test_ids_may_be_numbers_or_strings_and_variables_a_list_or_a_map() -> None:
    listed = emailbison.parse(fixture("emailbison/lead_replied"))
    mapped = emailbison.parse(
        fixture(
            "emailbison/lead_replied",
            data__reply__id="9001",
            data__lead__id="501",
            event__type="lead_replied",
            data__lead__custom_variables={
                "a": {"name": "Phone Number", "value": "x"},
                "phone number": {"value": "+1 212 555 0170"},
                "LinkedIn URL": {"value": "https://www.linkedin.com/in/dana-kessler/"},
            },
        )
    )
    assert listed == mapped


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("2026-11-20T13:45:10.000000Z", "2026-11-20T13:45:10+00:00"),
        ("2026-11-20 13:45", "2026-11-20T13:45:00+00:00"),
        ("2026-11-20T13:45:10.123456789+02:00", "2026-11-20T11:45:10.123456+00:00"),
        ("2026-11-20T13:45:10-0500", "2026-11-20T18:45:10+00:00"),
        ("2026-13-45T99:99:99Z", None),
        ("yesterday", None),
        ("", None),
        (17, None),
        (None, None),
    ],
)
def test_instants_come_in_many_spellings(given_text: object, expected: str | None) -> None:
    found = fields.instant(given_text)
    assert (found.isoformat() if found else None) == expected
