"""Which snippets are at hand for the open conversation, and how are they written, shared and taken away?"""

from typing import Any

import reflex as rx

from zrg_app.kit.errors import NotFound, Refused
from zrg_app.services import snippets
from zrg_app.services.snippets import FilledSnippet, Removed
from zrg_app.state.base import BaseState, Permission, toast, wanted_id
from zrg_app.state.inbox.station import StationState
from zrg_app.state.session import SessionState
from zrg_app.state.settings import forms

DIALOG = "snippets"
NEW = "new"
_OPEN = f"document.getElementById({DIALOG!r})?.showModal()"
_UNDO = 'zrg.toast("Snippet deleted.", {word: "Undo", press: "[data-key=snippet-back]"})'


class SnippetState(BaseState):
    """The person's snippets filled for `for_lead`, read when somebody opens them, and the form to write one. `editing` is the id of the
    one in the form, "new", or empty."""

    rows: tuple[FilledSnippet, ...] = ()
    for_lead: str = ""
    may_share: bool = False
    editing: str = ""
    name: str = ""
    body: str = ""
    is_shared: bool = False
    problem: str = ""
    tried: str = ""
    tried_missing: str = ""
    turn: int = 0
    _gone: Removed | None = None

    @rx.event
    async def load(self):
        """Read them anew, filled for the open conversation."""
        await self._read()

    @rx.event
    async def write(self, body: str):
        """Begin a new one from the words at hand."""
        await self._read()
        self._edit(NEW, "", str(body)[:snippets.actions.LONGEST], shared=False)
        return rx.call_script(_OPEN)

    @rx.event
    async def change(self, snippet_id: str):
        """Put one into the form."""
        await self._scope(Permission.ANSWER, fresh=False)
        row = self._row(snippet_id)
        self._edit(row.id, row.name, row.body, shared=row.is_shared)

    @rx.event
    async def leave(self):
        """Do not change it after all."""
        await self._scope(Permission.ANSWER, fresh=False)
        self.editing, self.problem = "", ""

    @rx.event
    async def try_out(self, body: str):
        """Show the words of the form as the lead of the open conversation would read them."""
        lead_id = (await self.get_state(StationState)).lead_id
        values = await self._call(snippets.values_for, wanted_id(lead_id), permission=Permission.ANSWER)
        filled = snippets.fill(str(body)[:snippets.actions.LONGEST], values)
        self.tried, self.tried_missing = filled.text, snippets.missing_words(filled)

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Keep what stands in the form."""
        name, body, shared = forms.text(form, "name"), forms.text(form, "body"), forms.text(form, "shared") == "workspace"
        before = None if self.editing in ("", NEW) else self._row(self.editing)
        permission = Permission.SHARE_SNIPPETS if shared or (before and before.is_shared) else Permission.ANSWER
        try:
            await self._call(_saved, before, name, body, shared, permission=permission, write=True)
        except Refused as refused:
            self.problem = refused.sentence
            return None
        self.editing, self.problem = "", ""
        await self._read()
        return toast("Snippet saved.")

    @rx.event
    async def share(self, snippet_id: str, shared: bool):
        """Give it to the workspace, or take it as one's own."""
        await self._call(snippets.share, wanted_id(snippet_id), shared=shared is True, permission=Permission.SHARE_SNIPPETS, write=True)
        await self._read()
        return toast("Everybody of the workspace has it now." if shared is True else "It is yours alone now.")

    @rx.event
    async def remove(self, snippet_id: str):
        """Take it away; the toast brings it back."""
        row = self._row(snippet_id)
        permission = Permission.SHARE_SNIPPETS if row.is_shared else Permission.ANSWER
        self._gone = await self._call(snippets.remove, wanted_id(row.id), shared=row.is_shared, permission=permission, write=True)
        self.editing = "" if self.editing == row.id else self.editing
        await self._read()
        return rx.call_script(_UNDO)

    @rx.event
    async def bring_back(self):
        """Undo the last removal."""
        if self._gone:
            permission = Permission.SHARE_SNIPPETS if self._gone.is_shared else Permission.ANSWER
            await self._call(snippets.bring_back, self._gone, permission=permission, write=True)
            self._gone = None
            await self._read()

    async def _read(self) -> None:
        lead_id = (await self.get_state(StationState)).lead_id
        self.rows = await self._call(snippets.filled_for, wanted_id(lead_id), permission=Permission.ANSWER)
        self.for_lead = lead_id
        self.may_share = Permission.SHARE_SNIPPETS in (await self.get_state(SessionState)).permissions

    def _edit(self, snippet_id: str, name: str, body: str, *, shared: bool) -> None:
        self.editing, self.name, self.body, self.is_shared = snippet_id, name, body, shared
        self.problem, self.tried, self.tried_missing, self.turn = "", "", "", self.turn + 1

    def _row(self, snippet_id: object) -> FilledSnippet:
        found = next((row for row in self.rows if row.id == snippet_id), None)
        if found is None:
            raise NotFound("This snippet is not there any more.")
        return found


def _saved(tx, scope, before: FilledSnippet | None, name: str, body: str, shared: bool) -> None:
    if before and before.is_shared != shared:
        snippets.share(tx, scope, wanted_id(before.id), shared=shared)
    snippets.save(tx, scope, name=name, body=body, snippet_id=wanted_id(before.id) if before else None, shared=shared)
