"""What stands around the inbox: who looks, at which workspace, and what does a fresh page show?"""

from urllib.parse import urlencode

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from zrg_app.kit.errors import Forbidden, Unauthenticated, ZrgError
from zrg_app.services.inbox.wanted import read
from zrg_app.state import watching
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.health import HealthState
from zrg_app.state.inbox.asking import FirstSight, first_sight
from zrg_app.state.inbox.filters import FilterState
from zrg_app.state.inbox.labelling import LabelState
from zrg_app.state.inbox.last_step import LastStepState
from zrg_app.state.inbox.rows import RowsState
from zrg_app.state.inbox.saved import SavedState
from zrg_app.state.inbox.shown import MemberChoice
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState
from zrg_app.state.session import SessionState

READ_ONLY = "You are looking on. To answer or change something, ask {}."


class FrameState(BaseState):
    """Who looks and what they may do here (shown only; every door asks again), and the arrival of a page."""

    members: tuple[MemberChoice, ...] = ()
    may_answer: bool = False
    may_organise: bool = False
    may_edit_leads: bool = False
    read_only_reason: str = ""
    uses_sandbox: bool = False
    _link: str = ""
    _shown: str = ""

    @rx.event
    async def load(self):
        """Show the inbox as the link says, or as it was left in this tab."""
        session = await self.get_state(SessionState)
        before, answer = self.workspace_id, await session.load()
        asked = dict(self.router.url.query_parameters)
        if not self.workspace_id:
            return answer
        if asked.get("view") == "settings":
            return rx.redirect("/settings?" + urlencode(asked))
        if before not in ("", self.workspace_id):
            await self._forget_panels()
        self.uses_sandbox = session.sandbox
        self.may_answer = Permission.ANSWER in session.workspace.permissions
        self.may_organise = Permission.ORGANISE in session.workspace.permissions
        self.may_edit_leads = Permission.EDIT_LEADS in session.workspace.permissions
        self.read_only_reason = "" if self.may_answer else READ_ONLY.format("an admin of the workspace")
        told = answer, await self._arrive(asked)
        return [event for event in told if event]

    async def _arrive(self, asked: dict[str, str]) -> rx.event.EventSpec | None:
        """Read the list as the link wants it, and the conversation of the link (or the one left open) with it."""
        filters, rows, turn = await self.get_state(FilterState), await self.get_state(RowsState), await self.get_state(TurnState)
        # A socket that comes back repeats the link of long ago; the conversation opened since wins.
        lead, draft, shown = asked.get("leadId", ""), asked.get("draftId", ""), urlencode(filters._named_in(asked))
        is_known, self._link = self._link == lead + draft, lead + draft
        lead, draft = (turn.open_lead_id, "") if is_known and turn.open_lead_id else (lead, draft)
        # The same holds for what the list is to show.
        # A saved view that was changed keeps its name, which the address does not say.
        stands = bool(filters.saved_id) and "saved" not in asked and read(asked) == filters.choice
        is_new, self._shown = bool(shown) and self._shown != shown and not stands, shown
        saved, choice = asked.get("saved", "") if is_new else "", read(asked) if is_new else filters.choice
        try:
            seen: FirstSight = await self._call(first_sight, choice, saved, lead, draft, permission=Permission.READ_INBOX)
        except (Unauthenticated, Forbidden):
            raise
        except (ZrgError, SQLAlchemyError) as error:
            return rows._break(error)
        filters._arrive(seen, leave=is_new)
        rows._asked = seen.wanted
        rows._show(seen.page, seen.counts)
        rows._begun(seen.unsent)
        await self._furnish(seen)
        turn._choose_times(seen.timezone)
        watching.look(self, lead_id="", wanted=rows._asked)
        if seen.conversation:
            await turn._present(seen.conversation)
            await turn._read(turn.open_lead_id)
        if saved and not seen.saved_as:
            return toast("That view is not here (any more).", tone="bad")
        return toast("That conversation is not here (any more).", tone="bad") if seen.is_missing else None

    async def _furnish(self, seen: FirstSight) -> None:
        """What stands around list and conversation: people, labels, saved views, troubles."""
        self.members = seen.members
        self.read_only_reason = "" if self.may_answer else READ_ONLY.format(seen.whom_to_ask)
        given = (await self.get_state(SessionState)).permissions
        (await self.get_state(HealthState))._show(seen.troubles, may_mend=Permission.SEE_SETTINGS in given)
        (await self.get_state(LabelState))._show(seen.labels)
        (await self.get_state(SavedState))._show(seen.saved)

    async def _forget_panels(self) -> None:
        (await self.get_state(FilterState)).reset()
        (await self.get_state(SavedState)).reset()
        (await self.get_state(RowsState)).reset()
        (await self.get_state(TurnState)).reset()
        (await self.get_state(LastStepState)).reset()
        (await self.get_state(ThreadState))._close()
