"""The word diff loses nothing; cases survive being kept as JSON; hostile values are refused with a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.kit import ids
from zrg_app.kit.errors import Invalid
from zrg_app.services.trials import cases
from zrg_app.services.trials.cases import Case, Overrides
from zrg_app.services.trials.comparing import word_diff
from zrg_app.services.trials.impact import DECISION, DRAFT, JUDGEMENT, LABEL, first_stage
from zrg_app.services.trials.outcome import differences, money

WORDS = st.lists(st.sampled_from(["Hi", "Dana", ",", "call", "\n\n", "Tuesday", "10:00", "naïve", "!", " "]), max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    assert all(piece.text for piece in pieces)


def test_only_the_words_that_changed_are_marked() -> None:
    pieces = word_diff("Would Tuesday suit you?", "Would Friday suit you?")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "Would "), ("gone", "Tuesday"), ("new", "Friday"), ("same", " suit you?")]


def test_a_very_long_text_is_compared_as_a_whole() -> None:
    assert [piece.kind for piece in word_diff("a " * 9000, "b " * 9000)] == ["gone", "new"]


def test_a_case_is_the_same_after_it_was_kept() -> None:
    case = Case(channel="sms", text="Yes?", subject="Re: hi", first_name="Dana", lead_id=ids.new_id(), as_if_on=True, label="Interested",
                earlier=({"direction": "outbound", "body": "Hello"},),
                overrides=Overrides(prompts={"sentiment.reply": "x"}, threshold=0.85, model="gpt-5.2", persona={"tone": "dry"},
                                    persona_id=ids.new_id()))
    assert cases.case_from(json.loads(json.dumps(cases.to_document(case)))) == case


@pytest.mark.parametrize("told", [None, [], "x", {"text": 7, "overrides": [], "earlier": None}, {"message_id": "no id", "as_if_on": "yes"},
                                  {"overrides": {"threshold": True, "prompts": {"a": 1}}}])
def test_anything_kept_can_be_read(told: object) -> None:
    case = cases.case_from(told)
    assert (case.text, case.message_id, case.as_if_on, case.overrides) == ("", None, False, Overrides())


@pytest.mark.parametrize("case", [
    Case(), Case(text="  "), Case(text="x" * 12_001), Case(text="x", channel="fax"), Case(text="x", label="Delighted"),
    Case(text="x", overrides=Overrides(threshold=1.2)), Case(text="x", overrides=Overrides(prompts={"sentiment.reply": " "}))])
def test_what_cannot_be_tried_is_refused_with_a_sentence(case: Case) -> None:
    with pytest.raises(Invalid):
        cases.checked(case)


def test_only_what_a_change_touches_is_run_again() -> None:
    assert first_stage(Overrides(prompts={"sentiment.reply": "x", "drafting.reply": "y"})) == LABEL
    assert first_stage(Overrides(prompts={"snippet.forbidden_terms": "x"})) == DRAFT
    assert first_stage(Overrides(persona={"tone": "dry"}, threshold=0.5)) == DRAFT
    assert first_stage(Overrides(prompts={"autosend.evaluate": "x"})) == JUDGEMENT
    assert first_stage(Overrides(threshold=0.5)) == DECISION


def test_differences_are_told_in_sentences() -> None:
    before = {"label": "Interested", "decision": "send", "reasons": [], "draft": "Hi"}
    after = {"label": "Objection", "decision": "needs_review", "reasons": ["It is rude."], "draft": "Hello"}
    assert differences(before, after) == (
        "The label changes from Interested to Objection.", "The decision changes from send to ask a person.", "New: It is rude.",
        "The draft is worded differently.")
    assert differences(before, before) == ()
    assert differences({"label": "Interested", "draft": "Hi"}, {**after, "label": "Interested", "draft": "Hi"}) == ()


def test_money_is_told_so_that_small_amounts_can_be_read() -> None:
    assert [money(amount) for amount in (0, "0.00421", 0.5, 2)] == ["free", "0.42 ¢", "50.00 ¢", "$2.00"]
