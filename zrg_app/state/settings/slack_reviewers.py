"""Who in Slack is asked about drafts that must not leave by themselves? The list, and the way to change it."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import ZrgError
from zrg_app.kit.scope import Scope
from zrg_app.services.access.views import hue, initials
from zrg_app.services.autosend import slack_reviewers
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.settings import forms


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerRow:
    """A reviewer as the card shows them; `is_away` says that they belong to a Slack team that is not connected any more."""

    id: str
    name: str
    email: str
    initials: str
    hue: int
    is_away: bool


class ReviewersState(BaseState):
    """The reviewers of the workspace. A new one is looked up in Slack, which takes a moment."""

    rows: list[ReviewerRow] = []
    is_adding: bool = False
    problem: str = ""
    form_turn: int = 0

    @rx.event(background=True)
    async def add(self, form: dict[str, Any]):
        """Find somebody in Slack by their address and ask them from the next draft on; meanwhile the page stays usable."""
        async with self:
            if self.is_adding:
                return
            self.is_adding, self.problem = True, ""
        problem, name = "", ""
        try:
            name = (await self._call(slack_reviewers.add, forms.text(form, "email"), permission=Permission.EDIT_SETTINGS, write=True)).name
        except ZrgError as error:
            problem = sentence_for(error)
        async with self:
            self.is_adding, self.problem = False, problem
            self.form_turn += not problem
            await self._read()
        if not problem:
            yield toast(f"{name} is asked about drafts from now on.")

    @rx.event
    async def remove(self, slack_user_id: str):
        """Ask somebody no more. Raises NotFound for who is none."""
        try:
            await self._call(slack_reviewers.remove, str(slack_user_id), permission=Permission.EDIT_SETTINGS, write=True)
        finally:
            await self._read()
        return toast("They are asked no more; buttons they were sent before do nothing now.")

    async def _read(self) -> None:
        self.rows = await self._call(read_rows, permission=Permission.SEE_SETTINGS)

    def _show(self, rows: list[ReviewerRow]) -> None:
        self.rows, self.problem, self.is_adding = rows, "", False


def read_rows(tx: Tx, scope: Scope) -> list[ReviewerRow]:
    """The reviewers of the workspace as the card shows them."""
    chosen = slack_reviewers.reviewers(tx, scope)
    here = {each.id for each in slack_reviewers.of_team(chosen, slack_reviewers.team(tx, scope))}
    return [ReviewerRow(id=each.id, name=each.name, email=each.email, initials=initials(each.name), hue=hue(each.id),
                        is_away=each.id not in here) for each in chosen]
