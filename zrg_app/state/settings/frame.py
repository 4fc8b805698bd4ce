"""Which tab of Settings is open, for whom, and what may they do there?"""

from typing import Any

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Unauthenticated, ZrgError
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Role
from zrg_app.services import access, connections, inbox, workspaces
from zrg_app.services.connections import TroubleView
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission, public
from zrg_app.state.health import HealthState
from zrg_app.state.session import SessionState
from zrg_app.state.settings.forms import text
from zrg_app.state.settings.general import GeneralState
from zrg_app.state.settings.integrations import IntegrationsState, Seen, look
from zrg_app.state.settings.slack_reviewers import ReviewerRow, ReviewersState, read_rows
from zrg_app.state.settings.team import TeamState
from zrg_app.state.settings.words import TABS, tab_of, whom_to_ask

WAITING, READY, BROKEN, CLOSED, NOWHERE = "waiting", "ready", "broken", "closed", "nowhere"


class SettingsState(BaseState):
    """The frame of Settings. What it says about permissions is for show; every door of the tabs asks again."""

    tab: str = TABS[0]
    status: str = WAITING
    problem: str = ""
    uses_sandbox: bool = False
    may_edit: bool = False
    may_manage_members: bool = False
    may_manage_tokens: bool = False
    may_connect: bool = False
    may_create: bool = False
    read_only_reason: str = ""
    whom_to_ask: str = ""
    waiting: int = 0
    create_problem: str = ""

    @rx.event
    async def load(self):
        """Open the tab of the link for the workspace of the link, after the login if need be."""
        session = await self.get_state(SessionState)
        answer = await session.load()
        if not session.person.id:
            return answer
        if self.router.url.query_parameters.get("settingsTab", "") == "ai":
            return rx.redirect(f"/ai/personas?clientId={self.workspace_id}")
        self.tab = tab_of(self.router.url.query_parameters.get("settingsTab", ""))
        self._introduce(session)
        try:
            await self._read()
        except Unauthenticated:
            raise
        except (ZrgError, SQLAlchemyError) as error:
            self.status, self.problem = BROKEN, sentence_for(error)
        return [event for event in (answer, rx.call_script("window.zrg?.settings?.toCard()")) if event]

    @rx.event
    @public("chooses what is seen of a page that is already there")
    async def choose_tab(self, tab: str):
        """Show another tab and keep the address in step, so that the link can be shared."""
        self.tab = tab_of(tab)
        address = f"/settings?settingsTab={self.tab}&clientId={self.workspace_id}"
        return rx.call_script(f"history.replaceState(history.state, '', '{address}')")

    @rx.event
    @public("chooses among the visitor's own workspaces")
    async def switch_workspace(self, workspace_id: str):
        """Look at the settings of another workspace."""
        session = await self.get_state(SessionState)
        await session.switch_workspace(workspace_id)
        return self._go(session.workspace_id, self.tab)

    @rx.event
    @public("makes a workspace of the visitor's own; services refuse who may not")
    async def create_workspace(self, form: dict[str, Any]):
        """Make a workspace and go on with connecting its providers."""
        session = await self.get_state(SessionState)
        self.create_problem = ""
        try:
            await session.create_workspace(text(form, "workspace"))
        except Unauthenticated:
            raise
        except ZrgError as refused:
            self.create_problem = sentence_for(refused)
            return None
        return self._go(session.workspace_id, "integrations")

    async def _read(self) -> None:
        if not self.workspace_id:
            self.status = NOWHERE
            return
        members, self.waiting, troubles = await self._call(_about, permission=Permission.READ_INBOX)
        (await self.get_state(HealthState))._show(troubles, may_mend=self.status != CLOSED)
        self.whom_to_ask = whom_to_ask(members)
        if self.status == CLOSED:
            return
        stored, seen, reviewers = await self._call(_settings, permission=Permission.SEE_SETTINGS)
        (await self.get_state(ReviewersState))._show(reviewers)
        (await self.get_state(GeneralState))._arrive(stored)
        (await self.get_state(IntegrationsState))._show(seen)
        team = await self.get_state(TeamState)
        await team._show(members, manages=self.may_manage_members, has_tokens=self.may_manage_tokens)
        self.read_only_reason = "" if self.may_edit else f"You can look at these settings. To change one, ask {self.whom_to_ask}."
        self.status = READY

    def _introduce(self, session: SessionState) -> None:
        given = session.permissions
        self.status = WAITING if Permission.SEE_SETTINGS in given or not self.workspace_id else CLOSED
        self.problem = self.create_problem = self.read_only_reason = ""
        self.uses_sandbox = session.sandbox
        self.may_edit = Permission.EDIT_SETTINGS in given
        self.may_manage_members = Permission.MANAGE_MEMBERS in given
        self.may_manage_tokens = Permission.MANAGE_TOKENS in given
        self.may_connect = Permission.CONNECT_PROVIDERS in given
        roles = [option.role for option in session.workspaces]
        self.may_create = not roles or Role.OWNER in roles or Role.ADMIN in roles

    def _go(self, workspace_id: str, tab: str) -> rx.event.EventSpec:
        return rx.call_script(f"location.assign('/settings?settingsTab={tab}&clientId={workspace_id}')")


def _about(tx: Tx, scope: Scope) -> tuple[tuple[access.MemberView, ...], int, tuple[TroubleView, ...]]:
    return access.members(tx, scope), inbox.counts(tx, scope).needs_reply, connections.troubles(tx, scope)


def _settings(tx: Tx, scope: Scope) -> tuple[workspaces.SettingsView, Seen, list[ReviewerRow]]:
    return workspaces.settings_of(tx, scope), look(tx, scope), read_rows(tx, scope)
