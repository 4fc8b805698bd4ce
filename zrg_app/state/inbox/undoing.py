"""How is the last step of this tab taken back? Exactly as it was; what somebody changed since stays, and that is said."""

import reflex as rx

from zrg_app.kit.ids import parse_id
from zrg_app.services.undo import Undoable
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.inbox import asking
from zrg_app.state.inbox.labelling import LabelState
from zrg_app.state.inbox.offering import LabelGone, OfferState
from zrg_app.state.inbox.told import taken_back
from zrg_app.state.inbox.turn import TurnState

# These steps are of those who answer leads; the others of those who keep the inbox in order.
ANSWERING = frozenset({"discard", "dismiss", "settle"})


class UndoState(BaseState):
    """The way back. What was before is in `OfferState`; a second press finds nothing."""

    @rx.event
    async def undo(self):
        """Take the last step back; of a step with one conversation, that one is shown again."""
        last = (await self.get_state(OfferState))._take()
        if isinstance(last, LabelGone):
            await (await self.get_state(LabelState))._restore(last)
            return toast(f"The label “{last.name}” is back.")
        return await self._return(last) if last else toast("There is nothing to take back any more.")

    async def _return(self, last: Undoable) -> rx.event.EventSpec:
        turn = await self.get_state(TurnState)
        opened = parse_id(turn.open_lead_id)
        shown = last.leads[0] if len(last.leads) == 1 else opened if opened in last.leads else None
        wanted = (asking.take_back_and_look_again, last, shown)
        if last.act in ANSWERING:
            taken, seen = await self._call(*wanted, permission=Permission.ANSWER, write=True)
        else:
            taken, seen = await self._call(*wanted, permission=Permission.ORGANISE, write=True)
        await turn._take_in(seen)
        return toast(taken_back(last, taken, seen.names))
