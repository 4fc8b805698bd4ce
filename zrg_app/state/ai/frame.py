"""May this person see how the AI of the workspace is set up, and may they change it?"""

from collections.abc import Awaitable, Callable

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Unauthenticated, ZrgError
from zrg_app.kit.scope import Scope
from zrg_app.services import access, connections, inbox, llm, trials
from zrg_app.services.connections import TroubleView
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission
from zrg_app.state.health import HealthState
from zrg_app.state.session import SessionState
from zrg_app.state.settings.words import whom_to_ask

WAITING, READY, BROKEN, CLOSED, NOWHERE = "waiting", "ready", "broken", "closed", "nowhere"


class AiState(BaseState):
    """The frame of AI Personality. What it says about permissions is for show; every door of the sections asks again.

    `status` is that of `section`, the one that was read last: another one's page waits until it is read itself.
    """

    section: str = ""
    status: str = WAITING
    problem: str = ""
    uses_sandbox: bool = False
    may_edit: bool = False
    read_only_reason: str = ""
    whom_to_ask: str = ""
    waiting: int = 0
    alarm: str = ""
    spent_notice: str = ""

    async def _enter(self, read: Callable[[], Awaitable[None]]) -> rx.event.EventSpec | None:
        """Open a section for the workspace of the link, after the login if need be; `read` fills the section."""
        session = await self.get_state(SessionState)
        answer = await session.load()
        if not session.person.id:
            return answer
        self.section, self.uses_sandbox, self.problem = self.router.url.path.rstrip("/").rpartition("/")[2], session.sandbox, ""
        self.may_edit = Permission.EDIT_SETTINGS in session.permissions
        if not self.workspace_id:
            self.status = NOWHERE
            return answer
        try:
            members, self.waiting, troubles, spend = await self._call(_about, permission=Permission.READ_INBOX)
            self.spent_notice = _spent_notice(spend)
            self.whom_to_ask = whom_to_ask(members)
            (await self.get_state(HealthState))._show(troubles, may_mend=self.may_edit)
            if Permission.SEE_SETTINGS not in session.permissions:
                self.status = CLOSED
                return answer
            self.alarm = await self._call(trials.alarm, permission=Permission.SEE_SETTINGS)
            await read()
            self.status = READY
        except Unauthenticated:
            raise
        except (ZrgError, SQLAlchemyError) as error:
            self.status, self.problem = BROKEN, sentence_for(error)
        self.read_only_reason = "" if self.may_edit else f"You can look at these settings. To change one, ask {self.whom_to_ask}."
        return answer


def _about(tx: Tx, scope: Scope) -> tuple[tuple[access.MemberView, ...], int, tuple[TroubleView, ...], llm.SpendView]:
    return access.members(tx, scope), inbox.counts(tx, scope).needs_reply, connections.troubles(tx, scope), llm.spend(tx, scope)


def _spent_notice(spend: llm.SpendView) -> str:
    if not spend.is_reached:
        return ""
    return (f"Today’s model budget of ${spend.limit_usd:,.2f} is used up. No model is asked until midnight in {spend.zone}; replies "
            "are sorted by rules, and people write the answers.")
