"""Who works in this workspace, who is asked to, and which programs have a key? The Team tab of Settings."""

import reflex as rx

from zrg_app.kit.settings import settings
from zrg_app.services import access
from zrg_app.services.access import InvitationView, MemberView, TokenView
from zrg_app.state.base import BaseState, Permission, toast, wanted_id


class TeamState(BaseState):
    """Members, open invitations and tokens. `shown_link` (sandbox only) and `shown_token` are shown once."""

    members: list[MemberView] = []
    invitations: list[InvitationView] = []
    tokens: list[TokenView] = []
    shown_link: str = ""
    shown_token: str = ""

    @rx.event
    async def load(self):
        """Read the three lists."""
        self.shown_link = self.shown_token = ""
        await self._read()

    @rx.event
    async def invite(self, email: str, role: str):
        """Ask somebody to join; who has a login is in at once."""
        invited = await self._call(access.invite, email, role, permission=Permission.MANAGE_MEMBERS, write=True)
        self.shown_link = invited.link if settings().sandbox_url else ""
        await self._read()
        return toast("The invitation is on its way." if invited.link else "They have a login and are in now.")

    @rx.event
    async def revoke_invitation(self, invitation_id: str):
        """Take an invitation back."""
        await self._call(access.revoke_invitation, wanted_id(invitation_id), permission=Permission.MANAGE_MEMBERS, write=True)
        await self._read()
        return toast("The invitation is taken back; its link no longer works.")

    @rx.event
    async def change_role(self, user_id: str, role: str):
        """Give a member another role."""
        await self._call(access.change_role, wanted_id(user_id), role, permission=Permission.MANAGE_MEMBERS, write=True)
        await self._read()

    @rx.event
    async def remove_member(self, user_id: str):
        """Take a person out of the workspace."""
        await self._call(access.remove_member, wanted_id(user_id), permission=Permission.MANAGE_MEMBERS, write=True)
        await self._read()
        return toast("They are no longer a member. Invite them again to undo this.")

    @rx.event
    async def create_token(self, name: str, token_scope: str):
        """Make a key for a program and show it once."""
        made = await self._call(access.create_token, token_scope, name=name, permission=Permission.MANAGE_TOKENS, write=True)
        self.shown_token = made.token
        await self._read()

    @rx.event
    async def revoke_token(self, token_id: str):
        """Make a key useless at once."""
        await self._call(access.revoke_token, wanted_id(token_id), permission=Permission.MANAGE_TOKENS, write=True)
        self.shown_token = ""
        await self._read()
        return toast("The token no longer works.")

    async def _read(self) -> None:
        self.members = list(await self._call(access.members, permission=Permission.MANAGE_MEMBERS))
        self.invitations = list(await self._call(access.invitations, permission=Permission.MANAGE_MEMBERS))
        self.tokens = list(await self._call(access.tokens, permission=Permission.MANAGE_TOKENS))
