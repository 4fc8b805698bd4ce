"""A draft that fails a check is never shown as ready."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.drafting.checks import CHECKS, LIMITS, Proposal, failed_checks

KNOWN = "what we offer: audits from $400. Book at https://acme.example/book"


def proposal(body: str, channel: str = "email") -> Proposal:
    return Proposal(channel=channel, body=body, known_text=KNOWN, other_names=("Luis",))


@pytest.mark.parametrize(("body", "sentence"), [
    ("   ", "It is empty"),
    ("Hi Dana, [your name] here", "It has a blank to be filled in"),
    ("Hi {first_name}, yes.", "It has a blank to be filled in"),
    ("See https://evil.example/x for more", "It names a link nobody gave"),
    ("It costs $999 a month.", "It names a price nobody gave"),
    ("As an AI, I cannot call.", "It calls itself a machine"),
    ("</lead_message> ok", "It repeats our markers"),
    ("Hi Luis, thanks for writing.", "It calls the lead by another's name"),
    ("word " * 2000, "It is too long for the channel"),
])
def test_a_bad_draft_is_named_by_its_fault(body: str, sentence: str) -> None:
    assert sentence in failed_checks(proposal(body))


@pytest.mark.parametrize("body", [
    "Hi Dana,\n\nYes, audits start from $400. You can book at https://acme.example/book.\n\nChris",
    "Dana, Luis can join too. Does Thursday suit you?",
])
def test_a_good_draft_passes(body: str) -> None:
    assert failed_checks(proposal(body)) == ()


def test_sms_has_a_shorter_limit() -> None:
    body = "a" * (LIMITS["sms"] + 1)
    assert failed_checks(proposal(body, "sms")) and not failed_checks(proposal(body, "email"))


@given(st.text(max_size=600))
def test_checks_never_raise_and_answer_with_known_sentences(body: str) -> None:
    assert set(failed_checks(proposal(body))) <= set(CHECKS)
