"""Which times can be put into the answer that is being written?"""

import reflex as rx

from zrg_app.services import booking
from zrg_app.services.booking import TimeChoice
from zrg_app.state.base import BaseState, Permission, wanted_id
from zrg_app.state.inbox.station import StationState


class OfferingState(BaseState):
    """Free times for the lead `for_lead`, read when somebody opens them; `why_none` says why there are none."""

    times: tuple[TimeChoice, ...] = ()
    zone: str = ""
    is_leads_zone: bool = False
    why_none: str = ""
    for_lead: str = ""
    turn: int = 0

    @rx.event
    async def load(self):
        """Read them for the open conversation."""
        lead_id = (await self.get_state(StationState)).lead_id
        found = await self._call(booking.choices, wanted_id(lead_id), permission=Permission.ANSWER)
        self.times, self.zone, self.is_leads_zone, self.why_none = found.times, found.zone, found.is_leads_zone, found.why_none
        self.for_lead, self.turn = lead_id, self.turn + 1
