"""What code can put right, no model is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.drafting.checks.links import canonical
from zrg_app.services.drafting.mending import House, mend

BOOKING = "https://calendly.com/acme/30min"
THEIRS = "https://calendly.com/dana-k/intro"
HOUSE = House(booking_link=BOOKING, known_links=frozenset({canonical(BOOKING), canonical(THEIRS)}), signature="Chris Vale\nAcme Growth",
              senders=("Chris Vale", "Acme Growth"), opt_out_line="Not for you? Reply stop.")
PLAIN = House()


@pytest.mark.parametrize(("body", "mended"), [
    ("Yes — of course—we do – gladly.", "Yes, of course, we do, gladly."),
    ("It takes 2–4 weeks.", "It takes 2-4 weeks."),
    ("– one\n– two", "- one\n- two"),
    ("Best,\n— Chris", "Best,\nChris"),
    ("Subject: Re: Prices\n\nHi Dana", "Hi Dana"),
    ("**Subject:** Prices\n\nHi Dana", "Hi Dana"),
    ("Re: Prices\n\nHi Dana", "Hi Dana"),
    ("```\nHi Dana\n```", "Hi Dana"),
    ('"Hi Dana, yes."', "Hi Dana, yes."),
    ("See [our page](https://acme.example/a).", "See our page: https://acme.example/a."),
    ("One.\n---\nTwo.", "One.\nTwo."),
    ("A\n\n\n\nB", "A\n\nB"),
    ("A\x00B\r\nC", "AB\nC"),
])
def test_marks_of_a_machine_are_taken_off(body: str, mended: str) -> None:
    assert mend(body, PLAIN) == mended


@pytest.mark.parametrize("written", [
    "{booking_link}", "{{calendar link}}", "[booking link]", "[insert calendly link here]", "<calendar link>", "[link]",
    "calendly.com/acme/30min", "http://www.calendly.com/acme/30min/", "https://calendly.com/acme/30min?utm_source=x",
    "https://calendly.com/acme-growth/intro-call", "https://meetings.hubspot.com/acme/x"])
def test_the_booking_link_has_one_form(written: str) -> None:
    house = House(booking_link=BOOKING, known_links=HOUSE.known_links)
    assert mend(f"Pick a time: {written} please.", house) == f"Pick a time: {BOOKING} please."


def test_their_own_calendar_and_other_links_stay() -> None:
    text = f"I took a time at {THEIRS}, see https://other.example/x."
    assert mend(text, House(booking_link=BOOKING, known_links=HOUSE.known_links)) == text


@pytest.mark.parametrize("body", [
    "Hi Dana,\n\nYes.\n\nBest,\nChris Vale", "Hi Dana,\n\nYes.\n\nBest,\nChris", "Hi Dana,\n\nYes.\n\nBest,",
    "Hi Dana,\n\nYes.\n\nBest,\nChris Vale\nAcme Growth"])
def test_the_signature_stands_once_under_the_closing_line_and_then_the_opt_out_line(body: str) -> None:
    assert mend(body, HOUSE) == "Hi Dana,\n\nYes.\n\nBest,\nChris Vale\nAcme Growth\n\nNot for you? Reply stop."


def test_a_signature_with_its_own_closing_line_replaces_the_drafts() -> None:
    house = House(signature="Kind regards\nChris Vale", senders=("Chris Vale",))
    assert mend("Yes.\n\nBest,\nChris", house) == "Yes.\n\nKind regards\nChris Vale"


def test_nothing_is_signed_where_there_is_nothing() -> None:
    assert mend(" \n ", HOUSE) == "" and mend("```\n```", HOUSE) == ""


@given(st.text(alphabet=st.sampled_from('ab \n-–—"`:,.[](){}<>/RreSubjectBest,Chris\t'), max_size=120), st.sampled_from([HOUSE, PLAIN]))
def test_mending_twice_changes_nothing(body: str, house: House) -> None:
    once = mend(body, house)
    assert mend(once, house) == once
