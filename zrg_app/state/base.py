"""How does a panel act for its visitor? Every state class of ours descends from `BaseState`."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import reflex as rx

from zrg_app.kit import ids
from zrg_app.kit.db import transaction
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services.access import Permission, Visitor
from zrg_app.state import visits
from zrg_app.state.answers import answer_error, toast
from zrg_app.state.doors import public

__all__ = ["BaseState", "Permission", "answer_error", "public", "toast", "wanted_id"]


class BaseState(rx.State):
    """Who is looking, at which workspace, and the way into the services.

    Handlers are `async`, take ids and small scalars, and write `await self._call(inbox.snooze, lead_id, permission=...,
    write=True)`. Errors are left to `answer_error`, which turns them into a toast.
    """

    # Set by SessionState only; inherited, so that every panel reads `self.workspace_id`.
    workspace_id: str = ""
    # The signed-in person's id, for what differs from colleague to colleague in one view; set by SessionState only.
    _me: str = ""
    # A wish of the browser, checked against the accessible workspaces like every other.
    last_workspace: str = rx.LocalStorage("", name="zrg_workspace")

    async def _call(self, function: Callable, *arguments: Any, permission: Permission, write: bool = False,
                    **options: Any) -> Any:
        """Run a service function for the visitor, in a thread: `function(tx, scope, *arguments, **options)`.

        A function without `tx` is a flow: `function(scope, ...)`. With `write` the permission is asked of the database anew.
        Raises Unauthenticated, NotFound, Forbidden, and what the function raises.
        """
        return await asyncio.to_thread(visits.run, self._token(), self.workspace_id, permission, write, function, arguments,
                                       options)

    async def _scope(self, permission: Permission, *, fresh: bool = True) -> Scope:
        """The scope in which the visitor may do `permission`. Raises Unauthenticated, NotFound or Forbidden."""
        return await asyncio.to_thread(visits.scope_for, self._token(), self.workspace_id, permission, fresh=fresh)

    async def _visitor(self, *, fresh: bool = False) -> Visitor:
        """Who is signed in. Raises Unauthenticated."""
        return await asyncio.to_thread(visits.visitor, self._token(), fresh=fresh)

    async def _call_as_person(self, function: Callable, *arguments: Any, **options: Any) -> Any:
        """Run `function(tx, visitor, ...)` for the person, over all workspaces: for what belongs to nobody's workspace.

        The function itself must look at nothing but what is the visitor's own. Raises Unauthenticated.
        """
        visitor = await self._visitor(fresh=True)
        return await asyncio.to_thread(_run_as_person, visitor, function, arguments, options)

    def _forget_person(self) -> None:
        """Empty every panel of this tab: the next person in it must find nothing of the former."""
        last, state = self.last_workspace, self
        while type(state) is not BaseState:
            state = state.parent_state
        state.reset()
        self.last_workspace = last

    def _token(self) -> str:
        headers = self.router.headers
        forwarded = headers.raw_headers.get("x-forwarded-host", "").split(",")[0].strip()
        return visits.handshake_token(cookie=headers.cookie, origin=headers.origin, hosts=(headers.host, forwarded))


def wanted_id(text: object) -> UUID:
    """The id in a handler's argument. Raises NotFound for anything else: arguments come from any browser."""
    found = ids.parse_id(text)
    if found is None:
        raise NotFound("That is not there any more. Load the page again.")
    return found


def _run_as_person(visitor: Visitor, function: Callable, arguments: tuple, options: dict) -> Any:
    with transaction(Scope(actor=visitor.actor)) as tx:
        return function(tx, visitor, *arguments, **options)
