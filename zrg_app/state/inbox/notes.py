"""What does a person do with a note that stands in the thread? Say it differently, take it out, put it back: their own only."""

from collections.abc import Callable, Sequence
from uuid import UUID

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.services import inbox, workbench
from zrg_app.services.inbox.views import ConversationView
from zrg_app.state.base import BaseState, Permission, toast, wanted_id
from zrg_app.state.inbox.asking import act_and_look
from zrg_app.state.inbox.thread import ThreadState

UNDO = 'window.zrg && zrg.toast("Note deleted.", {word: "Undo", press: "[data-key=restore-note]"})'


class NotesState(BaseState):
    """The notes of the open conversation; words being typed live in the browser and arrive with the click."""

    _deleted: str = ""

    @rx.event
    async def edit(self, note_id: str, body: str):
        """Say a note differently; who is new in it is told."""
        thread = await self.get_state(ThreadState)
        lead_id = wanted_id(thread.lead.lead_id if thread.lead else "")
        untold, view = await self._call(note_and_look, lead_id, inbox.edit_note, wanted_id(note_id), body=str(body),
                                        permission=Permission.ANSWER, write=True)
        thread._show(view)
        return [rx.call_script("document.getElementById('note-edit')?.close()"), toast(saved_words(untold))]

    @rx.event
    async def delete(self, note_id: str):
        """Take a note out of the thread; the toast brings it back."""
        await self._change(inbox.delete_note, wanted_id(note_id))
        self._deleted = note_id
        return rx.call_script(UNDO)

    @rx.event
    async def restore(self):
        """Put the note back that was deleted last."""
        if note_id := parse_id(self._deleted):
            self._deleted = ""
            await self._change(inbox.restore_note, note_id)

    async def _change(self, action: Callable, note_id: UUID) -> None:
        thread = await self.get_state(ThreadState)
        lead_id = wanted_id(thread.lead.lead_id if thread.lead else "")
        thread._show(await self._call(act_and_look, lead_id, action, (note_id,), {}, permission=Permission.ANSWER, write=True))


def note_and_look(tx: Tx, scope: Scope, lead_id: UUID, action: Callable, about: UUID, *,
                  body: str) -> tuple[tuple[str, ...], ConversationView]:
    """Write or edit a note, then say who is named in it without being told, and see the conversation as it is now."""
    note_id = action(tx, scope, about, body=body)
    return inbox.not_told(tx, scope, note_id), workbench.open_conversation(tx, scope, lead_id)


def saved_words(untold: Sequence[str]) -> str:
    """What is said once a note is saved: also who will not hear of it. Pure."""
    if not untold:
        return "Note saved."
    return f"Note saved. {' and '.join(untold)} may not see this conversation and {'was' if len(untold) == 1 else 'were'} not told."
