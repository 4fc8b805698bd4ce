"""Does the bill of a threshold say what the records say, and is its bound never too small?"""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zrg_app.services.autosend.bill import THRESHOLDS, Record, reckon, upper_bound

bounded = settings(max_examples=200, deadline=None, derandomize=True, database=None)
records = st.lists(st.builds(Record, confidence=st.floats(0, 1), clear=st.booleans(), judged=st.just(True), wrong=st.booleans()),
                   max_size=60)


def record(confidence: float, *, wrong: bool = False, judged: bool = True, clear: bool = True) -> Record:
    return Record(confidence=confidence, clear=clear, judged=judged, wrong=wrong)


def test_the_bill_of_a_week_counts_what_would_have_left() -> None:
    known = [record(0.95), record(0.95, wrong=True), record(0.7), record(0.99, clear=False)]
    point = next(one for one in reckon(known, days=7).points if one.threshold == 0.9)
    assert (point.share, point.sends_per_week, point.judged, point.wrong) == (0.5, 2.0, 2, 1)
    assert (point.wrong_per_week, point.minutes_saved) == (1.0, 4.0)
    assert point.wrong_per_week < point.wrong_at_most <= 2.0


def test_what_nobody_judged_counts_for_the_share_and_not_for_the_fault() -> None:
    point = reckon([record(0.95, judged=False)] * 10, days=7).points[0]
    assert point.share == 1.0 and point.judged == 0 and point.wrong_per_week == 0
    assert point.wrong_at_most == point.sends_per_week, "where nothing is known, all may be wrong"


def test_no_record_is_no_promise() -> None:
    found = reckon([], days=7)
    assert len(found.points) == len(THRESHOLDS) == 50
    assert all(one.share == one.minutes_saved == one.wrong_at_most == 0 for one in found.points)


@bounded
@given(records)
def test_a_higher_threshold_never_lets_more_leave(known: list[Record]) -> None:
    points = reckon(known, days=14).points
    assert all(higher.share <= lower.share and higher.minutes_saved <= lower.minutes_saved for lower, higher in pairwise(points))
    assert all(one.wrong_per_week <= one.wrong_at_most + 1e-9 for one in points)


@pytest.mark.parametrize(("wrong", "judged", "bound"), [
    # One-sided 95 % of Clopper and Pearson, as in printed tables: none of n is 1 - 0.05 ** (1 / n).
    (0, 10, 1 - 0.05 ** (1 / 10)), (0, 59, 1 - 0.05 ** (1 / 59)), (1, 10, 0.3942), (2, 20, 0.2826), (5, 100, 0.1023), (10, 10, 1.0),
    (0, 0, 1.0)])
def test_the_bound_is_that_of_the_tables(wrong: int, judged: int, bound: float) -> None:
    assert math.isclose(upper_bound(wrong, judged), bound, abs_tol=2e-4)


@bounded
@given(st.integers(0, 400), st.integers(0, 400))
def test_the_bound_lies_above_the_share_and_falls_with_more_proof(wrong: int, more: int) -> None:
    judged = wrong + more
    bound = upper_bound(wrong, judged)
    assert 0 < bound <= 1 and (judged == 0 or bound >= wrong / judged)
    assert upper_bound(wrong * 2, judged * 2) <= bound + 1e-9
