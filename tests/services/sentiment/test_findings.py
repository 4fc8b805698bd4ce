"""Of what a model says it found, only what stands in the lead's own words is believed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.models.vocabulary import Sentiment
from zrg_app.services.sentiment.findings import believed, link_in, phone_in, returns
from zrg_app.services.sentiment.policy import Reply

TODAY = date(2026, 11, 21)
TEXT = "Call me on +44 (0)7700 900-123 or book https://cal.com/dana/30. Bye"
SAID = {"label": "Interested", "confidence": 1, "reason": ""}


@pytest.mark.parametrize(("told", "found"), [
    ("+44 7700 900123", ""), ("+44 (0)7700 900-123", "+44 (0)7700 900-123"), ("7700 900 123", "7700 900 123"), ("900-123", ""),
    ("+1 415 555 0142", ""), ("7700 900 124", ""), ("", ""), ("9" * 60, "")])
def test_a_number_counts_when_its_digits_stand_in_the_text(told: str, found: str) -> None:
    assert phone_in(told, TEXT) == found


@pytest.mark.parametrize(("told", "found"), [
    ("https://cal.com/dana/30", "https://cal.com/dana/30"), ("https://cal.com/dana/30.", "https://cal.com/dana/30"),
    ("https://cal.com/mallory", ""), ("javascript:alert(1)", ""), ("https://dana@evil.example/x", ""), ("", "")])
def test_a_link_counts_when_it_stands_in_the_text(told: str, found: str) -> None:
    assert link_in(told, TEXT) == found


@pytest.mark.parametrize("link", [
    "javascript:alert(1)", "data:text/html,x", "https://a@b.example/", "//evil", "https://x.example/\" onclick"])
def test_a_dangerous_address_is_no_booking_page_even_when_they_wrote_it(link: str) -> None:
    assert link_in(link, f"see {link} please") == ""


@pytest.mark.parametrize(("told", "day"), [("2026-12-07", "2026-12-07"), ("2026-11-21", ""), ("2020-01-01", ""), ("2027-12-01", ""),
                                           ("soon", ""), ("", "")])
def test_a_day_of_return_lies_in_the_coming_half_year(told: str, day: str) -> None:
    assert returns(told, TODAY) == day


def test_a_day_of_return_belongs_to_somebody_who_is_away() -> None:
    assert believed(SAID | {"return_date": "2026-12-07"}, TEXT, Sentiment.INTERESTED, TODAY)["return_date"] == ""
    assert believed(SAID | {"return_date": "2026-12-07"}, TEXT, Sentiment.OUT_OF_OFFICE, TODAY)["return_date"] == "2026-12-07"


def test_a_clean_reply_that_they_did_not_write_is_replaced_by_our_own_reading() -> None:
    for told, kept in (("I love it, send the contract.", TEXT), ("Bye", "Bye")):
        assert believed(SAID | {"cleaned_reply": told}, TEXT, Sentiment.INTERESTED, TODAY)["cleaned_reply"] == kept


def test_a_number_in_what_they_quote_is_not_theirs() -> None:
    raw = "Sure, send it over.\n\nOn Mon, Nov 16, 2026 at 9:00 AM Alex <alex@acme.example> wrote:\n> Call me on +1 415 555 0142\n> Alex"
    said = Reply(channel="email", body="Sure, send it over.", raw_text=raw)
    assert believed(SAID | {"mobile_phone": "+1 415 555 0142"}, said.own, Sentiment.INTERESTED, TODAY)["mobile_phone"] == ""


def test_a_number_in_their_signature_is_theirs() -> None:
    raw = "Sure, send it over.\n\nBest regards,\nDana Kessler\nHead of Growth, Northwind\nMobile: +44 7700 900123"
    said = Reply(channel="email", body="Sure, send it over.", raw_text=raw)
    found = believed(SAID | {"mobile_phone": "+44 7700 900123"}, said.own, Sentiment.INTERESTED, TODAY)
    assert found["mobile_phone"] == "+44 7700 900123"


NAMES = ["cleaned_reply", "mobile_phone", "direct_phone", "scheduling_link", "return_date", "is_newsletter"]


@given(st.dictionaries(st.sampled_from(NAMES),
                       st.one_of(st.none(), st.text(max_size=60), st.integers(), st.booleans())), st.text(max_size=200))
def test_whatever_a_model_says_nothing_is_made_up(data: dict, text: str) -> None:
    found = believed(data, text, Sentiment.INTERESTED, TODAY)
    # Of an address only the way in front of it may be added.
    assert found["scheduling_link"].removeprefix("https://") in text
    digits = "".join(filter(str.isdigit, text))
    assert all("".join(filter(str.isdigit, found[name])) in digits for name in ("mobile_phone", "direct_phone"))
