"""How will the words in the field arrive? Read by the same reader that sends them."""

import reflex as rx

from zrg_app.services.reading import blanks, formatted_html
from zrg_app.services.sending import taken
from zrg_app.state.base import BaseState, Permission

DIALOG = "as-it-arrives"
MOST = 100_000
_OPEN = f"document.getElementById({DIALOG!r})?.showModal()"


class PreviewState(BaseState):
    """An answer as it stood in the field when somebody asked: as HTML where that is taken, in words, and the blanks left in it."""

    html: str = ""
    words: str = ""
    blanks: tuple[str, ...] = ()

    @rx.event
    async def show(self, body: str, channel: str):
        """Show how it arrives."""
        await self._scope(Permission.ANSWER, fresh=False)
        body = str(body)[:MOST]
        self.html = formatted_html(body) if channel == "email" else ""
        self.words = taken("sms", body)
        self.blanks = blanks(body)
        return rx.call_script(_OPEN)
