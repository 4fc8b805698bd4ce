"""Which people does the command palette find for the words typed into it? Everything else in it is found in the browser."""

from dataclasses import dataclass

import reflex as rx

from zrg_app.services import inbox
from zrg_app.services.inbox.people import PersonFound
from zrg_app.state.base import BaseState, Permission

LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFound:
    """What was found for `query` in a workspace: a tab that turned to another one must not show people of the former."""

    workspace_id: str = ""
    query: str = ""
    people: tuple[PersonFound, ...] = ()


class PaletteState(BaseState):
    """The people in the palette; asked for when typing rests."""

    found: PeopleFound = PeopleFound()

    @rx.event
    async def look_up(self, text: str):
        """Find leads by name, company or address."""
        query = str(text).strip()[:LONGEST]
        if not self.workspace_id or (query, self.workspace_id) == (self.found.query, self.found.workspace_id):
            return
        people = await self._call(inbox.find_people, query, permission=Permission.READ_INBOX)
        self.found = PeopleFound(workspace_id=self.workspace_id, query=query, people=people)
