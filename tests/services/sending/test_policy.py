"""May this be sent? The table of reasons, each alone, and the promise over all facts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.sending.policy import REASONS, Allowed, Facts, Refusal, decide, disposition

FINE = Facts(channel="email", by_ai=False, blacklisted=False, opted_out=False, sms_dnd=False, has_recipient=True, connected=True,
             locked=False, has_thread=True, newer_reply=False, body="Hello", addresses=("dana@northwind.example",))

HELD = [
    ("blacklisted", {"blacklisted": True}),
    ("opted_out", {"opted_out": True}),
    ("sms_dnd", {"channel": "sms", "sms_dnd": True}),
    ("missing_phone", {"channel": "sms", "has_recipient": False}),
    ("missing_email", {"has_recipient": False}),
    ("missing_linkedin", {"channel": "linkedin", "has_recipient": False}),
    ("several_providers", {"several": True}),
    ("not_connected", {"connected": False}),
    ("connection_locked", {"locked": True}),
    ("no_thread", {"has_thread": False}),
    ("newer_reply", {"by_ai": True, "newer_reply": True}),
    ("overtaken", {"is_scheduled": True, "newer_reply": True}),
    ("empty", {"body": " \n"}),
    ("unfilled", {"body": "Hi {first name},"}),
    ("too_long", {"channel": "sms", "body": "a" * 1531}),
    ("files_not_taken", {"files": 1, "takes_files": False}),
    ("files_gone", {"files": 2, "files_kept": False}),
    ("copies_not_taken", {"copies": 1, "takes_copies": False}),
    ("recipient_fixed", {"other_recipient": True, "takes_other_recipient": False}),
    ("bad_address", {"addresses": ("dana at northwind",)}),
    ("too_many_copies", {"addresses": tuple(f"p{n}@a.example" for n in range(22))}),
]

FACTS = st.builds(
    Facts, channel=st.sampled_from(["email", "sms", "linkedin"]), by_ai=st.booleans(), blacklisted=st.booleans(),
    opted_out=st.booleans(),
    sms_dnd=st.booleans(), has_recipient=st.booleans(), connected=st.booleans(), locked=st.booleans(), has_thread=st.booleans(),
    newer_reply=st.booleans(), several=st.booleans(), body=st.none() | st.text(max_size=20) | st.just("a" * 2000),
    addresses=st.lists(st.sampled_from(["a@b.example", "no", "two@at@b.c", "x@y"]), max_size=24).map(tuple))


@pytest.mark.parametrize(("code", "change"), HELD)
def test_each_reason_alone_holds_the_message(code: str, change: dict) -> None:
    decision = decide(replace(FINE, **change))
    assert isinstance(decision, Refusal)
    assert decision.code == code
    assert decision.sentence.endswith(".")


def test_every_reason_of_the_table_has_a_case() -> None:
    assert [reason.code for reason in REASONS] == [code for code, _ in HELD]


def test_the_blanks_nobody_filled_are_named() -> None:
    decision = decide(replace(FINE, body="Hi {first name}, is {{company}} free? {first name}"))
    assert decision == Refusal(code="unfilled", sentence="Still to be filled in or taken out: {first name}, {company}.")


@pytest.mark.parametrize("body", ["{}", "{1}", "{ a }", "f{x", '{"a": 1}', "{\n}", "{" + "a" * 60 + "}"])
def test_braces_that_name_nothing_may_be_sent(body: str) -> None:
    assert decide(replace(FINE, body=body)) == Allowed()


def test_a_good_message_is_allowed() -> None:
    assert decide(FINE) == Allowed()


def test_a_do_not_disturb_for_sms_leaves_email_open() -> None:
    assert decide(replace(FINE, sms_dnd=True)) == Allowed()


def test_a_newer_reply_does_not_hold_what_a_person_wrote() -> None:
    assert decide(replace(FINE, newer_reply=True)) == Allowed()


@given(FACTS)
def test_allowed_means_that_no_reason_holds(facts: Facts) -> None:
    decision = decide(facts)
    holding = [reason.code for reason in REASONS if reason.holds(facts)]
    assert holding == [] if isinstance(decision, Allowed) else decision.code == holding[0]


@given(FACTS)
def test_nothing_is_ever_sent_to_somebody_who_does_not_want_it(facts: Facts) -> None:
    if facts.blacklisted or facts.opted_out or (facts.channel == "sms" and facts.sms_dnd):
        assert isinstance(decide(facts), Refusal)


@pytest.mark.parametrize(("sent_by", "body", "expected"), [
    ("ai", "Hello", "AUTO_SENT"), ("ai", "Other", "AUTO_SENT"), ("setter", "Hello", "APPROVED"), ("setter", "Hello ", "EDITED")])
def test_the_disposition_comes_from_what_was_really_sent(sent_by: str, body: str, expected: str) -> None:
    assert disposition(sent_by, body, "Hello") == expected
