"""Whose free times are offered to leads? The choice among the calendars of a provider, and what reading them found."""

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound, ZrgError
from zrg_app.kit.scope import Scope
from zrg_app.services import booking, connections
from zrg_app.services.connections import CalendarView
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.settings.integrations import IntegrationsState


class CalendarState(BaseState):
    """The calendars to choose from on the card of one provider; asked of it when somebody wants to choose."""

    calendars: list[CalendarView] = []
    open_for: str = ""
    is_loading: bool = False
    reading: str = ""
    problem: str = ""

    @rx.event(background=True)
    async def load(self, provider: str):
        """Ask the provider for its calendars; meanwhile the page stays usable."""
        async with self:
            if self.is_loading:
                return
            slug = (await self.get_state(IntegrationsState))._slug(provider)
            self.open_for, self.is_loading, self.problem, self.calendars = slug, True, "", []
        found, problem = (), ""
        try:
            found = await self._call(connections.calendars, slug, permission=Permission.CONNECT_PROVIDERS, write=True)
        except ZrgError as error:
            problem = sentence_for(error)
        async with self:
            self.calendars, self.problem, self.is_loading = list(found), problem, False

    @rx.event
    async def choose(self, calendar_id: str):
        """Offer the free times of a calendar of the list, and read them at once; an empty choice offers none. Raises NotFound for
        any other."""
        slug, chosen = self.open_for, next((one for one in self.calendars if one.id == calendar_id), None)
        if not slug or (chosen is None and calendar_id != ""):
            raise NotFound("This calendar is not in the list any more. Load it again.")
        await self._call(_keep, slug, chosen, permission=Permission.CONNECT_PROVIDERS, write=True)
        self.open_for, self.calendars = "", []
        await (await self.get_state(IntegrationsState))._redraw(slug)
        told = f"Times of {chosen.name} are offered from now on." if chosen else "No times are offered any more."
        return [toast(told), CalendarState.read(slug)]

    @rx.event(background=True)
    async def read(self, provider: str):
        """Read the chosen calendar now; meanwhile the page stays usable."""
        async with self:
            slug = (await self.get_state(IntegrationsState))._slug(provider)
            if self.reading:
                return
            self.reading = slug
        try:
            await self._call(booking.refresh, provider=slug, permission=Permission.CONNECT_PROVIDERS, write=True)
        finally:
            async with self:
                self.reading = ""
        async with self:
            await (await self.get_state(IntegrationsState))._redraw(slug)

    @rx.event
    async def close(self):
        """Leave the choice as it is."""
        await self._scope(Permission.SEE_SETTINGS)
        self.open_for, self.calendars, self.problem = "", [], ""


def _keep(tx: Tx, scope: Scope, provider: str, chosen: CalendarView | None) -> None:
    kept = {"id": chosen.id, "name": chosen.name, "minutes": chosen.minutes or None} if chosen else None
    connections.keep_options(tx, scope, provider, {"calendar": kept})
