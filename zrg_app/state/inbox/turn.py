"""Whose turn is it? The conversation that is open, what ends its turn, and which one comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import reflex as rx

from zrg_app.kit import clock
from zrg_app.kit.errors import NotFound
from zrg_app.kit.ids import parse_id
from zrg_app.services import inbox, workbench
from zrg_app.services.inbox.views import ConversationRow, ConversationView
from zrg_app.state import watching
from zrg_app.state.base import BaseState, Permission
from zrg_app.state.inbox import asking, belonging
from zrg_app.state.inbox.offering import OfferState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.shown import SnoozeChoice, snooze_choices
from zrg_app.state.inbox.station import StationState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.told import told
from zrg_app.state.session import SessionState

# Moments to snooze to that were worked out longer ago are worked out anew when a conversation is opened.
FRESH = timedelta(minutes=30)
SOONEST = timedelta(hours=3)


class TurnState(BaseState):
    """What is open, and the step that ends a turn; afterwards the next conversation of the list opens by itself."""

    open_lead_id: str = ""
    snooze_choices: tuple[SnoozeChoice, ...] = ()
    zone: str = "UTC"

    @rx.event
    async def open(self, lead_id: str):
        """Show a conversation; once it is on screen it counts as read."""
        try:
            view = await self._call(workbench.open_conversation, asking.lead_id_of(lead_id), permission=Permission.READ_INBOX)
        except NotFound:
            rows = await self.get_state(RowsState)
            rows._put(belonging.without(rows.rows, lead_id))
            raise
        await self._present(view)
        yield
        await self._read(view.lead.lead_id)

    @rx.event
    async def finish(self, lead_id: str):
        """Nothing more to do here; on to the next one. A second press for the same conversation does nothing."""
        if lead_id != self.open_lead_id:
            return
        upcoming = await self._after([lead_id])
        acted = await self._call(asking.act_on, [asking.lead_id_of(lead_id)], "done", {}, parse_id(upcoming),
                                 permission=Permission.ORGANISE, write=True)
        await self._take_in(acted, ended=[lead_id])
        yield (await self.get_state(OfferState))._offer(acted.done, told(acted.done, acted.names))
        await self._read(self.open_lead_id)

    @rx.event
    async def retry(self):
        """Ask for the conversation once more."""
        view = await self._call(workbench.open_conversation, asking.lead_id_of(self.open_lead_id),
                                permission=Permission.READ_INBOX)
        await self._present(view)

    async def _present(self, view: ConversationView) -> None:
        """Put a conversation on screen; the row of the former one goes if it no longer belongs to the list."""
        rows, former = await self.get_state(RowsState), self.open_lead_id
        self.open_lead_id = view.lead.lead_id
        me = (await self.get_state(SessionState)).person.id
        stale = next((row for row in rows.rows if row.lead_id == former and former != self.open_lead_id), None)
        if stale and not rows._asked.search and not belonging.belongs(stale, rows._asked, me):
            rows._put(belonging.without(rows.rows, former))
        (await self.get_state(ThreadState))._show(view)
        (await self.get_state(StationState))._show(view)
        self._choose_times(self.zone)
        watching.look(self, lead_id=self.open_lead_id)

    async def _lose(self) -> None:
        """The open conversation is somebody else's now, and this person sees only their own: it leaves the screen."""
        rows, lost = await self.get_state(RowsState), self.open_lead_id
        rows._put(belonging.without(rows.rows, lost))
        self.open_lead_id = ""
        (await self.get_state(ThreadState))._close()
        watching.look(self, lead_id="")

    async def _after(self, ended: Sequence[str]) -> str:
        """The lead whose conversation follows the open one in the list, once the turn of all `ended` is over; empty: none."""
        rows = (await self.get_state(RowsState)).rows
        kept = tuple(row for row in rows if row.lead_id == self.open_lead_id or row.lead_id not in ended)
        return belonging.next_after(kept, self.open_lead_id)

    async def _take_in(self, acted: asking.Acted, *, ended: Sequence[str] = ()) -> None:
        """Show what a step changed: rows where they belong now, and the next conversation where it ended the turn of the open one."""
        if self.open_lead_id in acted.lost:
            await self._lose()
        elif self.open_lead_id in ended and acted.view is None:
            self.open_lead_id = ""
            (await self.get_state(ThreadState))._close()
            watching.look(self, lead_id="")
        elif acted.view:
            await self._present(acted.view)
        await self._place(acted.rows)
        rows = await self.get_state(RowsState)
        if acted.lost & {row.lead_id for row in rows.rows}:
            rows._put(tuple(row for row in rows.rows if row.lead_id not in acted.lost))

    async def _place(self, changed: Iterable[ConversationRow]) -> None:
        """Put rows where they belong in the list, or take them out of it."""
        rows, me = await self.get_state(RowsState), (await self.get_state(SessionState)).person.id
        fresh = rows.rows
        for row in changed:
            fresh = belonging.merged(fresh, row, rows._asked, me, kept=self.open_lead_id, has_before=rows.has_before,
                                     has_more=rows.has_more)
        if fresh != rows.rows:
            rows._put(fresh)

    async def _read(self, lead_id: str) -> None:
        """Count a conversation as read, for those who organise the inbox."""
        session, rows = await self.get_state(SessionState), await self.get_state(RowsState)
        row = next((row for row in rows.rows if row.lead_id == lead_id), None)
        if Permission.ORGANISE not in session.workspace.permissions or not lead_id or (row and not row.unread_count and not row.woke):
            return
        await self._call(inbox.mark_read, asking.lead_id_of(lead_id), permission=Permission.ORGANISE, write=True)
        if row:
            rows._put(belonging.replaced(rows.rows, replace(row, unread_count=0, woke=False)))

    def _choose_times(self, timezone: str) -> None:
        now = clock.now()
        first = next((choice.until for choice in self.snooze_choices), "")
        if timezone != self.zone or first < (now + SOONEST - FRESH).isoformat():
            self.zone, self.snooze_choices = timezone, snooze_choices(now, ZoneInfo(timezone))
