"""Does a change of one row leave all other parts of the list alone?"""

import dataclasses

from zrg_app.services.inbox.views import ConversationRow
from zrg_app.state.inbox.parts import SIZE, cut, evenly

NUMBER = 11


def _row(name: str) -> ConversationRow:
    empty = {field.name: "" for field in dataclasses.fields(ConversationRow)}
    return ConversationRow(**{**empty, "hue": 0, "unread_count": 0, "lead_id": name, "name": name})


ROWS = tuple(_row(f"lead {number:02}") for number in range(50))
PARTS = evenly(ROWS, NUMBER)


def _differing(parts: tuple) -> int:
    return sum(old != new for old, new in zip(PARTS, parts, strict=True))


def _together(parts: tuple) -> tuple:
    return tuple(row for part in parts for row in part)


def test_the_parts_together_are_the_list():
    assert _together(PARTS) == ROWS
    assert {len(part) for part in PARTS[:10]} == {SIZE}


def test_a_row_that_was_read_changes_one_part():
    changed = tuple(dataclasses.replace(row, name="read") if row.lead_id == "lead 23" else row for row in ROWS)
    assert _differing(cut(changed, PARTS)) == 1


def test_a_new_row_on_top_changes_the_first_part():
    parts = cut((_row("new"), *ROWS), PARTS)
    assert _differing(parts) == 1
    assert parts[0][0].lead_id == "new"


def test_an_answered_row_that_moves_up_changes_two_parts():
    moved = (ROWS[23], *ROWS[:23], *ROWS[24:])
    parts = cut(moved, PARTS)
    assert _together(parts) == moved
    assert _differing(parts) == 2


def test_a_row_that_leaves_changes_one_part():
    assert _differing(cut(ROWS[:23] + ROWS[24:], PARTS)) == 1


def test_a_next_page_joins_the_last_part():
    more = tuple(_row(f"more {number}") for number in range(50))
    parts = cut(ROWS + more, PARTS)
    assert _together(parts) == ROWS + more
    assert _differing(parts) == 1


def test_many_new_rows_are_cut_evenly_again():
    rows = tuple(_row(f"new {number}") for number in range(2 * SIZE)) + ROWS
    parts = cut(rows, PARTS)
    assert _together(parts) == rows
    assert max(len(part) for part in parts[:10]) == SIZE
