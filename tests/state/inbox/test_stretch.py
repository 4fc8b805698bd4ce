"""Is what a reader sees of a long thread always one piece of it, in order and without doubles, whatever they and others do?"""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from zrg_app.services.inbox import cursor
from zrg_app.services.inbox.views import ThreadItem
from zrg_app.state.inbox import stretch as module
from zrg_app.state.inbox.stretch import Stretch, renewed, with_earlier, with_later

PAGE, MOST = 4, 14
EMPTY = {field.name: "" for field in fields(ThreadItem)} | {"files": ()}


def item(number: int, kind: str = "message") -> ThreadItem:
    """The thing said at minute `number`."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    return ThreadItem(**{**EMPTY, "id": str(UUID(int=number + 1)), "kind": kind, "at": at.isoformat()})


class Thread:
    """The true thread, and the pages a service would give of it."""

    def __init__(self, length: int) -> None:
        """So many items, and one that waits to leave."""
        self.items = [item(number) for number in range(length)]
        self.leaving = [item(900, "outbox")]

    def newest(self) -> tuple[tuple, str]:
        """The last page with what leaves, and the cursor before it."""
        page, before = self.before(None)
        return (*page, *self.leaving), before

    def before(self, edge: str | None) -> tuple[tuple, str]:
        """The page that ends before an edge."""
        known = [one for one in self.items if edge is None or self._place(one) < cursor.decode(edge)]
        page = tuple(known[-PAGE:])
        return page, cursor.at_row(page[0].at, page[0].id) if len(known) > PAGE else ""

    def start(self, edge: str) -> tuple[tuple, str]:
        """The page that begins at an edge."""
        known = [one for one in self.items if self._place(one) >= cursor.decode(edge)]
        rest = known[PAGE:]
        return (*known[:PAGE], *(() if rest else self.leaving)), cursor.at_row(rest[0].at, rest[0].id) if rest else ""

    @staticmethod
    def _place(one: ThreadItem) -> tuple[datetime, UUID]:
        return datetime.fromisoformat(one.at), UUID(one.id)


steps = st.lists(st.one_of(st.sampled_from(["up", "down", "newest"]), st.tuples(st.just("arrive"), st.integers(1, 7)),
                           st.tuples(st.just("change"), st.integers(0, 60))), max_size=40)


def step(shown: Stretch, thread: Thread, doing: object) -> Stretch:
    """What the panel does."""
    if doing == "up":
        return with_earlier(shown, *thread.before(shown.before)) if shown.before else shown
    if doing == "down":
        return with_later(shown, *thread.start(shown.after)) if shown.after else shown
    if doing == "newest":
        return renewed(shown._replace(after=""), *thread.newest())
    what, number = doing
    if what == "arrive":
        last = len(thread.items)
        thread.items += [item(last + more) for more in range(number)]
    elif number < len(thread.items):
        thread.items[number] = replace(thread.items[number], delivery="delivered")
    return renewed(shown, *thread.newest())


@settings(max_examples=300)
@given(st.integers(0, 60), steps)
def test_any_steps_show_one_piece_of_the_thread(length: int, doings: list) -> None:
    former, module.MOST = module.MOST, MOST
    try:
        thread = Thread(length)
        shown = renewed(Stretch(), *thread.newest())
        for doing in doings:
            shown = step(shown, thread, doing)
            ids = [one.id for one in shown.items]
            true = [one.id for one in (*thread.items, *thread.leaving)]
            at = true.index(ids[0])
            assert ids == true[at:at + len(ids)]
            assert len(ids) <= MOST
            assert bool(shown.before) == (at > 0)
            assert bool(shown.after) == (at + len(ids) < len(true))
    finally:
        module.MOST = former


def test_reading_to_the_top_and_back_meets_every_item() -> None:
    thread, seen = Thread(400), set()
    shown = renewed(Stretch(), *thread.newest())
    while shown.before:
        shown = with_earlier(shown, *thread.before(shown.before))
        seen |= {one.id for one in shown.items}
    assert seen == {one.id for one in (*thread.items, *thread.leaving)}
    seen = {one.id for one in shown.items}
    while shown.after:
        shown = with_later(shown, *thread.start(shown.after))
        seen |= {one.id for one in shown.items}
    assert len(seen) == 401
    assert shown.items[-1].kind == "outbox"


def test_what_arrives_while_the_reader_is_far_up_changes_nothing_but_what_is_shown() -> None:
    thread = Thread(400)
    shown = renewed(Stretch(), *thread.newest())
    while shown.before:
        shown = with_earlier(shown, *thread.before(shown.before))
    assert step(shown, thread, ("arrive", 3)) == shown
