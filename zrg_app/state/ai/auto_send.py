"""When may the AI answer by itself, what would another threshold cost, and what did it decide of late?"""

import json
from dataclasses import asdict
from typing import Any

import reflex as rx

from zrg_app.kit.errors import Invalid
from zrg_app.kit.settings import settings
from zrg_app.services import workspaces
from zrg_app.services.autosend import editing, queries
from zrg_app.services.autosend.views import DecisionView, EarningView, ScheduleForm, form_of
from zrg_app.services.workspaces import SettingsView
from zrg_app.state.ai.frame import AiState
from zrg_app.state.base import BaseState, Permission, public, toast
from zrg_app.state.settings.forms import NO_SETTINGS, text
from zrg_app.state.settings.words import conflict_sentence

SWITCHES = ("auto_send_must_earn", "auto_send_shadow", "auto_send_skip_review", "auto_send_revision_enabled", "overseer_enabled")


class AutoSendState(BaseState):
    """The page about auto-send. The bill of all thresholds goes to the browser once; moving the slider asks nobody."""

    killed: bool = False
    shown: SettingsView = NO_SETTINGS
    schedule: ScheduleForm = ScheduleForm()
    schedule_problem: str = ""
    earn_problem: str = ""
    standings: tuple[EarningView, ...] = ()
    decisions: tuple[DecisionView, ...] = ()
    bill: str = "[]"
    judged: int = 0
    reckoned: int = 0
    days: int = 0
    threshold: str = "0.9"
    automatic: int = 0
    turn: int = 0

    @rx.event
    @public("opens the page; what it shows is asked for with a permission")
    async def load(self):
        """Open the page."""
        return await (await self.get_state(AiState))._enter(self._read)

    @rx.event
    async def switch(self, name: str):
        """Turn one of the switches of the workspace."""
        if name not in SWITCHES:
            return None
        return await self._edit({name: not getattr(self.shown, name)})

    @rx.event
    async def save_earning(self, form: dict[str, Any]):
        """Change what a label must show to earn auto-send."""
        self.earn_problem = ""
        try:
            wanted = {"auto_send_earn_rate": float(text(form, "rate").replace(",", ".")) / 100,
                      "auto_send_earn_replies": int(text(form, "replies"))}
        except ValueError:
            self.earn_problem = "Give a share in per cent, such as 95, and a whole number of drafts, such as 20."
            return None
        found = workspaces.problems(wanted)
        if found:
            self.earn_problem = " ".join(found.values())
            return None
        return await self._edit(wanted)

    @rx.event
    async def save_schedule(self, form: dict[str, Any]):
        """Change when messages may leave."""
        self.schedule_problem = ""
        try:
            wanted = editing.document_of(form if isinstance(form, dict) else {})
            await self._call(editing.edit_schedule, wanted, permission=Permission.EDIT_SETTINGS, write=True)
        except Invalid as refused:
            self.schedule_problem = refused.sentence
            return None
        await self._read()
        return toast("Saved.")

    @rx.event
    async def apply_threshold(self, value: str):
        """Give all campaigns that answer by themselves the threshold of the slider."""
        changed = await self._call(editing.apply_threshold, str(value), permission=Permission.EDIT_SETTINGS, write=True)
        await self._read()
        return toast(f"{changed} campaigns changed." if changed != 1 else "One campaign changed.")

    async def _edit(self, wanted: dict[str, object]) -> rx.event.EventSpec:
        done = await self._call(workspaces.edit, self.shown, wanted, permission=Permission.EDIT_SETTINGS, write=True)
        await self._read()
        return toast(conflict_sentence(done.conflicts), tone="bad") if done.conflicts else toast("Saved.")

    async def _read(self) -> None:
        see = {"permission": Permission.SEE_SETTINGS}
        self.killed = settings().auto_send_disabled
        self.shown = await self._call(workspaces.settings_of, **see)
        self.schedule = form_of(await self._call(queries.schedule_of, **see))
        self.standings = await self._call(queries.standings, **see)
        self.decisions = await self._call(queries.decisions, **see)
        found = await self._call(queries.reckoned, **see)
        self.bill = json.dumps([{name: round(value, 4) for name, value in asdict(point).items()} for point in found.points])
        self.judged, self.reckoned, self.days = found.judged, found.decisions, round(found.days)
        rows = [row for row in await self._call(queries.campaigns, **see) if row.response_mode == "AI_AUTO_SEND"]
        self.automatic, self.threshold = len(rows), rows[0].threshold if rows else "0.9"
        self.turn += 1
