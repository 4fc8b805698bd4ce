"""What is decided without a model, and what follows from a label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.models.vocabulary import LeadStatus, Sentiment, SentimentSource
from zrg_app.services.sentiment.policy import DRAFTED, MODEL_LABELS, Reply, by_rule, from_model, status_for, without_model

NOW = "2026-11-21T09:00:00+00:00"


def reply(body: str, *, channel: str = "email", subject: str = "Re: audit", sender: str = "dana@northwind.example",
          automatic: bool = False) -> Reply:
    return Reply(channel=channel, body=body, subject=subject, raw_text=body, raw_html="", from_address=sender, automatic=automatic)


@pytest.mark.parametrize(("said", "label"), [
    (reply("Please remove me from your list."), Sentiment.BLACKLIST),
    (reply("STOP", channel="sms", subject=""), Sentiment.BLACKLIST),
    (reply("Thanks!"), Sentiment.NEUTRAL),
    (reply("The following address failed:\n550 5.1.1 user unknown", subject="Undelivered Mail Returned to Sender",
           sender="MAILER-DAEMON@mx.example"), Sentiment.BLACKLIST),
    (reply("Hello", automatic=True), Sentiment.AUTOMATED_REPLY),
])
def test_rules_decide_before_any_model(said: Reply, label: Sentiment) -> None:
    verdict = by_rule(said, NOW)
    assert verdict is not None and verdict.sentiment is label and verdict.source is SentimentSource.RULE


@pytest.mark.parametrize("text", ["How much is it for three sites?", "Thursday at 2 works for me.", "We already have a vendor."])
def test_an_ordinary_reply_is_left_to_the_model(text: str) -> None:
    assert by_rule(reply(text), NOW) is None


@given(st.text(max_size=400))
def test_without_a_model_no_label_is_positive(text: str) -> None:
    assert without_model(reply(text)).sentiment in (Sentiment.NEUTRAL, Sentiment.NOT_INTERESTED)


@given(st.dictionaries(st.text(max_size=10), st.one_of(st.text(max_size=20), st.integers(), st.none()), max_size=4))
def test_a_model_can_only_answer_with_a_known_label(data: dict) -> None:
    verdict = from_model(data)
    assert verdict is None or verdict.sentiment in MODEL_LABELS


def test_a_booking_needs_more_than_words() -> None:
    assert from_model({"label": "Meeting Booked", "reason": ""}) is None


def test_only_blacklist_leaves_a_kept_status() -> None:
    assert status_for(Sentiment.INTERESTED, LeadStatus.BLACKLISTED) is LeadStatus.BLACKLISTED
    assert status_for(Sentiment.BLACKLIST, LeadStatus.MEETING_BOOKED) is LeadStatus.BLACKLISTED
    assert status_for(Sentiment.INTERESTED, LeadStatus.NEW) is LeadStatus.QUALIFIED
    assert Sentiment.AUTOMATED_REPLY not in DRAFTED
