"""Does a change of one row leave the variables of all others alone?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.state.inbox.slots import placed

NUMBER = 12
rows = st.lists(st.tuples(st.integers(0, 30), st.sampled_from("ab")), max_size=NUMBER, unique_by=lambda row: row[0])


def key(row: tuple[int, str]) -> str:
    """What a row is known by."""
    return str(row[0])


@given(st.lists(rows, min_size=1, max_size=8))
def test_the_slots_in_their_order_are_the_rows_after_any_changes(lists: list) -> None:
    shown, order, former = dict.fromkeys(range(NUMBER)), (), []
    for wanted in lists:
        order, changed = placed(order, former, wanted, NUMBER, key)
        shown |= changed
        former = wanted
        assert [shown[slot] for slot in order] == wanted
        assert [shown[slot] for slot in range(NUMBER) if slot not in order] == [None] * (NUMBER - len(order))


@given(rows, rows)
def test_only_rows_that_differ_are_written(former: list, wanted: list) -> None:
    order, _ = placed((), [], former, NUMBER, key)
    _, changed = placed(order, former, wanted, NUMBER, key)
    assert [row for row in changed.values() if row is not None and row in former] == []


def test_a_row_that_moves_writes_only_the_order() -> None:
    former = [(number, "a") for number in range(5)]
    assert placed((0, 1, 2, 3, 4), former, [former[3], *former[:3], former[4]], NUMBER, key) == ((3, 0, 1, 2, 4), {})


def test_more_rows_than_slots_are_refused() -> None:
    with pytest.raises(ValueError, match="13 rows"):
        placed((), [], [(number, "a") for number in range(13)], NUMBER, key)
    with pytest.raises(ValueError, match="1 keys"):
        placed((), [], [(1, "a"), (1, "b")], NUMBER, key)
