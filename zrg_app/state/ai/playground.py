"""What would become of this message? Somebody pastes one and sees label, draft, checks and decision, with every step's time and cost."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from zrg_app.kit.errors import Conflict, Invalid
from zrg_app.kit.ids import parse_id
from zrg_app.models.ai_vocabulary import TrialKind
from zrg_app.services import trials
from zrg_app.services.trials import Case, ChoiceView, OutcomeView, Overrides, TrialView
from zrg_app.state.ai.frame import AiState
from zrg_app.state.ai.watched import WatchedTrial
from zrg_app.state.base import BaseState, Permission, wanted_id
from zrg_app.state.settings.forms import checked, text


class PlaygroundState(WatchedTrial, BaseState):
    """The pasted message, what became of it, and what was tried before."""

    leads: tuple[ChoiceView, ...] = ()
    campaigns: tuple[ChoiceView, ...] = ()
    personas: tuple[ChoiceView, ...] = ()
    tries: tuple[TrialView, ...] = ()
    outcome: OutcomeView | None = None
    problem: str = ""
    pasted: str = ""
    channel: str = "email"
    form_turn: int = 0

    @rx.event
    async def load(self):
        """Open the page."""
        return await (await self.get_state(AiState))._enter(self._read)

    @rx.event
    async def start(self, form: dict[str, Any]):
        """Put the message through the pipeline; a job does it and the page shows it as it comes."""
        self.problem = ""
        try:
            trial_id = await self._call(trials.play, case_of(form), permission=Permission.EDIT_SETTINGS, write=True)
        except (Invalid, Conflict) as refused:
            self.problem = refused.sentence
            return None
        await self._show(str(trial_id))
        return PlaygroundState.watch

    @rx.event
    async def open(self, trial_id: str):
        """Show a former try again."""
        await self._show(str(wanted_id(trial_id)))
        return PlaygroundState.watch

    @rx.event
    async def take(self, trial_id: str):
        """Put the message of a former try back into the field."""
        self.pasted, self.channel = await self._call(trials.case_text, wanted_id(trial_id), permission=Permission.SEE_SETTINGS)
        self.form_turn += 1

    @rx.event
    async def stop(self, trial_id: str):
        """Stop what is under way."""
        await self._call(trials.stop, wanted_id(trial_id), permission=Permission.EDIT_SETTINGS, write=True)
        await self._show(trial_id)

    async def _read(self) -> None:
        self.leads = await self._call(trials.leads, permission=Permission.SEE_SETTINGS)
        self.campaigns = await self._call(trials.campaigns, permission=Permission.SEE_SETTINGS)
        self.personas = await self._call(trials.personas, permission=Permission.SEE_SETTINGS)
        self.problem, self.shown, self.outcome, self._watches = "", None, None, False
        await self._list()

    async def _list(self) -> None:
        self.tries = await self._call(trials.recent, TrialKind.PLAYGROUND, permission=Permission.SEE_SETTINGS)

    async def _show(self, trial_id: str) -> None:
        found = await self._call(trials.one, wanted_id(trial_id), permission=Permission.SEE_SETTINGS)
        if found == self.shown:
            return
        self.shown = found
        self.outcome = await self._call(trials.outcome_of, wanted_id(trial_id), permission=Permission.SEE_SETTINGS)
        await self._list()


def case_of(form: Mapping[str, Any]) -> Case:
    """The case a form describes. Raises Invalid for a threshold that is none."""
    return Case(
        channel=text(form, "channel") or "email", text=text(form, "text"), subject=text(form, "subject")[:300],
        first_name=text(form, "first_name")[:100], lead_id=parse_id(text(form, "lead_id")), campaign_id=parse_id(text(form, "campaign_id")),
        as_if_on=checked(form, "as_if_on"),
        overrides=Overrides(threshold=share(text(form, "threshold")), model=text(form, "model")[:100],
                            persona_id=parse_id(text(form, "persona_id"))))


def share(words: str) -> float | None:
    """"85" or "0.85" as .85, None for nothing. Raises Invalid."""
    plain = words.strip().rstrip("%").strip().replace(",", ".")
    if not plain:
        return None
    try:
        value = float(plain)
    except ValueError as error:
        raise Invalid("Give the threshold as per cent, such as 90.") from error
    value = value / 100 if value > 1 else value
    if not 0 <= value <= 1:
        raise Invalid("Give the threshold as per cent, such as 90.")
    return value
