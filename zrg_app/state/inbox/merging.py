"""Is this lead somebody we know already? Search, side by side, merge and undo; which address is used; what is looked up."""

from typing import Any
from uuid import UUID

import reflex as rx

from zrg_app.kit.errors import Invalid
from zrg_app.services import autosend, enrichment, leads
from zrg_app.services.leads.views import Candidate, Comparison
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.inbox.asking import act_and_look, lead_id_of
from zrg_app.state.inbox.thread import ThreadState
from zrg_app.state.inbox.turn import TurnState

DIALOG = "merge-dialog"
_CLOSE = f"document.getElementById({DIALOG!r})?.close()"
_OPEN = f"document.getElementById({DIALOG!r})?.showModal()"


class MergingState(BaseState):
    """The dialog that makes two leads one, and the steps of the lead panel around it."""

    query: str = ""
    found: tuple[Candidate, ...] = ()
    compared: Comparison | None = None
    keeps_other: bool = False
    reason: str = ""
    problem: str = ""
    turn: int = 0

    @rx.event
    async def begin(self):
        """Open the dialog anew."""
        await self._scope(Permission.EDIT_LEADS, fresh=False)
        self._forget()
        return rx.call_script(_OPEN)

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Look for the other lead by name, company, address or number."""
        self.query, self.problem, self.compared = str(form.get("query", "")).strip()[:200], "", None
        self.found = await self._call(leads.candidates, await self._open_lead(), query=self.query, permission=Permission.EDIT_LEADS)
        if self.query and not self.found:
            self.problem = "Nobody else here goes by that. Try a part of the name, the whole address or the number."

    @rx.event
    async def choose(self, lead_id: str):
        """Put another lead beside the open one."""
        self.problem = ""
        self.compared = await self._call(leads.compare, await self._open_lead(), lead_id_of(lead_id),
                                         permission=Permission.EDIT_LEADS)

    @rx.event
    async def consider(self, lead_id: str, reason: str):
        """Look at a suggestion: both side by side, its reason written in."""
        self._forget()
        self.compared = await self._call(leads.compare, await self._open_lead(), lead_id_of(lead_id),
                                         permission=Permission.EDIT_LEADS)
        # The rest of a suggestion says why it was not certain.
        self.reason = str(reason).split(". ")[0][:300]
        return rx.call_script(_OPEN)

    @rx.event
    async def swap(self):
        """Let the other lead's values win."""
        await self._scope(Permission.EDIT_LEADS, fresh=False)
        self.keeps_other = not self.keeps_other

    @rx.event
    async def back(self):
        """Search again."""
        await self._scope(Permission.EDIT_LEADS, fresh=False)
        self.compared, self.problem = None, ""

    @rx.event
    async def merge(self, form: dict[str, Any]):
        """Make the two one, for a stated reason; the conversation that stays is shown."""
        if self.compared is None:
            return None
        keep, gone = (lead_id_of(side.lead_id) for side in (self.compared.own, self.compared.other))
        if self.keeps_other:
            keep, gone = gone, keep
        self.reason = str(form.get("reason", ""))
        try:
            await self._act(keep, leads.merge, (keep, gone), reason=self.reason)
        except Invalid as refusal:
            self.problem = refusal.sentence
            return None
        self._forget()
        return [rx.call_script(_CLOSE), toast("The two are one now. Undo stands in the lead panel.")]

    @rx.event
    async def undo(self, merge_id: str):
        """Take a merge back; both leads are as they were."""
        await self._act(await self._open_lead(), leads.unmerge, (lead_id_of(merge_id),))
        return toast("They are two leads again.")

    @rx.event
    async def dismiss(self, merge_id: str):
        """They are two people; not asked again."""
        await self._act(await self._open_lead(), leads.dismiss, (lead_id_of(merge_id),))
        return toast("Noted: they are two people.")

    @rx.event
    async def promote(self, address: str):
        """Make another address of the lead the primary one."""
        lead_id = await self._open_lead()
        await self._act(lead_id, leads.promote, (lead_id, str(address)))
        return toast(f"Mail goes to {str(address)[:80]} now.")

    @rx.event
    async def look_up(self):
        """Ask for what is missing of the lead."""
        lead_id = await self._open_lead()
        await self._act(lead_id, enrichment.look_up, (lead_id,))
        return toast("Asked. What is found appears here by itself.")

    @rx.event
    async def let_ai_answer(self, on: bool):
        """Let the AI answer this lead, who is in no campaign, or leave them to people."""
        lead_id = await self._open_lead()
        await self._act(lead_id, autosend.let_ai_answer, (lead_id,), on=on is True)
        return toast("The AI may answer this lead now." if on is True else "This lead is answered by people.")

    async def _open_lead(self) -> UUID:
        shown = (await self.get_state(ThreadState)).lead
        return lead_id_of(shown.lead_id if shown else "")

    async def _act(self, lead_id: UUID, action, arguments: tuple, **options) -> None:
        """Do `action`, then show the conversation of a lead as it is now."""
        view = await self._call(act_and_look, lead_id, action, arguments, options, permission=Permission.EDIT_LEADS, write=True)
        await (await self.get_state(TurnState))._present(view)

    def _forget(self) -> None:
        self.query, self.found, self.compared, self.keeps_other, self.reason, self.problem = "", (), None, False, "", ""
        self.turn += 1
