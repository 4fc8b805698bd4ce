"""What is remembered of the lead whose conversation is open, and what becomes of what a model proposed?"""

from datetime import date
from typing import Any
from uuid import UUID

import reflex as rx

from zrg_app.kit.errors import Invalid
from zrg_app.services import knowledge
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.inbox.asking import act_and_look, lead_id_of
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState
from zrg_app.state.settings.forms import text

DIALOG = "memory-dialog"
_CLOSE = f"document.getElementById({DIALOG!r})?.close()"
_OPEN = f"document.getElementById({DIALOG!r})?.showModal()"
LASTS: tuple[tuple[str, str], ...] = (("0", "For good"), ("7", "A week"), ("30", "A month"), ("90", "Three months"))
KEEP = "keep"


class MemoryState(BaseState):
    """The dialog that writes one thing down, and the steps beside each; `editing` is empty while something new is written."""

    editing: str = ""
    category: str = "objection"
    content: str = ""
    not_before: str = ""
    problem: str = ""
    turn: int = 0

    @rx.event
    async def begin(self):
        """Write something down."""
        await self._scope(Permission.EDIT_LEADS, fresh=False)
        self._fill("", "objection", "", "")
        return rx.call_script(_OPEN)

    @rx.event
    async def edit(self, memory_id: str):
        """Put one thing in other words."""
        await self._scope(Permission.EDIT_LEADS, fresh=False)
        row = next((each for each in (await self.get_state(ThreadState)).memory if each.id == memory_id), None)
        if row is None:
            return toast("This is not remembered any more.")
        self._fill(row.id, row.category, row.content, row.not_before)
        return rx.call_script(_OPEN)

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Keep what was written."""
        self.problem = ""
        try:
            words = {"category": text(form, "category"), "content": text(form, "content"), "not_before": _day(text(form, "not_before"))}
            lasts = text(form, "lasts")
            if self.editing:
                days = None if lasts == KEEP else _days(lasts)
                await self._act(knowledge.edit_memory, (lead_id_of(self.editing),), days=days, **words)
            else:
                await self._act(knowledge.write_down, (await self._open_lead(),), days=_days(lasts), **words)
        except Invalid as refusal:
            self.problem = refusal.sentence
            return None
        return [rx.call_script(_CLOSE), toast("Remembered. The next draft knows it.")]

    @rx.event
    async def approve(self, memory_id: str):
        """It is so: drafts may use it."""
        await self._act(knowledge.approve_memory, (lead_id_of(memory_id),))

    @rx.event
    async def reject(self, memory_id: str):
        """It is not so."""
        await self._act(knowledge.reject_memory, (lead_id_of(memory_id),))
        return toast("Not remembered, and not proposed again.")

    @rx.event
    async def forget(self, memory_id: str):
        """Remember it no more."""
        await self._act(knowledge.forget, (lead_id_of(memory_id),))

    async def _open_lead(self) -> UUID:
        shown = (await self.get_state(ThreadState)).lead
        return lead_id_of(shown.lead_id if shown else "")

    async def _act(self, action: Any, arguments: tuple, **options: Any) -> None:
        """Do `action`, then show the conversation as it is now."""
        view = await self._call(act_and_look, await self._open_lead(), action, arguments, options, permission=Permission.EDIT_LEADS,
                                write=True)
        await (await self.get_state(TurnState))._present(view)

    def _fill(self, memory_id: str, category: str, content: str, not_before: str) -> None:
        self.editing, self.category, self.content, self.not_before = memory_id, category, content, not_before
        self.problem, self.turn = "", self.turn + 1


def _days(typed: str) -> int:
    if typed not in dict(LASTS):
        raise Invalid("Choose how long it should be remembered.")
    return int(typed)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed.strip() else None
    except ValueError as error:
        raise Invalid("Give the day as a date.") from error
