"""Which part of Operations is open, and may this person look?"""

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from zrg_app.kit.errors import Unauthenticated, ZrgError
from zrg_app.state import watching
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission, public
from zrg_app.state.operations.asking import Sight, sight
from zrg_app.state.operations.ledger import HEAPS, LedgerState
from zrg_app.state.operations.reading import ReadingState
from zrg_app.state.operations.sends import SendsState
from zrg_app.state.operations.work import WorkState
from zrg_app.state.session import SessionState

TABS = ("webhooks", "sends", "jobs", "sync")
WAITING, READY, BROKEN, CLOSED = "waiting", "ready", "broken", "closed"


class OperationsState(BaseState):
    """The frame of Operations. Permissions here are for show; every door of the parts asks again."""

    tab: str = TABS[0]
    status: str = WAITING
    problem: str = ""
    uses_sandbox: bool = False
    read_only_reason: str = ""
    waiting: int = 0

    @rx.event
    async def load(self):
        """Open the part of the link for the workspace of the link, after the login if need be."""
        session = await self.get_state(SessionState)
        answer = await session.load()
        if not session.person.id:
            return answer
        asked = self.router.url.query_parameters
        self.tab = asked.get("part", "") if asked.get("part", "") in TABS else TABS[0]
        self.uses_sandbox, self.problem = session.sandbox, ""
        ledger = await self.get_state(LedgerState)
        if asked.get("show", "") in HEAPS:
            ledger.heap = asked.get("show", "")
        if Permission.OPERATE not in session.permissions:
            self.status = CLOSED
            return answer
        try:
            await self._show(await self._call(sight, ledger._wanted(), permission=Permission.OPERATE))
            watching.look(self, ledger=ledger._wanted())
        except Unauthenticated:
            raise
        except (ZrgError, SQLAlchemyError) as error:
            self.status, self.problem = BROKEN, sentence_for(error)
        return answer

    @rx.event
    @public("chooses what is seen of a page that is already there")
    async def choose_tab(self, tab: str):
        """Show another part and keep the address in step, so that the link can be shared."""
        self.tab = tab if tab in TABS else TABS[0]
        return rx.call_script(f"history.replaceState(history.state, '', '/operations?part={self.tab}&clientId={self.workspace_id}')")

    async def _show(self, seen: Sight) -> None:
        (await self.get_state(LedgerState))._show(seen)
        (await self.get_state(WorkState))._show(seen.work)
        (await self.get_state(ReadingState))._show(seen)
        (await self.get_state(SendsState))._show(seen.proof)
        self.status, self.waiting = READY, seen.needs_reply
