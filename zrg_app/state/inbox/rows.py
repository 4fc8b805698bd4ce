"""Which conversations are in the list that was asked for, and how many are in each view?"""

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from zrg_app.kit.errors import Forbidden, Unauthenticated, ZrgError
from zrg_app.services import inbox
from zrg_app.services.inbox.marking import Hit
from zrg_app.services.inbox.views import ConversationRow, InboxCounts, ListFilter, ListPage
from zrg_app.state import watching
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission
from zrg_app.state.inbox.asking import window_and_counts
from zrg_app.state.inbox.shown import NO_COUNTS, ShownRow, shown_row
from zrg_app.state.inbox.slots import put, slots
from zrg_app.state.inbox.window import SLOTS, Window, fitted, with_next, with_previous


class RowsState(slots("row", ShownRow, SLOTS), BaseState):
    """The rows of the list around what is looked at, and the numbers of the views. What is wanted is chosen in `FilterState`.

    The rows sit in the slots `row_*`, in the `order` given; `list_number` changes when another list is shown.
    """

    status: str = "waiting"
    problem: str = ""
    order: tuple[int, ...] = ()
    has_rows: bool = False
    # Where a search hit, by lead; kept apart from the rows, so that live updates leave the marks alone.
    hits: dict[str, Hit] = {}
    # To whom the visitor has begun to write and sent nothing yet.
    unsent: tuple[str, ...] = ()
    has_before: bool = False
    has_more: bool = False
    above: int = 0
    below: int = 0
    list_number: int = 0
    counts: InboxCounts = NO_COUNTS
    count: int = 0
    _asked: ListFilter = ListFilter()
    _window: Window = Window()

    @property
    def rows(self) -> tuple[ConversationRow, ...]:
        """The rows that are held, in the order of the list."""
        return self._window.rows

    def _put(self, rows: tuple[ConversationRow, ...]) -> None:
        """Show these rows, which came or went by themselves."""
        self._hold(fitted(self._window._replace(rows=rows)))

    def _hold(self, window: Window) -> None:
        """Show this part of the list; only what differs is sent."""
        put(self, "row", SLOTS, self._window.rows, window.rows, _lead_id, shown_row)
        self._window = window
        for name, value in (("has_rows", bool(window.rows) or window.has_before or window.has_more),
                            ("has_before", window.has_before), ("has_more", window.has_more),
                            ("above", window.above), ("below", window.below)):
            if getattr(self, name) != value:
                setattr(self, name, value)

    @rx.event
    async def load_more(self):
        """Add the next page under the last row."""
        if self.has_more and not self.rows:
            return await self._reload()
        if self.has_more:
            page = await self._call(inbox.list_page, self._asked, after=inbox.place_of(self.rows[-1], self._asked),
                                    permission=Permission.READ_INBOX)
            self._hold(with_next(self._window, page.rows, bool(page.next_cursor)))
            self._mark(page, more=True)
        return None

    @rx.event
    async def load_before(self):
        """Bring the page back that stood over the first row."""
        if self.has_before and not self.rows:
            return await self._reload()
        if self.has_before:
            page = await self._call(inbox.list_page, self._asked, before=inbox.place_of(self.rows[0], self._asked),
                                    permission=Permission.READ_INBOX)
            self._hold(with_previous(self._window, page.rows, bool(page.next_cursor)))
            self._mark(page, more=True)
        return None

    @rx.event
    async def show_first(self):
        """Go back to the top of the list at once."""
        if self.has_before:
            page = await self._call(inbox.list_page, self._asked, permission=Permission.READ_INBOX)
            self._hold(Window(rows=page.rows, has_more=bool(page.next_cursor)))
            self._mark(page)

    @rx.event
    async def retry(self):
        """Ask for the list once more."""
        await self._reload()

    async def _reload(self) -> None:
        """Read what is shown again, in its place; what goes wrong is said where the list would be."""
        first = inbox.place_of(self.rows[0], self._asked) if self.has_before and self.rows else ""
        try:
            page, has_before, counts = await self._call(window_and_counts, self._asked, first, len(self.rows),
                                                        permission=Permission.READ_INBOX)
            self._hold(self._window._replace(rows=page.rows, has_before=has_before, has_more=bool(page.next_cursor)))
            self._ready(counts)
            watching.look(self, wanted=self._asked)
        except (Unauthenticated, Forbidden):
            raise
        except (ZrgError, SQLAlchemyError) as error:
            self._break(error)

    def _break(self, error: Exception) -> None:
        self._hold(Window())
        self.status, self.problem = "broken", sentence_for(error)

    def _show(self, page: ListPage, counts: InboxCounts) -> None:
        """Show a list from its top."""
        self._hold(Window(rows=page.rows, has_more=bool(page.next_cursor)))
        self._mark(page)
        self.list_number += 1
        self._ready(counts)

    def _ready(self, counts: InboxCounts) -> None:
        self.status, self.problem = "ready", ""
        self._count(counts)

    def _mark(self, page: ListPage, *, more: bool = False) -> None:
        found = {**(self.hits if more else {}), **{hit.lead_id: hit for hit in page.hits}}
        if found != self.hits:
            self.hits = found

    def _begun(self, unsent: tuple[str, ...]) -> None:
        """Mark the conversations in which words of the visitor wait."""
        if unsent != self.unsent:
            self.unsent = unsent

    def _count(self, counts: InboxCounts) -> None:
        """Take new numbers; only what differs is sent to the browser."""
        number = number_of(self._asked, counts)
        if counts != self.counts:
            self.counts = counts
        if number != self.count:
            self.count = number


def number_of(wanted: ListFilter, counts: InboxCounts) -> int:
    """How many conversations are in the list; 0 where filters or a search leave only some of a view."""
    by_view = {"reply": counts.needs_reply, "drafts": counts.drafts, "mine": counts.assigned_to_me, "unread": counts.unread,
               "snoozed": counts.snoozed, "repair": counts.needs_repair, "ai_sent": counts.ai_sent, "ai_review": counts.ai_review,
               "all": counts.everything}
    number = counts.by_sentiment.get(wanted.sentiments[0], 0) if wanted.sentiments else by_view.get(wanted.view, 0)
    usual = ListFilter(view=wanted.view, sentiments=wanted.sentiments[:1], sort=wanted.sort)
    return number if wanted == usual and (not wanted.sentiments or wanted.view == "open") else 0


def _lead_id(row: ConversationRow) -> str:
    return row.lead_id
