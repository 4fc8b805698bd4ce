"""What would this change do, before it is saved? On one real lead, or on the last replies, with its price told first."""

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid
from zrg_app.kit.scope import Scope
from zrg_app.models.ai_vocabulary import TrialKind
from zrg_app.services import trials
from zrg_app.services.trials import ChoiceView, ComparisonView, ImpactView, Overrides, first_stage
from zrg_app.services.trials.outcome import money
from zrg_app.state.ai.playground import share
from zrg_app.state.ai.watched import WatchedTrial
from zrg_app.state.base import BaseState, Permission, wanted_id

THRESHOLD = "threshold"


class ImpactState(WatchedTrial, BaseState):
    """The panel beside a prompt or threshold that is being changed. What is typed comes with each press; nothing of it is saved."""

    leads: tuple[ChoiceView, ...] = ()
    comparison: ComparisonView | None = None
    impact: ImpactView | None = None
    price: str = ""
    problem: str = ""

    @rx.event
    async def prepare(self):
        """Fill the choice of leads when the panel appears."""
        self.leads = await self._call(trials.leads, permission=Permission.SEE_SETTINGS)
        self.shown = self.comparison = self.impact = None
        self.price = self.problem = ""
        self._watches = False

    @rx.event
    async def preview(self, key: str, value: str, lead_id: str):
        """Hold the changed text against the saved one on the newest reply of a lead."""
        await self._start(trials.preview, key, value, wanted_id(lead_id))
        return ImpactState.watch

    @rx.event
    async def tell_price(self, key: str, value: str, count: str):
        """Say what a report over so many replies will cost, before anybody asks for it."""
        self.problem = self.price = ""
        try:
            self.price = await self._call(_price, wanted(key, value), number(count), permission=Permission.SEE_SETTINGS)
        except (Invalid, Conflict) as refused:
            self.problem = refused.sentence

    @rx.event
    async def measure(self, key: str, value: str, count: str, as_if_on: bool = False):
        """Report what the change would have done to the last replies."""
        await self._start(trials.measure, key, value, count=number(count), as_if_on=as_if_on is True)
        return ImpactState.watch

    @rx.event
    async def stop(self):
        """Stop the report; what it found stays."""
        if self.shown:
            await self._call(trials.stop, wanted_id(self.shown.id), permission=Permission.EDIT_SETTINGS, write=True)
            await self._show(self.shown.id)

    async def _start(self, action: object, key: str, value: str, *arguments: object, **options: object) -> None:
        self.problem, self.comparison, self.impact = "", None, None
        try:
            trial_id = await self._call(action, *arguments, wanted(key, value), permission=Permission.EDIT_SETTINGS, write=True, **options)
            await self._show(str(trial_id))
        except (Invalid, Conflict) as refused:
            self.problem = refused.sentence

    async def _show(self, trial_id: str) -> None:
        found = await self._call(trials.one, wanted_id(trial_id), permission=Permission.SEE_SETTINGS)
        if found == self.shown:
            return
        self.shown = found
        if found.kind == TrialKind.IMPACT:
            self.impact = await self._call(trials.report, wanted_id(trial_id), permission=Permission.SEE_SETTINGS)
        else:
            self.comparison = await self._call(trials.comparison, wanted_id(trial_id), permission=Permission.SEE_SETTINGS)


def wanted(key: object, value: object) -> Overrides:
    """The candidate a panel is about: a threshold, or the text of a prompt or snippet. Raises Invalid."""
    if not isinstance(key, str) or not isinstance(value, str) or not key:
        raise Invalid("Change something first; there is nothing to compare.")
    return Overrides(threshold=share(value)) if key == THRESHOLD else Overrides(prompts={key: value})


def number(count: object) -> int:
    """How many replies somebody asked for; 0, which is refused, for anything but digits."""
    return int(count) if isinstance(count, str | int) and str(count).isdigit() else 0


def _price(tx: Tx, scope: Scope, overrides: Overrides, count: int) -> str:
    dollars = trials.estimate(tx, scope, first_stage(overrides), count)
    return f"About {money(dollars)} for {count} replies." if dollars else "Free: no model is asked where a decision was recorded."
