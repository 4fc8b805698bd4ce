"""Which people and saved views does the command palette find for the words typed into it? All else in it is found in the browser."""

from dataclasses import dataclass

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services import inbox
from zrg_app.services.inbox import saved_views
from zrg_app.services.inbox.people import PersonFound
from zrg_app.services.inbox.saved_views import ViewFound
from zrg_app.state.base import BaseState, Permission

LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFound:
    """What was found for `query` in a workspace: a tab that turned to another one must not show people of the former."""

    workspace_id: str = ""
    query: str = ""
    people: tuple[PersonFound, ...] = ()
    views: tuple[ViewFound, ...] = ()


class PaletteState(BaseState):
    """The people and saved views in the palette; asked for when typing rests."""

    found: PeopleFound = PeopleFound()

    @rx.event
    async def look_up(self, text: str):
        """Find leads by name, company or address, and saved views by name."""
        query = str(text).strip()[:LONGEST]
        if not self.workspace_id or (query, self.workspace_id) == (self.found.query, self.found.workspace_id):
            return
        people, views = await self._call(_found, query, permission=Permission.READ_INBOX)
        self.found = PeopleFound(workspace_id=self.workspace_id, query=query, people=people, views=views)


def _found(tx: Tx, scope: Scope, query: str) -> tuple[tuple[PersonFound, ...], tuple[ViewFound, ...]]:
    return inbox.find_people(tx, scope, query), saved_views.find_views(tx, scope, query)
