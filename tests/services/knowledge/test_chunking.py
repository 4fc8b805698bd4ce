"""Texts are cut where people would cut them, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.knowledge.budgets import tokens_of, within
from zrg_app.services.knowledge.chunking import SIZE, passages
from zrg_app.services.knowledge.views import Passage
from zrg_app.services.knowledge.wording import stem, terms


def test_a_heading_stays_with_what_it_heads() -> None:
    text = "Pricing\n\nStarter\n\n" + "It costs $900 a month. " * 30 + "\n\nTerms\n\n" + "You may leave with 30 days of notice. " * 20
    first, second = passages(text)
    assert first.startswith("Pricing\nStarter\nIt costs") and second.startswith("Terms\nYou may leave")


def test_small_paragraphs_share_a_passage() -> None:
    assert passages("One fact.\n\nAnother fact.") == ("One fact.\n\nAnother fact.",)


def test_a_long_paragraph_is_cut_at_sentences_and_the_pieces_overlap() -> None:
    sentences = [f"Sentence number {number} says something about the offer." for number in range(80)]
    pieces = passages(" ".join(sentences))
    assert all(any(sentence in piece for piece in pieces) for sentence in sentences)
    assert all(piece.endswith(".") for piece in pieces)
    assert any(sentence in pieces[0] and sentence in pieces[1] for sentence in sentences)


@given(st.text(max_size=6000))
def test_no_passage_is_too_long_and_every_word_is_in_one(text: str) -> None:
    pieces = passages(text)
    assert all(len(piece) <= SIZE and piece.strip() for piece in pieces)
    together = " ".join(pieces)
    assert all(word in together for word in text.split() if len(word) < 50)


@pytest.mark.parametrize(("word", "root"), [
    ("pricing", "pric"), ("prices", "pric"), ("price", "pric"), ("companies", "compan"), ("company", "compan"), ("fees", "fee"),
    ("integrations", "integr"), ("kündigungen", "kündig"), ("sms", "sms")])
def test_the_forms_of_a_word_begin_alike(word: str, root: str) -> None:
    assert stem(word) == root


def test_a_question_of_any_signs_becomes_safe_terms() -> None:
    assert terms("What's the *price* (per month)? a & b | c:* ''; drop table") == (
        "what:*", "the", "pric:*", "per", "month:*", "drop:*", "tabl:*")
    assert terms("!!! ?? ") == () and terms("価格は") == ("価格は",)
    assert terms("Kündigungsfristen") == ("kündigungsfrist:*", "kündigun:*")


def test_passages_keep_to_both_budgets() -> None:
    found = [Passage(asset=asset, text="x" * 396) for asset in "aaabbb"]
    assert tokens_of(found[0].text) == 100
    assert [one.asset for one in within(found, tokens=1000, per_asset=200)] == ["a", "a", "b", "b"]
    assert [one.asset for one in within(found, tokens=300, per_asset=200)] == ["a", "a", "b"]
    assert within(found, tokens=0, per_asset=200) == ()
