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
from zrg_app.state.inbox.asking import page_and_counts
from zrg_app.state.inbox.parts import PARTS, cut, evenly
from zrg_app.state.inbox.shown import NO_COUNTS


class RowsState(BaseState):
    """The rows of the list, page after page, and the numbers of the views. What is wanted is chosen in `FilterState`."""

    status: str = "waiting"
    problem: str = ""
    # The list in parts, because a variable is sent whole: one row read or answered sends its part only.
    part_0: tuple[ConversationRow, ...] = ()
    part_1: tuple[ConversationRow, ...] = ()
    part_2: tuple[ConversationRow, ...] = ()
    part_3: tuple[ConversationRow, ...] = ()
    part_4: tuple[ConversationRow, ...] = ()
    part_5: tuple[ConversationRow, ...] = ()
    part_6: tuple[ConversationRow, ...] = ()
    part_7: tuple[ConversationRow, ...] = ()
    part_8: tuple[ConversationRow, ...] = ()
    part_9: tuple[ConversationRow, ...] = ()
    later: tuple[ConversationRow, ...] = ()
    has_rows: bool = False
    # Where a search hit, by lead; kept apart from the rows, so that live updates leave the marks alone.
    hits: dict[str, Hit] = {}
    counts: InboxCounts = NO_COUNTS
    count: int = 0
    has_more: bool = False
    _asked: ListFilter = ListFilter()
    _cursor: str = ""

    @property
    def rows(self) -> tuple[ConversationRow, ...]:
        """The whole list, newest first."""
        return tuple(row for name in PARTS for row in getattr(self, name))

    def _put(self, rows: tuple[ConversationRow, ...], *, anew: bool = False) -> None:
        """Show these rows; only the parts that differ are sent."""
        former = tuple(getattr(self, name) for name in PARTS)
        for name, old, new in zip(PARTS, former, evenly(rows, len(PARTS)) if anew else cut(rows, former), strict=True):
            if old != new:
                setattr(self, name, new)
        if self.has_rows != bool(rows):
            self.has_rows = bool(rows)

    @rx.event
    async def load_more(self):
        """Add the next page under the last row."""
        if self.has_more:
            page = await self._call(inbox.list_page, self._asked, after=self._cursor, permission=Permission.READ_INBOX)
            known = {row.lead_id for row in self.rows}
            self._put(self.rows + tuple(row for row in page.rows if row.lead_id not in known))
            self._mark(page, more=True)
            self._cursor, self.has_more = page.next_cursor, bool(page.next_cursor)

    @rx.event
    async def retry(self):
        """Ask for the list once more."""
        await self._reload()

    async def _reload(self) -> None:
        """Read the first page again; what goes wrong is said where the list would be."""
        try:
            self._show(*await self._call(page_and_counts, self._asked, permission=Permission.READ_INBOX))
            watching.look(self, wanted=self._asked)
        except (Unauthenticated, Forbidden):
            raise
        except (ZrgError, SQLAlchemyError) as error:
            self._break(error)

    def _break(self, error: Exception) -> None:
        self._put(())
        self.status, self.problem, self.has_more = "broken", sentence_for(error), False

    def _show(self, page: ListPage, counts: InboxCounts) -> None:
        self._put(page.rows, anew=True)
        self._mark(page)
        self._cursor, self.has_more = page.next_cursor, bool(page.next_cursor)
        self.status, self.problem = "ready", ""
        self._count(counts)

    def _mark(self, page: ListPage, *, more: bool = False) -> None:
        found = {**(self.hits if more else {}), **{hit.lead_id: hit for hit in page.hits}}
        if found != self.hits:
            self.hits = found

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
