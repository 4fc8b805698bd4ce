"""Which conversations does a person want to see: of which view, narrowed by what, and found by which words?"""

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from zrg_app.kit.errors import Forbidden, Unauthenticated, ZrgError
from zrg_app.services.inbox.views import ListFilter
from zrg_app.state import watching
from zrg_app.state.base import BaseState, Permission
from zrg_app.state.inbox.asking import page_and_counts
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.words import TITLES, empty_words

CHANNELS = ("email", "sms", "linkedin")


class FilterState(BaseState):
    """The view and the filters. Searching looks into all conversations; the rows themselves are in `RowsState`."""

    view: str = "reply"
    sentiment: str = ""
    channel: str = ""
    assignee: str = ""
    unread_only: bool = False
    query: str = ""
    view_title: str = TITLES["reply"]
    empty_title: str = ""
    empty_text: str = ""
    is_filtered: bool = False

    @rx.event
    async def choose_view(self, view: str):
        """Show another heap."""
        if view in TITLES:
            self.view, self.sentiment, self.query = view, "", ""
            await self._apply()

    @rx.event
    async def choose_sentiment(self, word: str):
        """Show the open conversations of one sentiment."""
        self.view, self.sentiment, self.query = "open", str(word)[:40], ""
        await self._apply()

    @rx.event
    async def choose_channel(self, channel: str):
        """Narrow to one channel; empty is all."""
        self.channel = channel if channel in CHANNELS else ""
        await self._apply()

    @rx.event
    async def choose_assignee(self, member_id: str):
        """Narrow to the conversations of one colleague; empty is everybody's."""
        self.assignee = str(member_id)[:40]
        await self._apply()

    @rx.event
    async def toggle_unread(self):
        """Narrow to what nobody has read, or not."""
        self.unread_only = not self.unread_only
        await self._apply()

    @rx.event
    async def search(self, text: str):
        """Look for people, companies and words; the browser waits until typing rests."""
        if (wanted := str(text).strip()[:200]) != self.query:
            self.query = wanted
            await self._apply()

    @rx.event
    async def clear_filters(self):
        """Show the whole view again."""
        self.channel = self.assignee = self.query = ""
        self.unread_only = False
        await self._apply()
        return rx.call_script("(field => { if (field) field.value = '' })(document.getElementById('search'))")

    def _wanted(self) -> ListFilter:
        return ListFilter(
            view="all" if self.query else self.view, channels=(self.channel,) if self.channel else (),
            sentiments=(self.sentiment,) if self.sentiment else (), assignee_id=self.assignee, unread=self.unread_only,
            search=self.query)

    async def _apply(self) -> None:
        """Name what is wanted now, and read its rows; what goes wrong is said where the list would be."""
        self._name()
        rows = await self.get_state(RowsState)
        rows._asked = wanted = self._wanted()
        try:
            rows._show(*await self._call(page_and_counts, wanted, permission=Permission.READ_INBOX))
            watching.look(self, wanted=wanted)
        except (Unauthenticated, Forbidden):
            raise
        except (ZrgError, SQLAlchemyError) as error:
            rows._break(error)

    def _name(self) -> None:
        narrowed = bool(self.channel or self.assignee or self.unread_only)
        self.is_filtered = narrowed or bool(self.query)
        self.view_title = "Search" if self.query else self.sentiment or TITLES[self.view]
        self.empty_title, self.empty_text = empty_words(self.view, searched=bool(self.query), filtered=narrowed)
