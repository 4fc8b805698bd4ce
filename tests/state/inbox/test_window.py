"""Is what is held always one piece of the true list, in order and without doubles, whatever is scrolled and whatever changes?"""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zrg_app.services.inbox.views import ConversationRow, ListFilter
from zrg_app.state.inbox import belonging
from zrg_app.state.inbox import window as module
from zrg_app.state.inbox.window import Window, fitted, renewed, with_next, with_previous

PAGE, MOST, SLOTS = 5, 20, 24
ME = "me"
EMPTY = {field.name: "" for field in fields(ConversationRow)}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", MOST)
    monkeypatch.setattr(module, "SLOTS", SLOTS)


class Listed:
    """The true list, and the pages a service would give of it; in three orders."""

    def __init__(self, length: int, sort: str) -> None:
        """So many conversations that belong, every second of them waiting."""
        self.wanted = ListFilter(view="reply", sort=sort)
        self.precedes = belonging.precedes(self.wanted)
        self.rows = {number: self._row(number, number) for number in range(length)}
        self.minute = length

    def true(self) -> list[ConversationRow]:
        """All that belong, in their order."""
        found: list[ConversationRow] = []
        for row in self.rows.values():
            if not row.is_done:
                place = next((index for index, other in enumerate(found) if self.precedes(row, other)), len(found))
                found.insert(place, row)
        return found

    def after(self, row: ConversationRow | None) -> tuple[tuple, bool]:
        """The page after a row, and whether there are more."""
        rest = [other for other in self.true() if row is None or self.precedes(row, other)]
        return tuple(rest[:PAGE]), len(rest) > PAGE

    def before(self, row: ConversationRow) -> tuple[tuple, bool]:
        """The page before a row, and whether there are more."""
        rest = [other for other in self.true() if self.precedes(other, row)]
        return tuple(rest[-PAGE:]), len(rest) > PAGE

    def moves(self, number: int) -> ConversationRow:
        """The lead writes again, or for the first time."""
        self.minute += 1
        self.rows[number] = self._row(number, self.minute)
        return self.rows[number]

    def ends(self, number: int) -> ConversationRow | None:
        """Nothing more to do with one."""
        if number in self.rows:
            old = self.rows[number]
            self.rows[number] = self._row(number, (datetime.fromisoformat(old.last_message_at) - START).seconds // 60, is_done=True)
        return self.rows.get(number)

    @staticmethod
    def _row(number: int, minute: int, *, is_done: bool = False) -> ConversationRow:
        at = (START + timedelta(minutes=minute)).isoformat()
        return ConversationRow(**{**EMPTY, "lead_id": str(UUID(int=number + 1)), "last_message_at": at, "needs_reply": True,
                                  "is_done": is_done, "waits_since": at if number % 2 and not is_done else "", "unread_count": 0})


START = datetime(2026, 1, 1, tzinfo=UTC)
steps = st.lists(st.one_of(st.sampled_from(["down", "down", "up", "first", "news"]),
                           st.tuples(st.sampled_from(["moves", "ends"]), st.integers(0, 90))), max_size=50)


def step(shown: Window, listed: Listed, doing: object) -> Window:
    """What the panel does."""
    if doing == "down":
        return with_next(shown, *listed.after(shown.rows[-1])) if shown.rows and shown.has_more else shown
    if doing == "up":
        return with_previous(shown, *listed.before(shown.rows[0])) if shown.rows and shown.has_before else shown
    if doing == "first" or (doing == "news" and shown.has_before):
        page, more = listed.after(None)
        return Window(rows=page, has_more=more)
    if doing == "news":
        return renewed(shown, *listed.after(None), "", listed.precedes)
    row = getattr(listed, doing[0])(doing[1])
    if row is None:
        return shown
    return fitted(shown._replace(rows=belonging.merged(shown.rows, row, listed.wanted, ME, kept="", has_before=shown.has_before,
                                                       has_more=shown.has_more)))


@settings(max_examples=300)
@given(st.integers(0, 80), st.sampled_from(["newest", "oldest", "waiting"]), steps)
def test_any_steps_hold_one_piece_of_the_true_list(length: int, sort: str, doings: list) -> None:
    listed = Listed(length, sort)
    page, more = listed.after(None)
    shown = Window(rows=page, has_more=more)
    for doing in doings:
        shown = step(shown, listed, doing)
        true = listed.true()
        if not shown.rows:
            assert shown.has_before or shown.has_more or not true
            continue
        at = true.index(shown.rows[0])
        assert list(shown.rows) == true[at:at + len(shown.rows)]
        assert len(shown.rows) <= SLOTS
        assert shown.has_before or at == 0
        assert shown.has_more or at + len(shown.rows) == len(true)
        assert shown.has_before or shown.above == 0


def test_scrolling_to_the_end_and_back_counts_what_was_let_go() -> None:
    listed = Listed(90, "newest")
    page, more = listed.after(None)
    shown = Window(rows=page, has_more=more)
    while shown.has_more:
        shown = step(shown, listed, "down")
    assert (len(shown.rows), shown.above, shown.below) == (MOST, 70, 0)
    while shown.has_before:
        shown = step(shown, listed, "up")
    assert (len(shown.rows), shown.above, shown.below) == (MOST, 0, 70)


def test_the_open_conversation_stays_in_a_list_that_was_read_anew() -> None:
    listed = Listed(12, "newest")
    shown = Window(rows=listed.after(None)[0], has_more=True)
    kept = shown.rows[2]
    listed.ends(int(UUID(kept.lead_id).int) - 1)
    fresh = renewed(shown, *listed.after(None), kept.lead_id, listed.precedes)
    assert fresh.rows[2] == kept
    assert renewed(shown, *listed.after(None), "", listed.precedes).rows == listed.after(None)[0]
