"""Why does the draft on the screen say what it says? Read when somebody asks."""

import reflex as rx

from zrg_app.kit.errors import NotFound
from zrg_app.services import drafting
from zrg_app.services.drafting import WhyView
from zrg_app.state.base import BaseState, Permission, wanted_id

DIALOG = "draft-why"
_OPEN = f"document.getElementById({DIALOG!r})?.showModal()"


class DraftWhyState(BaseState):
    """The reasons of one draft."""

    why: WhyView | None = None

    @rx.event
    async def explain(self, draft_id: str):
        """Show how a draft was made."""
        found = await self._call(drafting.why, wanted_id(draft_id), permission=Permission.ANSWER)
        if found is None:
            raise NotFound("This draft is not here (any more).")
        self.why = found
        return rx.call_script(_OPEN)
