"""Who works in this workspace, who is asked to, and which programs may come in?"""

import json
from typing import Any

import reflex as rx

from zrg_app.kit.errors import Refused
from zrg_app.kit.settings import settings
from zrg_app.services import access
from zrg_app.services.access import InvitationView, MemberView, TokenView
from zrg_app.state.base import BaseState, Permission, toast, wanted_id
from zrg_app.state.settings import forms
from zrg_app.state.settings.revealing import revealed
from zrg_app.state.settings.words import ROLES

UNDO = "member"


class TeamState(BaseState):
    """The people and programs of the workspace. A link or token that was just made goes to the screen, never into the state."""

    members: tuple[MemberView, ...] = ()
    invitations: tuple[InvitationView, ...] = ()
    tokens: tuple[TokenView, ...] = ()
    invite_problem: str = ""
    invited_email: str = ""
    shows_link: bool = False
    token_problem: str = ""
    shows_token: bool = False
    form_turn: int = 0
    _left: str = ""

    @rx.event
    async def invite(self, form: dict[str, Any]):
        """Ask somebody to join by mail; in the sandbox, or without mail, the link is shown here."""
        email, role = forms.text(form, "email").strip(), forms.text(form, "role")
        self.invite_problem, self.shows_link = "", False
        try:
            asked = await self._call(access.invite, email, role, permission=Permission.MANAGE_MEMBERS, write=True)
        except Refused as refused:
            self.invite_problem = refused.sentence
            return None
        self.form_turn += 1
        return await self._tell_invited(asked, email, f"{email} is invited as {ROLES[role][0].lower()}.")

    @rx.event
    async def resend_invitation(self, invitation_id: str):
        """Send an invitation once more; only its new link works from now on."""
        self.shows_link = False
        email = next((each.email for each in self.invitations if each.id == invitation_id), "They")
        asked = await self._call(access.resend_invitation, wanted_id(invitation_id), permission=Permission.MANAGE_MEMBERS, write=True)
        return await self._tell_invited(asked, email, f"{email} is invited once more.")

    async def _tell_invited(self, asked: access.Invited, email: str, sentence: str) -> rx.event.EventSpec | list[rx.event.EventSpec]:
        await self._read_people()
        if not asked.link:
            return toast(f"{email} has a login already and is now a member.")
        said = toast(sentence)
        if settings().resend_api_key and not settings().sandbox_url:
            return said
        self.invited_email, self.shows_link = email, True
        return [revealed("invitation-link", asked.link), said]

    @rx.event
    async def revoke_invitation(self, invitation_id: str):
        """Take an invitation back."""
        self.shows_link = False
        await self._call(access.revoke_invitation, wanted_id(invitation_id), permission=Permission.MANAGE_MEMBERS, write=True)
        await self._read_people()
        return toast("The invitation is taken back; its link no longer works.")

    @rx.event
    async def change_role(self, user_id: str, role: str):
        """Give a member another role."""
        try:
            await self._call(access.change_role, wanted_id(user_id), role, permission=Permission.MANAGE_MEMBERS, write=True)
        finally:
            await self._read_people()
        return toast(f"{self._name(user_id)} is now {ROLES[role][0].lower()}.")

    @rx.event
    async def remove_member(self, user_id: str):
        """Take somebody out of the workspace; who takes themselves out leaves the page."""
        name, own = self._name(user_id), str((await self._visitor()).user_id) == user_id
        left = await self._call(access.remove_member, wanted_id(user_id), permission=Permission.MANAGE_MEMBERS, write=True)
        if own:
            return rx.call_script("location.assign('/')")
        self._left = str(left)
        await self._read_people()
        said = json.dumps(f"{name} is no longer a member. Their conversations are nobody's now.")
        return rx.call_script(f'zrg.toast({said}, {{word: "Undo", press: "[data-undo={UNDO}]", stay: 12000}})')

    @rx.event
    async def take_back(self):
        """The last one removed belongs here again, with the conversations that nobody has taken."""
        if not self._left:
            return None
        left, self._left = self._left, ""
        name = await self._call(access.restore_member, wanted_id(left), permission=Permission.MANAGE_MEMBERS, write=True)
        await self._read_people()
        return toast(f"{name} is a member again.")

    @rx.event
    async def create_token(self, form: dict[str, Any]):
        """Make an API token and show it this once."""
        self.token_problem, self.shows_token = "", False
        try:
            made = await self._call(access.create_token, forms.text(form, "scope"), name=forms.text(form, "name"),
                                    permission=Permission.MANAGE_TOKENS, write=True)
        except Refused as refused:
            self.token_problem = refused.sentence
            return None
        self.shows_token, self.form_turn = True, self.form_turn + 1
        await self._read_tokens()
        return revealed("new-token", made.token)

    @rx.event
    async def revoke_token(self, token_id: str):
        """Make a token useless at once."""
        self.shows_token = False
        await self._call(access.revoke_token, wanted_id(token_id), permission=Permission.MANAGE_TOKENS, write=True)
        await self._read_tokens()
        return toast("The token is revoked; programs that use it are refused from now on.")

    async def _show(self, members: tuple[MemberView, ...], *, manages: bool, has_tokens: bool) -> None:
        self.members, self.invitations, self.tokens = members, (), ()
        self.invite_problem = self.token_problem = ""
        self.shows_link = self.shows_token = False
        if manages:
            self.invitations = await self._call(access.invitations, permission=Permission.MANAGE_MEMBERS)
        if has_tokens:
            await self._read_tokens()

    async def _read_people(self) -> None:
        self.members = await self._call(access.members, permission=Permission.MANAGE_MEMBERS)
        self.invitations = await self._call(access.invitations, permission=Permission.MANAGE_MEMBERS)

    async def _read_tokens(self) -> None:
        self.tokens = await self._call(access.tokens, permission=Permission.MANAGE_TOKENS)

    def _name(self, user_id: str) -> str:
        return next((member.name for member in self.members if member.user_id == user_id), "This person")
