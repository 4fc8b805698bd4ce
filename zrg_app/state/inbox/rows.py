"""Which conversations are in the list, under which view and filters?"""

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from zrg_app.kit.errors import Forbidden, Unauthenticated, ZrgError
from zrg_app.services import inbox
from zrg_app.services.inbox.views import ConversationRow, InboxCounts, ListFilter, ListPage
from zrg_app.state import watching
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission
from zrg_app.state.inbox.asking import page_and_counts
from zrg_app.state.inbox.parts import PARTS, cut, evenly
from zrg_app.state.inbox.shown import NO_COUNTS
from zrg_app.state.inbox.words import TITLES, empty_words

CHANNELS = ("email", "sms", "linkedin")


class RowsState(BaseState):
    """The views with their numbers, and the rows of the one that is shown. Searching looks into all conversations."""

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
    counts: InboxCounts = NO_COUNTS
    view: str = "reply"
    sentiment: str = ""
    channel: str = ""
    assignee: str = ""
    unread_only: bool = False
    query: str = ""
    view_title: str = TITLES["reply"]
    empty_title: str = ""
    empty_text: str = ""
    count: int = 0
    is_filtered: bool = False
    has_more: bool = False
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
    async def choose_view(self, view: str):
        """Show another heap."""
        if view in TITLES:
            self.view, self.sentiment, self.query = view, "", ""
            await self._reload()

    @rx.event
    async def choose_sentiment(self, word: str):
        """Show the open conversations of one sentiment."""
        self.view, self.sentiment, self.query = "open", str(word)[:40], ""
        await self._reload()

    @rx.event
    async def choose_channel(self, channel: str):
        """Narrow to one channel; empty is all."""
        self.channel = channel if channel in CHANNELS else ""
        await self._reload()

    @rx.event
    async def choose_assignee(self, member_id: str):
        """Narrow to the conversations of one colleague; empty is everybody's."""
        self.assignee = str(member_id)[:40]
        await self._reload()

    @rx.event
    async def toggle_unread(self):
        """Narrow to what nobody has read, or not."""
        self.unread_only = not self.unread_only
        await self._reload()

    @rx.event
    async def search(self, text: str):
        """Look for people, companies and words; the browser waits until typing rests."""
        if (wanted := str(text).strip()[:200]) != self.query:
            self.query = wanted
            await self._reload()

    @rx.event
    async def clear_filters(self):
        """Show the whole view again."""
        self.channel = self.assignee = self.query = ""
        self.unread_only = False
        await self._reload()
        return rx.call_script("(field => { if (field) field.value = '' })(document.getElementById('search'))")

    @rx.event
    async def load_more(self):
        """Add the next page under the last row."""
        if self.has_more:
            page = await self._call(inbox.list_page, self._wanted(), after=self._cursor, permission=Permission.READ_INBOX)
            known = {row.lead_id for row in self.rows}
            self._put(self.rows + tuple(row for row in page.rows if row.lead_id not in known))
            self._cursor, self.has_more = page.next_cursor, bool(page.next_cursor)

    @rx.event
    async def retry(self):
        """Ask for the list once more."""
        await self._reload()

    async def _reload(self) -> None:
        """Read the first page; what goes wrong is said where the list would be."""
        try:
            self._show(*await self._call(page_and_counts, self._wanted(), permission=Permission.READ_INBOX))
            watching.look(self, wanted=self._wanted())
        except (Unauthenticated, Forbidden):
            raise
        except (ZrgError, SQLAlchemyError) as error:
            self._break(error)

    def _break(self, error: Exception) -> None:
        self._put(())
        self.status, self.problem = "broken", sentence_for(error)

    def _wanted(self) -> ListFilter:
        return ListFilter(
            view="all" if self.query else self.view, channels=(self.channel,) if self.channel else (),
            sentiments=(self.sentiment,) if self.sentiment else (), assignee_id=self.assignee, unread=self.unread_only,
            search=self.query)

    def _show(self, page: ListPage, counts: InboxCounts) -> None:
        self._put(page.rows, anew=True)
        self._cursor, self.has_more = page.next_cursor, bool(page.next_cursor)
        self.status, self.problem = "ready", ""
        narrowed = bool(self.channel or self.assignee or self.unread_only)
        self.is_filtered = narrowed or bool(self.query)
        self.view_title = "Search" if self.query else self.sentiment or TITLES[self.view]
        self.empty_title, self.empty_text = empty_words(self.view, searched=bool(self.query), filtered=narrowed)
        self._count(counts)

    def _count(self, counts: InboxCounts) -> None:
        """Take new numbers; only what differs is sent to the browser."""
        by_view = {"reply": counts.needs_reply, "drafts": counts.drafts, "mine": counts.assigned_to_me, "unread": counts.unread,
                   "snoozed": counts.snoozed, "repair": counts.needs_repair, "all": counts.everything}
        number = counts.by_sentiment.get(self.sentiment, 0) if self.sentiment else by_view.get(self.view, 0)
        number = 0 if self.is_filtered else number
        if counts != self.counts:
            self.counts = counts
        if number != self.count:
            self.count = number
