"""Who answers the replies of each campaign, and how sure must the AI be there? The table of campaigns, changed cell by cell."""

from typing import Any

import reflex as rx

from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.services.autosend import editing, queries
from zrg_app.services.autosend.views import CampaignView, ChoiceView, ScheduleForm, form_of
from zrg_app.state.ai.frame import AiState
from zrg_app.state.base import BaseState, Permission, public, toast, wanted_id

MOST_MARKED = 500
MENDABLE = (Invalid, Conflict, NotFound)


class CampaignsState(BaseState):
    """The campaigns of the workspace. Every change is written at once; what does not fit puts the cell back."""

    rows: tuple[CampaignView, ...] = ()
    personas: tuple[ChoiceView, ...] = ()
    marked: tuple[str, ...] = ()
    turn: int = 0
    hours_of: str = ""
    hours_name: str = ""
    hours: ScheduleForm = ScheduleForm()
    hours_problem: str = ""

    @rx.event
    @public("opens the page; what it shows is asked for with a permission")
    async def load(self):
        """Open the page."""
        return await (await self.get_state(AiState))._enter(self._read)

    @rx.event
    async def change(self, campaign_id: str, field: str, shown: str, value: str):
        """Change one cell."""
        if str(value) == str(shown):
            return None
        # Hours of its own cannot be told in a word; whoever turns from them has seen that they are there.
        seen = None if field == "schedule" else str(shown)
        try:
            await self._call(editing.edit_campaigns, [wanted_id(campaign_id)], str(field), str(value), shown=seen,
                             permission=Permission.EDIT_SETTINGS, write=True)
        except MENDABLE as refused:
            await self._read()
            return toast(refused.sentence, tone="bad")
        await self._read()
        return toast("Saved.")

    @rx.event
    async def change_marked(self, field: str, value: str):
        """Change one field of all marked campaigns."""
        if not value:
            return None
        wanted = "" if value == "inherit" else str(value)
        marked = [wanted_id(one) for one in self.marked]
        try:
            changed = await self._call(editing.edit_campaigns, marked, str(field), wanted, permission=Permission.EDIT_SETTINGS, write=True)
        except MENDABLE as refused:
            await self._read()
            return toast(refused.sentence, tone="bad")
        await self._read()
        return toast(f"{changed} of {len(marked)} campaigns changed.")

    @rx.event
    async def mark(self, campaign_id: str):
        """Mark a campaign for a change of many, or unmark it."""
        await self._scope(Permission.SEE_SETTINGS, fresh=False)
        chosen = str(campaign_id)
        known = {row.id for row in self.rows}
        marked = tuple(one for one in self.marked if one != chosen)
        if chosen in known and len(marked) == len(self.marked) < MOST_MARKED:
            marked += (chosen,)
        self.marked = marked

    @rx.event
    async def mark_all(self):
        """Mark all campaigns, or none when all are."""
        await self._scope(Permission.SEE_SETTINGS, fresh=False)
        self.marked = () if len(self.marked) == len(self.rows) else tuple(row.id for row in self.rows)

    @rx.event
    async def choose_hours(self, campaign_id: str, shown: str, value: str):
        """Choose a campaign's hours; those of its own have a form."""
        if value != "CUSTOM":
            return await self.change(campaign_id, "schedule", shown, value)
        stored = await self._call(queries.campaign_schedule, wanted_id(campaign_id), permission=Permission.SEE_SETTINGS)
        self.hours_of, self.hours_problem, self.hours = str(campaign_id), "", form_of(stored)
        self.turn += 1
        self.hours_name = next((row.name for row in self.rows if row.id == campaign_id), "")
        return rx.call_script("document.getElementById('campaign-hours')?.showModal()")

    @rx.event
    async def save_hours(self, form: dict[str, Any]):
        """Give the campaign hours of its own."""
        self.hours_problem = ""
        try:
            wanted = editing.document_of(form if isinstance(form, dict) else {}) | {"mode": "CUSTOM"}
            await self._call(editing.edit_campaign_schedule, wanted_id(self.hours_of), wanted, permission=Permission.EDIT_SETTINGS,
                             write=True)
        except MENDABLE as refused:
            self.hours_problem = refused.sentence
            return None
        await self._read()
        return [rx.call_script("document.getElementById('campaign-hours')?.close()"), toast("Saved.")]

    async def _read(self) -> None:
        self.rows = await self._call(queries.campaigns, permission=Permission.SEE_SETTINGS)
        self.personas = await self._call(queries.personas, permission=Permission.SEE_SETTINGS)
        known = {row.id for row in self.rows}
        self.marked = tuple(one for one in self.marked if one in known)
        self.turn += 1
