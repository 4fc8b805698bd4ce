"""How far is reading all conversations back, and what was recovered without a webhook?"""

import reflex as rx

from zrg_app.services import sync
from zrg_app.services.sync import LookView, RunView
from zrg_app.state.base import BaseState, Permission, toast, wanted_id
from zrg_app.state.operations.asking import Sight


class ReadingState(BaseState):
    """The run over all conversations, and the looks for what had no webhook."""

    run: RunView | None = None
    looks: tuple[LookView, ...] = ()

    @rx.event
    async def start(self):
        """Read every conversation back."""
        await self._call(sync.start, permission=Permission.OPERATE, write=True)
        self.run = await self._call(sync.latest, permission=Permission.OPERATE)
        return toast("All conversations are being read back. You can leave this page.")

    @rx.event
    async def stop(self):
        """Stop the run under way."""
        if self.run:
            await self._call(sync.cancel, wanted_id(self.run.id), permission=Permission.OPERATE, write=True)
            self.run = await self._call(sync.latest, permission=Permission.OPERATE)
            return toast("Stopped. What was read stays.")
        return None

    @rx.event
    async def look_now(self):
        """Look for what had no webhook now."""
        number = await self._call(sync.look_here, permission=Permission.OPERATE, write=True)
        return toast("Looking. What is found appears under Webhooks." if number else "No connected provider can be asked.")

    def _show(self, seen: Sight) -> None:
        if seen.run != self.run:
            self.run = seen.run
        if seen.looks != self.looks:
            self.looks = seen.looks
