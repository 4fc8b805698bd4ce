"""Whom do colleagues usually copy? Read when somebody turns to that field."""

import reflex as rx

from zrg_app.services import sending
from zrg_app.state.base import BaseState, Permission


class RecipientState(BaseState):
    """Addresses to suggest beside those of the conversation."""

    usual: tuple[str, ...] = ()

    @rx.event
    async def suggest(self):
        """Read whom the workspace copied lately."""
        found = await self._call(sending.usual_copies, permission=Permission.ANSWER)
        if found != self.usual:
            self.usual = found
