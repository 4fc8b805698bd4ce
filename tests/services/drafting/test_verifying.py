"""A second look may mend a draft; it may not write another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.drafting.verifying import LONGEST, listed, reason_to_drop


def taken(before: str, after: str) -> bool:
    return reason_to_drop(before, after, changed=before.strip() != after.strip()) == ""


@pytest.mark.parametrize(("before", "after", "is_taken"), [
    (1_000, 1_450, True), (1_000, 1_451, False),     # 45 per cent, and more than 250
    (500, 725, True), (500, 726, True),              # more than 45 per cent, but by less than 250
    (400, 650, True), (400, 651, False),             # exactly 250 more; one more
    (3_000, 3_900, True), (3_000, 3_901, False),     # 900 in all
    (3_000, 2_100, True), (3_000, 2_099, False),     # the same downwards
    (1_000, 550, True), (1_000, 549, False),
    (5_500, LONGEST, True), (5_500, LONGEST + 1, False),
])
def test_exactly_at_a_limit_of_length_is_taken(before: int, after: int, is_taken: bool) -> None:
    assert taken("a" * before, "b" * after) is is_taken


@pytest.mark.parametrize(("before", "after", "is_taken"), [
    (6, 9, True), (6, 10, False),    # half of the lines; more
    (4, 6, True), (4, 7, False),     # half; three lines and more than half
    (2, 4, True), (2, 5, False),     # only two lines; three
    (6, 3, True), (6, 2, False),
])
def test_exactly_at_a_limit_of_lines_is_taken(before: int, after: int, is_taken: bool) -> None:
    assert taken("\n".join("a" * before), "\n".join("b" * after)) is is_taken


def test_what_it_says_of_itself_must_be_true() -> None:
    assert reason_to_drop("Yes.", "Yes.", changed=True) and reason_to_drop("Yes.", "No.", changed=False)
    assert not reason_to_drop("Yes.", "Yes. ", changed=False) and not reason_to_drop("Yes.", "Yes!", changed=True)
    assert reason_to_drop("Yes.", "  ", changed=True) == "It came back empty."


@given(st.text(max_size=2_000))
def test_an_unchanged_text_is_taken_unless_it_is_empty(text: str) -> None:
    assert (reason_to_drop(text, text, changed=False) == "") is bool(text.strip())


@given(st.one_of(st.none(), st.text(), st.lists(st.one_of(st.integers(), st.text(), st.none()))))
def test_what_it_lists_is_kept_as_short_lines(found: object) -> None:
    assert len(listed(found)) <= 30 and all(len(line) <= 300 and "\n" not in line for line in listed(found))
