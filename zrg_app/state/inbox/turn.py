"""Whose turn is it? The conversation that is open, what ends its turn, and which one comes next."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import reflex as rx

from zrg_app.kit import clock
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.kit.ids import parse_id
from zrg_app.services import inbox, workbench
from zrg_app.services.inbox.views import ConversationView
from zrg_app.state import watching
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.inbox import asking, belonging
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.shown import SnoozeChoice, snooze_choices
from zrg_app.state.inbox.station import StationState
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.session import SessionState


class TurnState(BaseState):
    """What is open, and the steps that end a turn; afterwards the next conversation of the list opens by itself."""

    open_lead_id: str = ""
    snooze_choices: tuple[SnoozeChoice, ...] = ()
    _finished: str = ""

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
        self._finished = self.open_lead_id
        await self._end(inbox.done)
        yield rx.call_script('zrg.toast("Done.", {word: "Undo", press: "[data-key=reopen-finished]"})')
        await self._read(self.open_lead_id)

    @rx.event
    async def reopen_finished(self):
        """Take the last Done back and return to that conversation."""
        if lead_id := parse_id(self._finished):
            self._finished = ""
            view = await self._call(asking.act_and_look, lead_id, inbox.reopen, (lead_id,), {}, permission=Permission.ORGANISE,
                                    write=True)
            await self._present(view)

    @rx.event
    async def snooze(self, key: str, lead_id: str):
        """Out of sight until a usual time; on to the next one."""
        if lead_id != self.open_lead_id:
            return
        chosen = next((choice for choice in self.snooze_choices if choice.key == key), None)
        if chosen is None:
            raise Invalid("That is not one of the times.")
        await self._end(inbox.snooze, until=datetime.fromisoformat(chosen.until))
        yield toast(f"Snoozed: {chosen.label.lower()}.")
        await self._read(self.open_lead_id)

    @rx.event
    async def finish_many(self, lead_ids: list[str]):
        """Nothing more to do with the chosen ones."""
        return await self._with_many(inbox.done, lead_ids, "done")

    @rx.event
    async def read_many(self, lead_ids: list[str]):
        """Nothing is new in the chosen ones."""
        return await self._with_many(inbox.mark_read, lead_ids, "read")

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
        watching.look(self, lead_id=self.open_lead_id)

    async def _lose(self) -> None:
        """The open conversation is somebody else's now, and this person sees only their own: it leaves the screen."""
        rows, lost = await self.get_state(RowsState), self.open_lead_id
        rows._put(belonging.without(rows.rows, lost))
        self.open_lead_id = ""
        (await self.get_state(ThreadState))._close()
        watching.look(self, lead_id="")

    async def _end(self, action, **options) -> None:
        """Do what ends the turn of the open conversation, take its row away, and open the next, in one call."""
        rows, ended = await self.get_state(RowsState), self.open_lead_id
        upcoming = belonging.next_after(rows.rows, ended)
        view = await self._call(asking.act_and_open, asking.lead_id_of(ended), parse_id(upcoming), action, options,
                                permission=Permission.ORGANISE, write=True)
        if not rows._asked.search and rows._asked.view != "all":
            rows._put(belonging.without(rows.rows, ended))
        if view:
            await self._present(view)
        else:
            self.open_lead_id = ""
            (await self.get_state(ThreadState))._close()
            watching.look(self, lead_id="")

    async def _read(self, lead_id: str) -> None:
        """Count a conversation as read, for those who organise the inbox."""
        session, rows = await self.get_state(SessionState), await self.get_state(RowsState)
        row = next((row for row in rows.rows if row.lead_id == lead_id), None)
        if Permission.ORGANISE not in session.workspace.permissions or not lead_id or (row and not row.unread_count):
            return
        await self._call(inbox.mark_read, asking.lead_id_of(lead_id), permission=Permission.ORGANISE, write=True)
        if row:
            rows._put(belonging.replaced(rows.rows, replace(row, unread_count=0)))

    async def _with_many(self, action, lead_ids: object, word: str) -> rx.event.EventSpec | None:
        wanted = {found for text in (lead_ids if isinstance(lead_ids, list) else []) if (found := parse_id(text))}
        number = await self._call(asking.with_each, wanted, action, permission=Permission.ORGANISE, write=True)
        await (await self.get_state(RowsState))._reload()
        return toast(f"{number} marked as {word}." if number != 1 else f"One marked as {word}.") if number else None

    def _choose_times(self, timezone: str) -> None:
        self.snooze_choices = snooze_choices(clock.now(), ZoneInfo(timezone))
