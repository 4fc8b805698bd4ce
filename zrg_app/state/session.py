"""Who is signed in, and which workspace are they looking at? Loaded with every page that needs a login."""

from urllib.parse import quote

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Forbidden, Unauthenticated
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services import access, workspaces
from zrg_app.services.access import Person, Visitor, WorkspaceOption
from zrg_app.state.base import BaseState, public, toast
from zrg_app.state.notifications import BellState

NOWHERE = WorkspaceOption(id="", name="", initials="", role="", permissions=())
NOBODY = Person(id="", name="", email="", initials="", hue=220, theme="system")


class SessionState(BaseState):
    """The signed-in person, their workspaces and the chosen one. `permissions` decide what is shown, never what is done."""

    person: Person = NOBODY
    workspaces: list[WorkspaceOption] = []
    workspace: WorkspaceOption = NOWHERE
    permissions: list[str] = []
    sandbox: bool = False

    @rx.event
    @public("finds out whether there is a login at all; shows only what is the visitor's own")
    async def load(self):
        """Recognise the visitor and choose the workspace: the link's, else the last used, else the first (spec section 2)."""
        wished = self.router.url.query_parameters.get("clientId", "")
        try:
            visitor = await self._visitor(fresh=True)
        except Unauthenticated:
            self._forget_person()
            return rx.redirect(login_path(self.router.url.path, self.router.url.query))
        if self.person.id not in ("", str(visitor.user_id)):
            self._forget_person()
        self.person, self.sandbox = access.person(visitor), bool(settings().sandbox_url)
        self._me = str(visitor.user_id)
        self.workspaces = list(await self._call_as_person(_own_workspaces))
        self._choose(wished, self.workspace_id, self.last_workspace)
        if self.workspace_id:
            await (await self.get_state(BellState))._arrive()
        if wished and self.workspace_id != wished:
            return toast("That link belongs to a workspace that is not shared with you.", tone="bad")
        return None

    @rx.event
    @public("chooses among the visitor's own workspaces")
    async def switch_workspace(self, workspace_id: str):
        """Look at another workspace. The page is loaded anew, so that every panel starts from the new one."""
        self.workspaces = list(await self._call_as_person(_own_workspaces))
        if workspace_id not in [option.id for option in self.workspaces]:
            raise Forbidden("This workspace is not shared with you.")
        self._choose(workspace_id)
        return rx.call_script(f"location.assign('/?view=inbox&clientId={self.workspace_id}')")

    @rx.event
    @public("makes a workspace of the visitor's own; services refuse who may not")
    async def create_workspace(self, name: str):
        """Make a workspace owned by the visitor and go there."""
        created = await self._call_as_person(_create_workspace, name)
        return await self.switch_workspace(created)

    @rx.event
    @public("keeps the visitor's own colours")
    async def choose_theme(self, theme: str):
        """Keep the colours the person likes and show them."""
        await self._call_as_person(access.choose_theme, theme)
        self.person = access.person(await self._visitor(fresh=True))
        return rx.style.set_color_mode(theme)

    def _choose(self, *wishes: str) -> None:
        by_id = {option.id: option for option in self.workspaces}
        chosen = next((by_id[wish] for wish in wishes if wish in by_id), self.workspaces[0] if self.workspaces else NOWHERE)
        self.workspace, self.permissions = chosen, list(chosen.permissions)
        self.workspace_id = self.last_workspace = chosen.id


def login_path(path: str, query: str) -> str:
    """The login page that leads back to a deep link."""
    target = f"{path or '/'}{'?' + query if query else ''}"
    return "/login" if target == "/" else f"/login?next={quote(target, safe='')}"


def _own_workspaces(tx: Tx, visitor: Visitor) -> tuple[WorkspaceOption, ...]:
    return access.workspaces_of(tx, visitor.user_id)


def _create_workspace(tx: Tx, visitor: Visitor, name: str) -> str:
    if not access.may_create_workspaces(tx, visitor):
        raise Forbidden("Only owners and admins of a workspace can make another one.")
    return str(workspaces.create(tx, Scope(actor=visitor.actor), name, owner_id=visitor.user_id))
