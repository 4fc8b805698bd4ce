"""Does the reader of Calendly's webhooks say what each recorded body means, and is a signature checked as it must? Pure."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.calendly.actor import signature
from tests.services.inbound.deliveries import fixture
from zrg_app.integrations import calendly_inbound as calendly
from zrg_app.integrations.base import Event, NotForUs, NotTheirs, Understood

AT = datetime(2026, 11, 20, 14, 0, 2, tzinfo=UTC)
KEY = "a-signing-key-of-ours"
BODY = b'{"event": "invitee.created",  "payload": {"name": "Zo\xc3\xab"}}'


def _event(name: str, **changes: object) -> Event:
    parsed = calendly.parse(fixture(f"calendly/{name}", **changes), received_at=AT)
    assert isinstance(parsed, Understood), parsed
    event, = parsed.events
    return event


def test_a_booking_tells_who_when_and_where() -> None:
    event = _event("invitee_created")
    assert (event.kind, event.person.email, event.person.first_name, event.person.last_name, event.person.phone) == (
        "meeting_booked", "Dana@Northwind.example", "Dana", "Kessler", "+1 212-555-0170")
    meeting = event.meeting
    assert meeting.external_id.endswith("/invitees/9a000000-0000-4000-8000-000000000001")
    assert (meeting.status, meeting.title, meeting.timezone) == ("confirmed", "Freight intro", "America/Chicago")
    assert meeting.starts_at == datetime(2026, 11, 26, 18, tzinfo=UTC) and meeting.ends_at - meeting.starts_at == timedelta(minutes=30)
    assert meeting.join_url == "https://zoom.example/j/4411" and meeting.cancel_url == "https://calendly.com/cancellations/x1"
    assert meeting.calendar == "https://api.calendly.com/event_types/ET-INTRO"
    assert meeting.handles["host_email"] == "ben@agency.example" and meeting.handles["event"].startswith("https://api.calendly.com/sched")
    assert meeting.told_at == meeting.booked_at == datetime(2026, 11, 20, 14, 0, 0, 123456, tzinfo=UTC)


def test_a_cancellation_tells_who_called_it_off_and_why() -> None:
    event = _event("invitee_canceled")
    assert event.kind == "meeting_cancelled" and not event.meeting.rescheduled
    assert (event.meeting.status, event.meeting.cancelled_by, event.meeting.reason) == (
        "canceled", "Dana Kessler", "Travelling that week")
    assert event.meeting.told_at == datetime(2026, 11, 21, 9, 30, 0, 500000, tzinfo=UTC)


def test_the_two_halves_of_a_move_name_each_other() -> None:
    gone, new = _event("invitee_canceled_by_move").meeting, _event("invitee_created_by_move").meeting
    assert gone.rescheduled and gone.replaced_by == new.external_id and new.replaces == gone.external_id
    assert not new.rescheduled and new.starts_at == datetime(2026, 11, 27, 16, tzinfo=UTC)


def test_a_cancellation_without_the_event_is_still_one() -> None:
    meeting = _event("invitee_canceled", payload__scheduled_event=None).meeting
    assert meeting.status == "canceled" and meeting.starts_at is None


@pytest.mark.parametrize(("name", "status"), [("invitee_no_show_created", "no_show"), ("invitee_no_show_deleted", "confirmed")])
def test_whether_they_came_is_told_of_the_invitee(name: str, status: str) -> None:
    event = _event(name)
    assert (event.kind, event.meeting.status) == ("meeting_outcome", status)
    assert event.meeting.external_id == _event("invitee_created").meeting.external_id


def test_a_body_of_the_first_version_is_read() -> None:
    booked, off = _event("v1_invitee_created"), _event("v1_invitee_canceled")
    assert booked.meeting.external_id == off.meeting.external_id == "v1:AAAAAAAA"
    assert booked.person.email == "dana@northwind.example" and booked.meeting.starts_at == datetime(2026, 11, 26, 18, tzinfo=UTC)
    assert (off.meeting.status, off.meeting.reason, off.meeting.cancelled_by) == ("canceled", "Ill", "Dana Kessler")


def test_our_own_lead_id_is_found_in_the_tracking_fields() -> None:
    ours = "0199f5d2-1111-7abc-8def-123456789abc"
    assert _event("invitee_created").about_lead is None
    assert _event("invitee_created", payload__tracking__utm_content=f"lead-{ours.upper()}").about_lead == ours
    assert _event("invitee_created", payload__tracking__salesforce_uuid=ours).about_lead == ours


def test_a_short_answer_to_a_question_about_a_number_is_no_phone() -> None:
    asked = [{"question": "Number of trucks?", "answer": "12"}]
    assert _event("invitee_created", payload__questions_and_answers=asked).person.phone is None
    assert _event("invitee_created", payload__text_reminder_number="+13125550100").person.phone == "+13125550100"


@pytest.mark.parametrize(("payload", "reason"), [
    ({}, "missing_event"), ({"event": None, "payload": {}}, "missing_event"), ({"event": "invitee.painted"}, "event_unknown"),
    ({"event": "invitee.created", "payload": []}, "missing_invitee"), ({"event": "invitee_no_show.created"}, "missing_invitee")])
def test_what_cannot_be_used_says_why(payload: dict, reason: str) -> None:
    parsed = calendly.parse(payload, received_at=AT)
    assert isinstance(parsed, NotForUs | NotTheirs) and parsed.reason == reason == calendly.unused(payload)


def test_a_routing_form_is_known_and_not_used() -> None:
    assert calendly.unused(fixture("calendly/routing_form_submission")) == "event_not_used"


def test_the_event_and_its_invitee_make_the_key() -> None:
    booked, off = fixture("calendly/invitee_created"), fixture("calendly/invitee_canceled")
    assert calendly.event_key(booked) == calendly.event_key({**booked, "created_at": "later"}) != calendly.event_key(off)
    assert calendly.event_key(booked).startswith("calendly:invitee.created:https://")
    assert calendly.event_key({}) != calendly.event_key({"event": "x"})


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_odd_value_makes_the_reader_fail(data: st.DataObject) -> None:
    payload = fixture(f"calendly/{data.draw(st.sampled_from(['invitee_created', 'invitee_canceled', 'v1_invitee_created']))}")
    block = payload
    while isinstance(block, dict) and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(block)))
        inner = block[name]
        if not isinstance(inner, dict) or not inner:
            break
        block = inner
    if isinstance(block, dict) and block:
        block[data.draw(st.sampled_from(sorted(block)))] = data.draw(st.sampled_from([None, [], {}, 7, -1.5, "x", True, [[1]], "é\x00"]))
    assert isinstance(calendly.parse(payload, received_at=AT), Understood | NotForUs | NotTheirs)
    assert calendly.event_key(payload) and calendly.event_type_of(payload)


def test_a_good_signature_is_good_within_three_minutes() -> None:
    for seconds in (-179, 0, 179):
        header = signature(KEY, BODY, AT - timedelta(seconds=seconds))
        assert calendly.signature_problem(header, BODY, KEY, AT) is None
    for seconds in (-181, 181, 86_400):
        header = signature(KEY, BODY, AT - timedelta(seconds=seconds))
        assert calendly.signature_problem(header, BODY, KEY, AT) == "The signature is too old."


def test_a_body_that_was_touched_or_written_anew_does_not_verify() -> None:
    header = signature(KEY, BODY, AT)
    assert calendly.signature_problem(header, BODY.replace(b"created", b"canceled"), KEY, AT) == "The signature does not fit the body."
    assert calendly.signature_problem(header, json.dumps(json.loads(BODY)).encode(), KEY, AT) == "The signature does not fit the body."
    assert calendly.signature_problem(header, BODY, "another-key", AT) == "The signature does not fit the body."
    later = header.replace(header[2:12], str(int(AT.timestamp()) + 5))
    assert calendly.signature_problem(later, BODY, KEY, AT) == "The signature does not fit the body."


@pytest.mark.parametrize("header", [None, "", "v1=abc", "t=1,v1=", "t=,v1=aa", "t=x,v1=aa", "t=1;v1=aa", "t=1,t=2,v1=aa",
                                    "t=99999999999999999999,v1=aa", "nonsense", "t=\u0661\u0662,v1=aa"])
def test_a_header_that_is_no_signature_is_refused(header: str | None) -> None:
    assert calendly.signature_problem(header, BODY, KEY, AT) is not None


def test_one_good_signature_among_several_is_enough() -> None:
    good = signature(KEY, BODY, AT)
    assert calendly.signature_problem(good.replace(",v1=", ",v1=" + "0" * 64 + ",v1="), BODY, KEY, AT) is None
