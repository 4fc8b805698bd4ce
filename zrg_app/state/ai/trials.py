"""What would a former decision be today, do hostile replies stay unanswered, and what was tried lately?"""

import reflex as rx

from zrg_app.kit.ids import parse_id
from zrg_app.models.ai_vocabulary import TrialKind
from zrg_app.services import trials
from zrg_app.services.trials import ComparisonView, DrillView, ImpactView, TrialView
from zrg_app.state.ai.frame import AiState
from zrg_app.state.ai.watched import WatchedTrial
from zrg_app.state.base import BaseState, Permission, wanted_id

COMPARED = (TrialKind.REPLAY, TrialKind.PREVIEW)


class TrialsState(WatchedTrial, BaseState):
    """The replay that the link names, the drill, and the last tries. `decision` and `draft` are what the link named."""

    tries: tuple[TrialView, ...] = ()
    drills: tuple[DrillView, ...] = ()
    comparison: ComparisonView | None = None
    impact: ImpactView | None = None
    decision: str = ""
    draft: str = ""

    @rx.event
    async def load(self):
        """Open the page, and the decision or try of the link."""
        return await (await self.get_state(AiState))._enter(self._read)

    @rx.event
    async def replay(self):
        """Run the decision of the link again under today's prompts and models."""
        trial_id = await self._call(trials.replay, decision_id=parse_id(self.decision), draft_id=parse_id(self.draft),
                                    permission=Permission.EDIT_SETTINGS, write=True)
        await self._show(str(trial_id))
        return TrialsState.watch

    @rx.event
    async def drill(self):
        """Put the hostile and hard replies through the pipeline now."""
        trial_id = await self._call(trials.drill, permission=Permission.EDIT_SETTINGS, write=True)
        await self._show(str(trial_id))
        return TrialsState.watch

    @rx.event
    async def open(self, trial_id: str):
        """Show a former try."""
        self.decision = self.draft = ""
        await self._show(str(wanted_id(trial_id)))
        return TrialsState.watch

    @rx.event
    async def stop(self, trial_id: str):
        """Stop what is under way."""
        await self._call(trials.stop, wanted_id(trial_id), permission=Permission.EDIT_SETTINGS, write=True)
        await self._show(trial_id)

    async def _read(self) -> None:
        asked = self.router.url.query_parameters
        self.decision, self.draft = asked.get("decision", ""), asked.get("draft", "")
        self.shown = self.comparison = self.impact = None
        self._watches = False
        if self.decision or self.draft:
            self.comparison = await self._call(trials.original, decision_id=parse_id(self.decision), draft_id=parse_id(self.draft),
                                               permission=Permission.SEE_SETTINGS)
        elif asked.get("trial"):
            await self._show(str(wanted_id(asked.get("trial"))))
        await self._list()

    async def _list(self) -> None:
        self.tries = await self._call(trials.recent, TrialKind.REPLAY, TrialKind.PREVIEW, TrialKind.IMPACT, TrialKind.DRILL,
                                      permission=Permission.SEE_SETTINGS)
        self.drills = await self._call(trials.drills, permission=Permission.SEE_SETTINGS)

    async def _show(self, trial_id: str) -> None:
        wanted = wanted_id(trial_id)
        found = await self._call(trials.one, wanted, permission=Permission.SEE_SETTINGS)
        if found == self.shown:
            return
        self.shown, self.impact = found, None
        if found.kind in COMPARED:
            self.comparison = await self._call(trials.comparison, wanted, permission=Permission.SEE_SETTINGS) or self.comparison
        else:
            self.comparison = None
        if found.kind == TrialKind.IMPACT:
            self.impact = await self._call(trials.report, wanted, permission=Permission.SEE_SETTINGS)
        await self._list()
