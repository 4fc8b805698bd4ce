"""Does the Slack message say what a reviewer must know, and can a lead's words do nothing there? Pure."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.autosend import slack_blocks
from zrg_app.services.autosend.slack_case import Case
from zrg_app.services.autosend.slack_standing import Standing, standing

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
ADDRESS = "https://inbox.example"
CASE = Case(
    workspace_id=UUID(int=1), draft_id=UUID(int=2), lead_id=UUID(int=3), channel="email", status="pending", generation=4,
    body="It is 900 a month.", error="", rejected_reason="", lead="Dana Kessler", company="Northwind Freight", is_blacklisted=False,
    campaign="Freight Q2", inbound="What does it cost?", snoozed_until=None, zone="America/Chicago", confidence=0.62, threshold=0.9,
    reason="The price is not in what we know.", due_at=None, outbound="", by_ai=False, leaves_at=None, sent_at=None, outbound_error="",
    is_answered=False, is_edited=False, sender="", undone_by="", rejected_by="", snoozed_by="")


def case(**changes: object) -> Case:
    return dataclasses.replace(CASE, **changes)


def blocks(of: Case = CASE, note: str = "") -> list[dict]:
    return slack_blocks.message(of, standing(of, NOW), note=note, address=ADDRESS)[1]


def words(of: Case = CASE, note: str = "") -> str:
    return json.dumps(blocks(of, note), ensure_ascii=False)


def buttons(of: Case = CASE) -> dict[str, dict]:
    return {each["action_id"]: each for each in blocks(of)[-1]["elements"]}


def test_a_reviewer_reads_who_what_how_sure_and_why() -> None:
    said = words()
    for part in ("Dana Kessler", "Northwind Freight", "Freight Q2", "62%, 90% needed", "The price is not in what we know.",
                 ">What does it cost?", ">It is 900 a month.", "It waits for a decision."):
        assert part in said
    assert slack_blocks.message(CASE, standing(CASE, NOW), address=ADDRESS)[0] == "Review a draft for Dana Kessler"


def test_the_buttons_carry_the_draft_as_it_was_read() -> None:
    found = buttons()
    assert list(found) == ["approve_send", "view_dashboard", "regenerate_draft_fast", "snooze_three_hours", "snooze_tomorrow"]
    assert json.loads(found["approve_send"]["value"]) == {
        "workspace": str(UUID(int=1)), "draft": str(UUID(int=2)), "lead": str(UUID(int=3)), "generation": 4,
        "seen": slack_blocks.mark(CASE.body)}
    link = urlsplit(found["view_dashboard"]["url"])
    assert {name: value[0] for name, value in parse_qs(link.query).items()} == {
        "view": "inbox", "clientId": str(UUID(int=1)), "leadId": str(UUID(int=3)), "draftId": str(UUID(int=2))}


def test_an_unknown_lead_without_a_judgement_is_said_as_such() -> None:
    said = words(case(lead="", company="", campaign="", confidence=None, threshold=None, reason=""))
    assert "Unknown" in said and "not judged" in said and "none" in said and "Why it was held" not in said


@pytest.mark.parametrize(("changes", "state", "sentence"), [
    ({"status": "writing"}, "writing", "written anew"),
    ({"status": "sending", "outbound": "waiting", "sender": "Ben", "leaves_at": NOW}, "approved", "Approved by Ben; it leaves <!date^"),
    ({"status": "sending", "outbound": "checking", "sender": "Ben"}, "checking", "looked up at the provider"),
    ({"status": "approved", "sender": "Ben", "sent_at": NOW, "is_edited": True}, "sent", "Sent by Ben with changes <!date^"),
    ({"status": "sending", "outbound": "waiting", "by_ai": True}, "approved", "Let go by the AI"),
    ({"status": "approved", "by_ai": True, "sent_at": NOW}, "sent", "Sent by the AI"),
    ({"status": "rejected", "rejected_reason": "The lead wrote again."}, "overtaken", "wrote again"),
    ({"status": "rejected", "rejected_reason": "newer_reply"}, "overtaken", "wrote again"),
    ({"status": "rejected", "rejected_reason": "discarded", "rejected_by": "Ben"}, "rejected", "Discarded by Ben."),
    ({"status": "rejected", "rejected_reason": "<!here> no"}, "rejected", "&lt;!here&gt; no"),
    ({"status": "rejected", "rejected_reason": "opted_out"}, "blocked", "asked not to be written to"),
    ({"status": "rejected", "rejected_reason": "Asked to stop", "is_blacklisted": True}, "blocked", "blacklisted"),
    ({"status": "failed", "error": "The model is down."}, "failed", "The model is down."),
    ({"is_blacklisted": True}, "blocked", "blacklisted"), ({"is_answered": True}, "answered", "answered otherwise")])
def test_what_was_decided_is_said_and_the_buttons_go(changes: dict, state: str, sentence: str) -> None:
    how = standing(case(**changes), NOW)
    assert (how.state, how.asks) == (state, False) and sentence in how.sentence
    assert list(buttons(case(**changes))) == ["view_dashboard"]


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"outbound": "cancelled", "undone_by": "Ben"}, "Ben took it back before it left."),
    ({"outbound": "failed", "outbound_error": "The mailbox is full."}, "It could not be sent: The mailbox is full."),
    ({"due_at": NOW}, "it leaves by itself <!date^"),
    ({"snoozed_until": NOW + timedelta(hours=3), "snoozed_by": "Ben"}, "Snoozed by Ben until <!date^"),
    ({"snoozed_until": NOW - timedelta(hours=3), "snoozed_by": "Ben"}, "It waits for a decision.")])
def test_what_waits_says_what_happened_to_it(changes: dict, sentence: str) -> None:
    how = standing(case(**changes), NOW)
    assert (how.state, how.asks) == ("open", True) and sentence in how.sentence
    assert "approve_send" in buttons(case(**changes))


def test_a_note_stands_above_the_buttons() -> None:
    assert blocks(note="Nothing was sent.")[-2] == {
        "type": "context", "elements": [{"type": "mrkdwn", "text": "Nothing was sent.", "verbatim": True}]}


HOSTILE = ("<!channel> <@U1> <https://evil.example|Approve> & *bold* ```code```", "\u202etxt.exe", "&" * 5000, "<" * 5000, "\n" * 5000,
           "x\n" * 5000, "\x00\x1b[31m", "\ud800", "a\u2028b", "", " ")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_leads_words_are_only_words(hostile: str) -> None:
    _fine(hostile)


@given(st.text(max_size=4000))
def test_whatever_a_lead_writes_the_message_fits_and_mentions_nobody(text: str) -> None:
    _fine(text)


def _fine(text: str) -> None:
    of = case(inbound=text, body=text, lead=text, company=text, campaign=text, reason=text)
    notice, found = slack_blocks.message(of, Standing(state="open", sentence="It waits.", asks=True), note="Note.", address=ADDRESS)
    said = json.dumps(found, ensure_ascii=False)
    assert said.encode() and notice.encode("utf-8")
    assert "<!" not in said and "<@" not in said and "<http" not in said and "<#" not in said
    assert len(said) < 13_000
    for block in found:
        for part in [block.get("text"), *block.get("fields", ())]:
            assert part is None or 0 < len(part["text"]) <= (2_000 if "fields" in block else 3_000)
    assert "\n" not in notice


def test_a_preview_is_a_quotation_of_at_most_its_length() -> None:
    shown = slack_blocks.preview("word " * 1000)
    assert len(shown) <= slack_blocks.PREVIEW + 1 and shown.endswith("…")
    assert slack_blocks.preview("one\n\n\n\n\ntwo <3") == ">one\n>\n>two &lt;3"
