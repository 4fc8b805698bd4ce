"""Which models were asked lately, for what, and what did it cost?"""

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services import llm
from zrg_app.services.llm import SpendView
from zrg_app.services.llm.calls import OUTCOMES, CallFilter, dollars, page, sums
from zrg_app.services.llm.views import CallPage, CallRow, CallSum, CallSums
from zrg_app.state.ai.frame import AiState
from zrg_app.state.base import BaseState, Permission


class CallsState(BaseState):
    """The ledger of model calls, narrowed, page by page; sums of the last days; today's money against the limit."""

    rows: tuple[CallRow, ...] = ()
    days: tuple[CallSum, ...] = ()
    purposes: tuple[CallSum, ...] = ()
    purpose: str = ""
    outcome: str = ""
    has_more: bool = False
    spent: str = ""
    limit: str = ""
    percent: int = 0
    zone: str = ""
    kept_days: int = 30
    _cursor: str = ""

    @rx.event
    async def load(self):
        """Open the page."""
        return await (await self.get_state(AiState))._enter(self._read)

    @rx.event
    async def choose_purpose(self, purpose: str):
        """Narrow to one purpose; empty is all."""
        self.purpose = purpose if purpose in [each.name for each in self.purposes] else ""
        await self._read()

    @rx.event
    async def choose_outcome(self, outcome: str):
        """Narrow to how calls ended; empty is all."""
        self.outcome = outcome if outcome in OUTCOMES else ""
        await self._read()

    @rx.event
    async def refresh(self):
        """Read it again."""
        await self._read()

    @rx.event
    async def load_more(self):
        """Add the next page."""
        if self.has_more:
            more = await self._call(page, self._wanted(), after=self._cursor, permission=Permission.SEE_SETTINGS)
            known = {row.id for row in self.rows}
            self.rows += tuple(row for row in more.rows if row.id not in known)
            self._cursor, self.has_more = more.next_cursor, bool(more.next_cursor)

    async def _read(self) -> None:
        shown, summed, spend = await self._call(_about, self._wanted(), permission=Permission.SEE_SETTINGS)
        self.rows, self._cursor, self.has_more = shown.rows, shown.next_cursor, bool(shown.next_cursor)
        self.days, self.purposes, self.kept_days = summed.days, summed.purposes, settings().ai_call_days
        self.spent, self.zone = dollars(spend.spent_usd), spend.zone
        self.limit = f"${spend.limit_usd:,.2f}" if spend.limit_usd else ""
        self.percent = min(int(spend.spent_usd / spend.limit_usd * 100), 100) if spend.limit_usd else 0

    def _wanted(self) -> CallFilter:
        return CallFilter(purpose=self.purpose, outcome=self.outcome)


def _about(tx: Tx, scope: Scope, wanted: CallFilter) -> tuple[CallPage, CallSums, SpendView]:
    return page(tx, scope, wanted), sums(tx, scope), llm.spend(tx, scope)
