"""What does the client company say of itself, and what does it ask its leads?"""

from typing import Any

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Refused
from zrg_app.kit.scope import Scope
from zrg_app.services import knowledge, workspaces
from zrg_app.services.knowledge import QuestionView
from zrg_app.services.workspaces import SettingsView
from zrg_app.state.ai.frame import AiState
from zrg_app.state.base import BaseState, Permission, public, toast, wanted_id
from zrg_app.state.settings import forms
from zrg_app.state.settings.general import READABLE
from zrg_app.state.settings.words import conflict_sentence


class CompanyState(BaseState):
    """The texts of the company and its questions. The fields are the browser's until Save; `revision` changes when they must
    show something else. Questions are kept at once."""

    shown: SettingsView = forms.NO_SETTINGS
    revision: int = 0
    problems: dict[str, str] = {}
    trouble: str = ""
    questions: tuple[QuestionView, ...] = ()
    question_problem: str = ""
    question_turn: int = 0

    @rx.event
    @public("the frame asks for the permission to see settings before anything is read")
    async def load(self):
        """Open the page."""
        return await (await self.get_state(AiState))._enter(self._read)

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Write what was changed. A wrong value or somebody else's change of the same field is said, and nothing is written."""
        wanted = forms.company(form)
        self.problems = workspaces.problems(wanted)
        self.trouble = READABLE if self.problems else ""
        if self.problems:
            return rx.call_script("window.zrg?.settings?.toProblem()")
        done = await self._call(workspaces.edit, self.shown, wanted, permission=Permission.EDIT_SETTINGS, write=True)
        if done.conflicts:
            # What is stored counts as shown now, so that a second Save is a decision.
            self.shown, self.trouble = done.settings, conflict_sentence(done.conflicts)
            return rx.call_script("window.zrg?.settings?.toProblem()")
        self._show(done.settings)
        return toast("Saved." if done.changed else "Nothing to save: all is as it was.")

    @rx.event
    async def discard(self):
        """Forget what was typed and show what is stored."""
        self._show(await self._call(workspaces.settings_of, permission=Permission.SEE_SETTINGS))

    @rx.event
    async def add_question(self, form: dict[str, Any]):
        """Ask leads one more thing."""
        self.question_problem = ""
        try:
            self.questions = await self._call(knowledge.add_question, forms.text(form, "question"), permission=Permission.EDIT_SETTINGS,
                                              write=True, required=forms.checked(form, "required"))
        except Refused as refused:
            self.question_problem = refused.sentence
            return
        self.question_turn += 1

    @rx.event
    async def reword(self, question_id: str, question: str):
        """Ask it in other words."""
        await self._change(knowledge.change_question, question_id, question=str(question))

    @rx.event
    async def require(self, question_id: str, required: bool):
        """Say whether a meeting needs the answer."""
        await self._change(knowledge.change_question, question_id, required=required is True)

    @rx.event
    async def move_up(self, question_id: str):
        """Ask it earlier."""
        await self._change(knowledge.move_question, question_id, up=True)

    @rx.event
    async def move_down(self, question_id: str):
        """Ask it later."""
        await self._change(knowledge.move_question, question_id, up=False)

    @rx.event
    async def remove(self, question_id: str):
        """Do not ask it any more."""
        await self._change(knowledge.remove_question, question_id)

    async def _change(self, change: Any, question_id: str, **options: Any) -> None:
        self.question_problem = ""
        try:
            self.questions = await self._call(change, wanted_id(question_id), permission=Permission.EDIT_SETTINGS, write=True, **options)
        except Refused:
            # Somebody else changed the questions, or the words do not fit: show them as they are, then say why.
            self.questions = await self._call(knowledge.questions, permission=Permission.SEE_SETTINGS)
            self.question_turn += 1
            raise

    async def _read(self) -> None:
        stored, self.questions = await self._call(_about, permission=Permission.SEE_SETTINGS)
        self.question_problem = ""
        if stored != self.shown:
            self._show(stored)

    def _show(self, stored: SettingsView) -> None:
        self.shown, self.problems, self.trouble, self.revision = stored, {}, "", self.revision + 1


def _about(tx: Tx, scope: Scope) -> tuple[SettingsView, tuple[QuestionView, ...]]:
    return workspaces.settings_of(tx, scope), knowledge.questions(tx, scope)
