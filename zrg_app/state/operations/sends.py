"""Did everything leave once, and what became of the sends nobody is sure of?"""

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from zrg_app.kit.errors import Forbidden, Unauthenticated, ZrgError
from zrg_app.services import sending
from zrg_app.services.sending import Doubtful, KeyCount, Proof
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission, toast, wanted_id


class SendsState(BaseState):
    """The send-once proof of the workspace and the list of unknown fates; for those who may operate it."""

    status: str = "waiting"
    problem: str = ""
    holds: bool = True
    keys: int = 0
    once: int = 0
    never: int = 0
    on_the_way: int = 0
    wrong: tuple[KeyCount, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()

    @rx.event
    async def load(self):
        """Count."""
        try:
            self._show(await self._call(sending.proof, permission=Permission.OPERATE))
        except (Unauthenticated, Forbidden):
            raise
        except (ZrgError, SQLAlchemyError) as error:
            self.status, self.problem = "broken", sentence_for(error)

    @rx.event
    async def look_again(self, outbound_id: str):
        """Read the provider's history once more; nothing is sent."""
        await self._decide(sending.look_again, outbound_id)
        return toast("Reading the provider's history; the answer is here in a moment.")

    @rx.event
    async def it_arrived(self, outbound_id: str):
        """Somebody saw it at the provider."""
        await self._decide(sending.it_arrived, outbound_id)
        return toast("It counts as sent.")

    @rx.event
    async def send_again(self, outbound_id: str):
        """Somebody saw that the provider does not have it."""
        await self._decide(sending.send_again, outbound_id)
        return toast("One last look at the provider, then it is sent again.")

    async def _decide(self, action, outbound_id: str) -> None:
        self._show(await self._call(sending.decide, action, wanted_id(outbound_id), permission=Permission.OPERATE, write=True))

    def _show(self, proof: Proof) -> None:
        self.status, self.problem, self.holds = "ready", "", proof.holds
        self.keys, self.once, self.never, self.on_the_way = proof.keys, proof.once, proof.never, proof.totals.unfinished
        self.wrong, self.doubtful = proof.wrong, proof.doubtful
