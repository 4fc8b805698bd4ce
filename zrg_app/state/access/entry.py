"""What do the pages before the login know? What their link says, read once when they open."""

import asyncio

import reflex as rx

from zrg_app.kit.db import transaction
from zrg_app.kit.errors import NotFound, Unauthenticated
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings
from zrg_app.services import access
from zrg_app.services.access import OfferView
from zrg_app.services.access.origins import site_path
from zrg_app.state.access.words import error_sentence, notice_sentence
from zrg_app.state.base import BaseState, public

_BEFORE_LOGIN = "opens a page for people who are not signed in; the forms on it are checked by the API"


class EntryState(BaseState):
    """The link of a page before the login: where to go next, what went wrong, which token it carries."""

    target: str = ""
    error: str = ""
    notice: str = ""
    invitation: str = ""
    reset_token: str = ""
    is_sent: bool = False
    in_sandbox: bool = False
    offer_email: str = ""
    offer_workspace: str = ""
    offer_role: str = ""
    has_login: bool = False
    is_gone: bool = False

    @rx.event
    @public(_BEFORE_LOGIN)
    async def open_login(self):
        """The login page; who is signed in goes on, and an empty product goes to its set-up."""
        self._read_link("login")
        if await self._is_signed_in():
            return rx.redirect(site_path(self.target))
        self._forget_person()
        self._read_link("login")
        return None if await asyncio.to_thread(_anybody) else rx.redirect("/setup")

    @rx.event
    @public(_BEFORE_LOGIN)
    async def open_set_up(self):
        """The first-run set-up, open only while nobody exists."""
        self._read_link("setup")
        return rx.redirect("/login") if await asyncio.to_thread(_anybody) else None

    @rx.event
    @public(_BEFORE_LOGIN)
    async def open_invitation(self):
        """What the invitation link offers."""
        self._read_link("invitation")
        try:
            offered = await asyncio.to_thread(_offer, self.invitation)
        except NotFound as gone:
            self.is_gone, self.error = True, gone.sentence
            return
        self.offer_email, self.offer_workspace = offered.email, offered.workspace_name
        self.offer_role, self.has_login = offered.role.replace("_", " ").lower(), offered.knows_password

    @rx.event
    @public(_BEFORE_LOGIN)
    async def open_forgot(self):
        """The page that asks for a mail with a link."""
        self._read_link("forgot")

    @rx.event
    @public(_BEFORE_LOGIN)
    async def open_reset(self):
        """The page that takes a new password."""
        self._read_link("reset")
        self.is_gone = not self.reset_token

    def _read_link(self, page: str) -> None:
        given = self.router.url.query_parameters
        target = site_path(given.get("next", ""))
        self.target = "" if target == "/" else target
        self.error = error_sentence(given.get("error", ""), wait=given.get("wait", ""), page=page)
        self.notice = notice_sentence(given.get("notice", ""))
        self.invitation, self.reset_token = given.get("invitation", "")[:200], given.get("reset", "")[:200]
        self.is_sent, self.is_gone = given.get("sent") == "1", False
        self.in_sandbox = bool(settings().sandbox_url)

    async def _is_signed_in(self) -> bool:
        try:
            await self._visitor(fresh=True)
        except Unauthenticated:
            return False
        return True


def _anybody() -> bool:
    with transaction(system("is there anybody yet?")) as tx:
        return access.anybody(tx)


def _offer(token: str) -> OfferView:
    with transaction(system("read an invitation")) as tx:
        return access.offer(tx, token)
