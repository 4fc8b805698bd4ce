"""What is set for the whole workspace, and does a save still fit what others changed meanwhile?"""

from typing import Any

import reflex as rx

from zrg_app.kit.settings import settings
from zrg_app.services import workspaces
from zrg_app.services.workspaces import SettingsView
from zrg_app.state import visits
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.settings import forms
from zrg_app.state.settings.words import conflict_sentence

READABLE = "Some fields need a second look; nothing was saved yet."


class GeneralState(BaseState):
    """The form of General. Its fields are the browser's until Save; `revision` changes when they must show something else."""

    shown: SettingsView = forms.NO_SETTINGS
    daily_limit: str = ""
    default_model: str = ""
    revision: int = 0
    problems: dict[str, str] = {}
    trouble: str = ""

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Write what was changed. A wrong value or somebody else's change of the same field is said, and nothing is written."""
        wanted, unreadable = forms.general(form)
        self.problems = workspaces.problems(wanted) | unreadable
        self.trouble = READABLE if self.problems else ""
        if self.problems:
            return rx.call_script("window.zrg?.settings?.toProblem()")
        before = self.shown.name
        done = await self._call(workspaces.edit, self.shown, wanted, permission=Permission.EDIT_SETTINGS, write=True)
        if done.conflicts:
            # What is stored counts as shown now, so that a second Save is a decision.
            self.shown, self.trouble = done.settings, conflict_sentence(done.conflicts)
            return rx.call_script("window.zrg?.settings?.toProblem()")
        self._show(done.settings)
        if "setters_see_own_only" in done.changed:
            visits.forget()
        if done.settings.name != before:
            return [toast("Saved."), rx.call_script("setTimeout(() => location.reload(), 400)")]
        return toast("Saved." if done.changed else "Nothing to save: all is as it was.")

    @rx.event
    async def discard(self):
        """Forget what was typed and show what is stored."""
        self._show(await self._call(workspaces.settings_of, permission=Permission.SEE_SETTINGS))

    def _arrive(self, stored: SettingsView) -> None:
        """Show `stored`; a socket that comes back finds the form as it was left when nothing changed meanwhile."""
        if stored != self.shown:
            self._show(stored)

    def _show(self, stored: SettingsView) -> None:
        self.shown, self.daily_limit = stored, forms.dollars(stored.daily_model_spend_limit_cents)
        self.default_model = settings().draft_model
        self.problems, self.trouble = {}, ""
        self.revision += 1
