"""What is being changed about the lead that is shown, and what happens when a colleague changed the same?"""

import json
from datetime import datetime
from uuid import UUID

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid
from zrg_app.kit.scope import Scope
from zrg_app.services import leads
from zrg_app.services.leads import Edited
from zrg_app.services.leads.views import LeadPanel
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.inbox.asking import lead_id_of
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.words import FIELDS

UNDO = "lead-undo"


class LeadEditState(BaseState):
    """One value at a time. `lead_id` and `field` say whose and which the `problem` or the conflict (`theirs` and `mine`) is about."""

    lead_id: str = ""
    field: str = ""
    problem: str = ""
    is_conflict: bool = False
    theirs: str = ""
    mine: str = ""
    by: str = ""
    _done: Edited | None = None

    @rx.event
    async def save(self, lead_id: str, field: str, value: str, seen: str, seen_at: str):
        """Keep what was typed into one value; a wrong one is said beside it, and nobody else's is written over."""
        return await self._change(lead_id, field, value, seen=str(seen), seen_at=_instant(seen_at))

    @rx.event
    async def choose_status(self, status: str):
        """Say where the lead stands."""
        shown = (await self.get_state(ThreadState)).lead
        if shown is not None and status != shown.status:
            return await self._change(shown.lead_id, "status", status, seen=shown.status, seen_at=_instant(shown.updated_at))
        return None

    @rx.event
    async def insist(self):
        """Mine, although a colleague wrote something else: they were shown it, and it was chosen."""
        if self.is_conflict:
            return await self._change(self.lead_id, self.field, self.mine, seen=self.theirs, seen_at=None)
        return None

    @rx.event
    async def leave_theirs(self):
        """Theirs stays."""
        await self._scope(Permission.EDIT_LEADS, fresh=False)
        self._forget()

    @rx.event
    async def undo(self):
        """Put back what the last edit replaced."""
        if self._done is None:
            return None
        done, self._done = self._done, None
        back, panel = await self._call(_take_back, done, permission=Permission.EDIT_LEADS, write=True)
        await self._show(panel)
        if back.is_conflict:
            self._tell(back)
            return None
        self._forget()
        return toast(f"{FIELDS[done.field]} is as it was.")

    async def _change(self, lead_id: str, field: str, value: str, *, seen: str,
                      seen_at: datetime | None) -> list[rx.event.EventSpec] | rx.event.EventSpec:
        self._forget()
        field = str(field)
        try:
            done, panel = await self._call(_edit, lead_id_of(lead_id), field, str(value), seen, seen_at,
                                           permission=Permission.EDIT_LEADS, write=True)
        except (Invalid, Conflict) as refused:
            self.lead_id, self.field, self.problem = str(lead_id), field, refused.sentence
            return _tell_browser("refused", field)
        await self._show(panel)
        closed = _tell_browser("done", field)
        if done.is_conflict:
            self._tell(done)
            return closed
        if done.before == done.now:
            return closed
        self._done = done
        word = FIELDS[done.field]
        return [closed, rx.call_script(
            f'zrg.toast({json.dumps(f"{word} saved.")}, {{word: "Undo", press: "[data-undo={UNDO}]"}})')]

    async def _show(self, panel: LeadPanel) -> None:
        thread = await self.get_state(ThreadState)
        if thread.lead is not None and thread.lead.lead_id == panel.lead_id and thread.lead != panel:
            thread.lead = panel

    def _tell(self, conflict: Edited) -> None:
        self.lead_id, self.field, self.is_conflict = str(conflict.lead_id), conflict.field, True
        self.theirs, self.mine, self.by = conflict.now, conflict.wanted, conflict.by

    def _forget(self) -> None:
        self.lead_id = self.field = self.problem = self.theirs = self.mine = self.by = ""
        self.is_conflict = False


def _tell_browser(word: str, field: str) -> rx.event.EventSpec:
    return rx.call_script(f"window.zrg?.leadEdit?.{word}({json.dumps(field)})")


def _edit(tx: Tx, scope: Scope, lead_id: UUID, field: str, value: str, seen: str, seen_at: datetime | None) -> tuple[Edited, LeadPanel]:
    done = leads.edit(tx, scope, lead_id, field, value, seen=seen, expected_updated_at=seen_at)
    return done, leads.panel(tx, scope, lead_id)


def _take_back(tx: Tx, scope: Scope, done: Edited) -> tuple[Edited, LeadPanel]:
    return leads.take_back(tx, scope, done), leads.panel(tx, scope, done.lead_id)


def _instant(told: object) -> datetime | None:
    """The instant in a handler's argument; None for anything that is none, so that the values themselves are compared."""
    try:
        found = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return found if found.tzinfo else None

