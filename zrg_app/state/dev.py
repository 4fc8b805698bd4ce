"""Is the page of the design system served here?"""

import reflex as rx

from zrg_app.kit.settings import settings
from zrg_app.state.base import BaseState, public


class DevState(BaseState):
    """Whether the parts are shown."""

    is_shown: bool = False

    @rx.event
    @public("shows parts of the design system, no data of anybody")
    async def load(self):
        """Show the parts if the setting says so, and let states under the hand be seen without a hand."""
        self.is_shown = settings().design_page
        return rx.call_script("import('/js/dev.js')") if self.is_shown else None
