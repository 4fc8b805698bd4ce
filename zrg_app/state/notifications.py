"""What was the person told that they have not seen? The bell of every page, and the way from it to what it is about."""

import json
from collections.abc import Callable
from uuid import UUID

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services import notifications, workbench
from zrg_app.services.inbox.views import ConversationView
from zrg_app.services.notifications import Bell, NotificationView
from zrg_app.state import watching
from zrg_app.state.base import BaseState, Permission, wanted_id

INBOX = "/"


class BellState(BaseState):
    """The bell. `unread` is the one number people see of it, in the rail and in the tab's title: what they were told and have not
    seen, replies in conversations of theirs included."""

    is_there: bool = False
    unread: int = 0
    items: tuple[NotificationView, ...] = ()

    @rx.event
    async def go(self, notification_id: str):
        """Open what it is about, at the note if it is one; it counts as seen."""
        is_inbox = self.router.url.path == INBOX
        told, bell, view = await self._call(_go, wanted_id(notification_id), look=is_inbox, permission=Permission.READ_INBOX, write=True)
        self._show(bell)
        note = rx.call_script(f"window.zrg?.toNote?.({json.dumps(told.note_id)})")
        if view is None:
            yield [note, rx.redirect(f"/?view=inbox&clientId={self.workspace_id}&leadId={told.lead_id}")]
            return
        from zrg_app.state.inbox.turn import TurnState  # noqa: PLC0415 because the panels of the inbox need the session, and it this

        turn = await self.get_state(TurnState)
        await turn._present(view)
        yield [rx.call_script(f"window.zrg?.opened?.({json.dumps(view.lead.lead_id)})"), note]
        await turn._read(view.lead.lead_id)

    @rx.event
    async def settle(self, lead_id: str):
        """The person looks at this conversation: what they were told of it is seen."""
        self._show(await self._call(_settled, notifications.read_of, wanted_id(lead_id), permission=Permission.READ_INBOX, write=True))

    @rx.event
    async def settle_all(self):
        """Nothing of it is news any more."""
        self._show(await self._call(_settled, notifications.read_all, permission=Permission.READ_INBOX, write=True))

    async def _arrive(self) -> None:
        """Show the bell of the workspace that was just chosen, and hear of what rings from now on."""
        self._show(await self._call(notifications.bell, permission=Permission.READ_INBOX))
        watching.look(self)

    def _show(self, bell: Bell) -> None:
        for name, value in (("items", bell.items), ("unread", bell.unread), ("is_there", True)):
            if getattr(self, name) != value:
                setattr(self, name, value)


def _go(tx: Tx, scope: Scope, notification_id: UUID, *, look: bool) -> tuple[NotificationView, Bell, ConversationView | None]:
    told = notifications.read(tx, scope, notification_id)
    view = workbench.open_conversation(tx, scope, wanted_id(told.lead_id)) if look else None
    return told, notifications.bell(tx, scope), view


def _settled(tx: Tx, scope: Scope, settle: Callable, *arguments: UUID) -> Bell:
    settle(tx, scope, *arguments)
    return notifications.bell(tx, scope)
