"""What became of the lead that is shown, narrowed to one sort, a page at a time?"""

from zoneinfo import ZoneInfo

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services import inbox, workspaces
from zrg_app.services.inbox.timeline import SORTS, Entry
from zrg_app.state.base import BaseState, Permission
from zrg_app.state.inbox.asking import lead_id_of


class TimelineState(BaseState):
    """The timeline of `lead_id`; the panel of any other lead shows it closed. Read when somebody opens it, never before."""

    lead_id: str = ""
    sort: str = ""
    entries: tuple[Entry, ...] = ()
    has_more: bool = False
    _cursor: str = ""

    @rx.event
    async def show(self, lead_id: str, sort: str):
        """Show what happened, all or of one sort."""
        entries, cursor = await self._page(lead_id, sort)
        self.lead_id, self.sort = str(lead_id), sort if sort in SORTS else ""
        self.entries, self._cursor, self.has_more = entries, cursor, bool(cursor)

    @rx.event
    async def show_more(self):
        """Add what happened before."""
        if self._cursor:
            entries, self._cursor = await self._page(self.lead_id, self.sort, self._cursor)
            known = {entry.id for entry in self.entries}
            self.entries = (*self.entries, *(entry for entry in entries if entry.id not in known))
            self.has_more = bool(self._cursor)

    @rx.event
    async def close(self):
        """Put it away."""
        await self._scope(Permission.READ_INBOX, fresh=False)
        self.reset()

    async def _page(self, lead_id: str, sort: str, after: str = "") -> tuple[tuple[Entry, ...], str]:
        return await self._call(_read, lead_id, str(sort), after, permission=Permission.READ_INBOX)


def _read(tx: Tx, scope: Scope, lead_id: str, sort: str, after: str) -> tuple[tuple[Entry, ...], str]:
    zone = ZoneInfo(workspaces.settings_of(tx, scope).timezone)
    return inbox.timeline(tx, scope, lead_id_of(lead_id), sort=sort, after=after, zone=zone)
