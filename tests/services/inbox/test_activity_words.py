"""Every fact of the thread has words, an icon that exists, and a reason when nobody of the team caused it."""

import pytest

from zrg_app.services import events
from zrg_app.services.inbox.activity import ACTIVITY, SHOWN_KINDS, activity_words
from zrg_app.services.inbox.origins import origin_of
from zrg_app.services.inbox.reasons import REASONS, why
from zrg_app.ui.icon import ICON_NAMES

ZONE = {"zone": "Europe/Berlin"}
# Facts that the thread does not show: they are messages, notes or drafts there already, or no concern of one conversation.
ELSEWHERE = {
    "leads.created", "inbox.reply_received", "inbox.reply_completed", "inbox.message_observed", "sentiment.absence", "leads.edited",
    "leads.merge_suggested", "enrichment.answered", "drafting.ready", "drafting.failed", "sending.queued", "sending.sent",
    "inbox.noted", "slack.pressed", "connections.changed", "access.changed", "knowledge.changed", "knowledge.memory",
    "llm.prompt_changed", "inbox.label_changed", "access.member_left", "access.member_returned", "drafting.returned"}
# What the product does by itself to a conversation, as it is recorded.
BY_ITSELF = [
    ("inbox.changed", {"change": "snoozed", "detail": "2026-12-04T08:00:00+00:00", "reason": "they are back on Thu 3 Dec 2026"},
     "Snoozed until Fri 4 Dec 2026, 09:00 CET because their absence note says they are back on Thu 3 Dec 2026"),
    ("inbox.changed", {"change": "snoozed", "detail": "2026-12-04T08:00:00+00:00", "reason": "as it was; only an absence note came in"},
     "Snoozed until Fri 4 Dec 2026, 09:00 CET, as it was; only an absence note came in"),
    ("inbox.changed", {"change": "woke"}, "Back from snooze"),
    ("drafting.rejected", {"reason": "The lead wrote again."}, "Draft dropped because the lead wrote again"),
    ("drafting.rejected", {"reason": "“Neutral” is not answered by a draft."}, "Draft dropped: “Neutral” is not answered by a draft."),
    ("sentiment.decided", {"sentiment": "Blacklist", "source": "rule", "reason": "They asked not to be written to."},
     "Understood as “Do not contact” · by rule"),
    ("autosend.decided", {"action": "needs_review", "reason": "The evaluator wants a person to look. A contract is asked for."},
     "AI did not send the draft: The evaluator wants a person to look"),
    ("autosend.decided", {"action": "skip", "reason": "The lead wants to be called, and we have a number."},
     "AI left the draft to people: The lead wants to be called, and we have a number"),
    ("autosend.decided", {"action": "error", "reason": ""}, "AI could not decide about the draft"),
    ("autosend.decided", {"action": "send_delayed", "reason": "Clear."}, "AI may send the draft by itself"),
    ("leads.blacklisted", {"reason": "bounce"}, "Not to be contacted any more: mail to them comes back"),
    ("sending.undone", {"reason": "newer_reply"}, "An answer of the AI was not needed any more and did not leave"),
]


def test_every_fact_of_the_product_is_shown_with_words_or_said_to_be_elsewhere() -> None:
    known = {fact.kind for fact in events.Fact.__subclasses__()}
    assert set(SHOWN_KINDS) <= known
    assert known - set(SHOWN_KINDS) == ELSEWHERE
    assert set(REASONS) == set(SHOWN_KINDS)


@pytest.mark.parametrize("kind", SHOWN_KINDS)
def test_every_shown_kind_has_words_an_icon_and_a_reason_even_of_a_bare_old_row(kind: str) -> None:
    for actor in ("user", "provider", "job", "system", "token"):
        icon, words = activity_words(kind, dict(ZONE), actor, "Mara Reyes")
        assert icon in ICON_NAMES and words.strip() == words and len(words) > 5, (kind, words)
    assert ACTIVITY[kind].icon in ICON_NAMES
    if kind != "inbox.changed":
        cause = why(kind, dict(ZONE), "provider")
        assert cause and cause.words.strip() and cause.words[0].isupper()


@pytest.mark.parametrize(("kind", "data", "words"), BY_ITSELF)
def test_what_the_product_did_by_itself_says_so_and_why(kind: str, data: dict, words: str) -> None:
    assert activity_words(kind, {**data, **ZONE}, "job", "job x")[1] == words
    cause = why(kind, data, "job")
    assert cause and cause.words.endswith(".") and (not cause.href or cause.where)


def test_what_a_person_did_needs_no_reason() -> None:
    assert why("inbox.changed", {"change": "done"}, "user") is None
    assert why("sentiment.decided", {"source": "person"}, "job") is None
    assert activity_words("drafting.rejected", {"reason": "discarded"}, "user", "Ben")[1] == "Ben discarded the draft"


def test_a_decision_of_auto_send_leads_to_its_record() -> None:
    cause = why("autosend.decided", {"action": "needs_review", "reason": "Not safe. Why exactly."}, "job")
    assert cause and cause.words == "Not safe. Why exactly." and cause.href == "/ai/auto-send#decisions"


@pytest.mark.parametrize(("sent_by", "disposition", "short", "words"), [
    ("ai", "AUTO_SENT", "Sent by itself", "Written by AI and sent without a person"),
    ("setter", "EDITED", "AI draft, edited", "Ben changed it"),
    ("setter", "APPROVED", "AI draft, as it was", "Ben sent it without a change"),
    ("setter", None, "", "Written and sent by Ben"),
    ("campaign", None, "", "Sent by the campaign"),
    ("elsewhere", None, "", "another tool"),
])
def test_a_message_says_who_wrote_it(sent_by: str, disposition: str | None, short: str, words: str) -> None:
    origin = origin_of("outbound", sent_by, "Ben", disposition)
    assert origin and origin.short == short and words in origin.words
    assert origin_of("inbound", None, None, None) is None
