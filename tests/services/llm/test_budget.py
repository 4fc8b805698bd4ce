"""Texts fit their budgets, a stranger's text stays inside its markers, and time runs out once for all calls together."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.kit.errors import ModelFailed
from zrg_app.services.llm import Deadline
from zrg_app.services.llm.budget import clip, clipped, grown, tokens
from zrg_app.services.llm.shape import problem
from zrg_app.services.llm.transcript import CLOSE, OPEN, marked

LINES = st.lists(st.one_of(st.text(st.characters(codec="utf-8", exclude_characters="<>"), max_size=60),
                           st.text("abc ", max_size=40).map(marked)), max_size=30)


@given(st.text(st.characters(codec="utf-8"), max_size=400), st.integers(0, 60))
def test_a_clipped_text_fits(text: str, most: int) -> None:
    short = clip(text, most)
    assert tokens(short) <= most and (short == text or tokens(text) > most)


def test_a_cut_is_marked_and_falls_between_words() -> None:
    assert clip("one two three four five six seven", 5) == "one two three […]"


@given(LINES, st.integers(1, 300))
def test_cutting_a_request_keeps_the_newest_message_and_parts_no_markers(lines: list[str], most: int) -> None:
    newest = marked("What does it cost?")
    text = "\n".join([*lines, newest])
    short = clipped(text, most)
    assert short.endswith(newest)
    assert tokens(short) <= max(most, tokens(newest) + 2)
    inside = 0
    for part in short.replace(OPEN, f"\0{OPEN}\0").replace(CLOSE, f"\0{CLOSE}\0").split("\0"):
        inside += (part == OPEN) - (part == CLOSE)
        assert inside in (0, 1)
    assert inside == 0


def test_the_oldest_lines_go_first() -> None:
    text = "first_name: Dana\n\nConversation:\n" + "".join(f"[{n}] lead: hello\n" for n in range(500)) + marked("Yes")
    short = clipped(text, 400)
    assert short.startswith("first_name: Dana") and "[499] lead" in short and "[250] lead" not in short


@pytest.mark.parametrize(("asked", "by", "again"), [(1_200, 1_000, 2_200), (10_000, 1_000, 12_000), (17_000, 1_500, 18_000),
                                                    (18_000, 1_000, 18_000), (20_000, 1_000, 20_000)])
def test_the_second_budget_grows_up_to_its_cap(asked: int, by: int, again: int) -> None:
    assert grown(asked, by=by) == again


def test_a_deadline_is_shared_and_runs_out() -> None:
    deadline = Deadline(100)
    assert deadline.share(0.4) == 40
    assert deadline.share(0.4, least=50) == 50 and deadline.share(0.4, most=8) == 8
    assert 99 < deadline.share(5) <= 100
    over = Deadline(0.01)
    time.sleep(0.02)
    for ask in (over.left, lambda: over.share(0.5)):
        with pytest.raises(ModelFailed) as late:
            ask()
        assert late.value.reason == "late"


SCHEMA = {"type": "object", "required": ["label", "points"], "properties": {
    "label": {"type": "string", "enum": ["a", "b"]}, "points": {"type": "array", "items": {"type": "number"}},
    "note": {"type": ["string", "null"]}}}


@pytest.mark.parametrize(("answer", "wrong"), [
    ({"label": "a", "points": [1, 2.5], "note": None}, ""), ({"label": "a", "points": []}, ""),
    ({"label": "c", "points": []}, "answer.label"), ({"label": "a"}, "answer.points"), ({"label": "a", "points": ["x"]}, "points[]"),
    ({"label": "a", "points": [True]}, "points[]"), ({"label": "a", "points": [], "note": 3}, "answer.note"), ([], "answer")])
def test_a_wrong_shape_is_told_by_its_place(answer: object, wrong: str) -> None:
    found = problem(answer, SCHEMA)
    assert (wrong in found) if wrong else found == ""
