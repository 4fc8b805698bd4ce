"""Which words does this workspace give the models, how do they differ from ours, and which models are they given to?"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import reflex as rx

from zrg_app.kit.errors import Conflict, Invalid
from zrg_app.kit.settings import settings
from zrg_app.services import workspaces
from zrg_app.services.llm import revising
from zrg_app.services.llm.models import known, names
from zrg_app.services.llm.views import DiffLine, PromptRow, PromptView
from zrg_app.services.workspaces import SettingsView
from zrg_app.state.ai.frame import AiState
from zrg_app.state.answers import TROUBLE
from zrg_app.state.base import BaseState, Permission, toast, wanted_id
from zrg_app.state.settings import forms

MODEL_FIELDS = ("draft_generation_model", "draft_verification_model", "auto_send_evaluator_model")
STRANGER = "We do not know this model: it is sent no effort and no temperature, and its cost counts as nothing (ZRG_MODELS)."


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptGroup:
    """The prompts of one area."""

    area: str
    rows: tuple[PromptRow, ...]


class PromptsState(BaseState):
    """The list and the prompt that is open. Its text is the browser's until Save; `revision` starts the field afresh."""

    groups: tuple[PromptGroup, ...] = ()
    opened: PromptView | None = None
    revision: int = 0
    trouble: str = ""
    compared: str = ""
    compared_lines: tuple[DiffLine, ...] = ()
    models: SettingsView = forms.NO_SETTINGS
    model_names: tuple[str, ...] = ()
    model_notes: dict[str, str] = {}
    model_revision: int = 0
    default_model: str = ""

    @rx.event
    async def load(self):
        """Open the page, at the prompt of the link."""
        return await (await self.get_state(AiState))._enter(self._read)

    @rx.event
    async def choose(self, key: str):
        """Open a prompt and keep the address in step, so that the link can be shared."""
        await self._open(str(key))
        return rx.call_script("history.replaceState(history.state, '', '/ai/prompts?prompt=" + self.opened.row.key + "&clientId="
                              + self.workspace_id + "'); document.getElementById('prompt-title')?.focus()")

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Make what was written the workspace's own text."""
        if self.opened is None:
            return None
        try:
            await self._call(revising.save, self.opened.row.key, _written(form), seen=self.opened.seen,
                             permission=Permission.EDIT_SETTINGS, write=True)
        except (Invalid, Conflict) as refused:
            self.trouble = refused.sentence
            if isinstance(refused, Conflict):
                # What is stored counts as seen now, so that a second Save is a decision; what was typed stays in the field.
                self.opened = await self._view(self.opened.row.key)
            return None
        await self._reload()
        return toast("Saved. The next reply is written with it." if self.opened.row.state == "changed" else "This is our text.")

    @rx.event
    async def go_back_to_ours(self):
        """Take the workspace's own text back; it stays in the history."""
        if self.opened:
            await self._call(revising.reset, self.opened.row.key, seen=self.opened.seen, permission=Permission.EDIT_SETTINGS, write=True)
            await self._reload()
            return toast("Back to ours. Your text stays in the history.")
        return None

    @rx.event
    async def apply_again(self):
        """Use the workspace's own text although ours has changed since."""
        if self.opened:
            await self._call(revising.reapply, self.opened.row.key, seen=self.opened.seen, permission=Permission.EDIT_SETTINGS,
                             write=True)
            await self._reload()
            return toast("Your text is used again.")
        return None

    @rx.event
    async def bring_back(self, revision_id: str):
        """Make an earlier text the workspace's own again."""
        if self.opened:
            await self._call(revising.restore, wanted_id(revision_id), seen=self.opened.seen, permission=Permission.EDIT_SETTINGS,
                             write=True)
            await self._reload()
            return toast("That text is used again.")
        return None

    @rx.event
    async def compare(self, revision_id: str):
        """Show how an earlier text differs from ours; a second time hides it."""
        if self.compared == revision_id:
            self.compared, self.compared_lines = "", ()
            return
        lines = await self._call(revising.compared, wanted_id(revision_id), permission=Permission.SEE_SETTINGS)
        self.compared, self.compared_lines = str(revision_id), lines

    @rx.event
    async def discard(self):
        """Forget what was typed and show what is stored."""
        await self._reload()

    @rx.event
    async def save_models(self, form: dict[str, Any]):
        """Choose the models that write, check and judge."""
        wanted = {field: value.strip() for field, value in forms.texts(form, MODEL_FIELDS).items()}
        self.model_notes = workspaces.problems(wanted)
        if self.model_notes:
            return None
        done = await self._call(workspaces.edit, self.models, wanted, permission=Permission.EDIT_SETTINGS, write=True)
        self._show_models(done.settings)
        if done.conflicts:
            return toast("Somebody else changed a model meanwhile. It is shown now; save again to replace it.", tone=TROUBLE)
        return toast("Saved." if done.changed else "Nothing to save: all is as it was.")

    async def _read(self) -> None:
        self._show_models(await self._call(workspaces.settings_of, permission=Permission.SEE_SETTINGS))
        rows = await self._list()
        asked = self.router.url.query_parameters.get("prompt", "")
        await self._open(asked if asked in {row.key for row in rows} else rows[0].key)

    async def _reload(self) -> None:
        await self._list()
        await self._open(self.opened.row.key if self.opened else "")

    async def _list(self) -> tuple[PromptRow, ...]:
        rows = await self._call(revising.listed, permission=Permission.SEE_SETTINGS)
        self.groups = tuple(PromptGroup(area=area, rows=tuple(each)) for area, each in groupby(rows, key=lambda row: row.area))
        return rows

    async def _open(self, key: str) -> None:
        self.opened = await self._view(key)
        self.trouble, self.compared, self.compared_lines = "", "", ()
        self.revision += 1

    async def _view(self, key: str) -> PromptView:
        return await self._call(revising.opened, key, permission=Permission.SEE_SETTINGS)

    def _show_models(self, stored: SettingsView) -> None:
        self.models, self.model_names, self.default_model = stored, names(), settings().draft_model
        self.model_notes = {field: STRANGER for field in MODEL_FIELDS
                            if (chosen := getattr(stored, field)) and known(chosen) is None}
        self.model_revision += 1


def _written(form: object) -> str:
    """The text of the field, however long: the service says what is too long."""
    value = form.get("prompt-text") if isinstance(form, dict) else None
    return value if isinstance(value, str) else ""
