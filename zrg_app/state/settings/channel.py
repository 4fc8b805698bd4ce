"""Which Slack channel do the alerts of a workspace go to? The choice, with the channels as Slack lists them."""

import reflex as rx

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound, ZrgError
from zrg_app.kit.scope import Scope
from zrg_app.services import connections
from zrg_app.services.connections import ChannelView
from zrg_app.state.answers import sentence_for
from zrg_app.state.base import BaseState, Permission, toast
from zrg_app.state.settings.integrations import IntegrationsState


class ChannelState(BaseState):
    """The channels to choose from; asked of Slack when somebody wants to choose, because that takes a moment."""

    channels: list[ChannelView] = []
    is_open: bool = False
    is_loading: bool = False
    problem: str = ""

    @rx.event(background=True)
    async def load(self):
        """Ask Slack for the channels; meanwhile the page stays usable."""
        async with self:
            if self.is_loading:
                return
            self.is_open, self.is_loading, self.problem = True, True, ""
        found, problem = (), ""
        try:
            found = await self._call(connections.channels, permission=Permission.CONNECT_PROVIDERS, write=True)
        except ZrgError as error:
            problem = sentence_for(error)
        async with self:
            self.channels, self.problem, self.is_loading = list(found), problem, False

    @rx.event
    async def choose(self, channel_id: str):
        """Let alerts go to a channel of the list. Raises NotFound for any other."""
        chosen = next((channel for channel in self.channels if channel.id == channel_id), None)
        if chosen is None:
            raise NotFound("This channel is not in the list any more. Load it again.")
        await self._call(_keep, chosen, permission=Permission.CONNECT_PROVIDERS, write=True)
        self.is_open, self.channels = False, []
        await (await self.get_state(IntegrationsState))._redraw("slack")
        hint = "" if chosen.is_member else " Invite the bot there first: /invite @ its name."
        return toast(f"Alerts go to #{chosen.name}.{hint}")

    @rx.event
    async def close(self):
        """Leave the choice as it is."""
        await self._scope(Permission.SEE_SETTINGS)
        self.is_open, self.channels, self.problem = False, [], ""


def _keep(tx: Tx, scope: Scope, chosen: ChannelView) -> None:
    connections.keep_options(tx, scope, "slack", {"channel": {"id": chosen.id, "name": chosen.name}})
