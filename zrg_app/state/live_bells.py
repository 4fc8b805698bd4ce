"""Whose bell rang, and how do their open tabs hear of it? Beside the other live news, because it is a person's and not a workspace's.

With the bell comes what else is theirs alone: in which conversations words of theirs wait.
"""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

import reflex as rx

from zrg_app.kit.db import transaction
from zrg_app.kit.errors import Refused
from zrg_app.services import notifications
from zrg_app.services.access import Permission
from zrg_app.services.events import BELL
from zrg_app.services.inbox import kept
from zrg_app.services.notifications import Bell
from zrg_app.state import visits
from zrg_app.state.watching import Watch

# workspace id -> the people whose bell rang there; an empty name is everybody, who is brought up to date.
Rung = dict[str, set[str]]
EVERYBODY = ""


class Own(NamedTuple):
    """The bell of a person, and the leads to whom they have begun to write."""

    bell: Bell
    unsent: tuple[str, ...]


def parted(changes: Mapping[str, Mapping[str, set[str]]]) -> tuple[dict[str, dict[str, set[str]]], Rung]:
    """The changes without the bells, and whose bells rang. Pure."""
    rest: dict[str, dict[str, set[str]]] = {}
    rung: Rung = {}
    for workspace, leads in changes.items():
        for lead, panels in leads.items():
            bells = {panel for panel in panels if panel == BELL or panel.startswith(f"{BELL}:")}
            if bells:
                rung.setdefault(workspace, set()).update(panel.partition(":")[2] for panel in bells)
            if panels - bells:
                rest.setdefault(workspace, {})[lead] = panels - bells
    return rest, rung


async def ring(app: rx.App, watches: Mapping[str, Watch], rung: Rung) -> None:
    """Show the bells that rang in the tabs of those people."""
    concerned = {tab: watch for tab, watch in watches.items() if watch.workspace_id in rung}
    for tab, own in (await asyncio.to_thread(read_bells, concerned, rung) if concerned else {}).items():
        await _show(app, tab, concerned[tab].workspace_id, own)


def read_bells(concerned: Mapping[str, Watch], rung: Rung) -> dict[str, Own]:
    """What is theirs, per tab whose person is among those that rang; read once per person, blocks. Who may not look (any more) is
    left out."""
    read: dict[tuple[str, object], Own] = {}
    found = {}
    for tab, watch in concerned.items():
        try:
            scope = visits.scope_for(watch.session, watch.workspace_id, Permission.READ_INBOX, fresh=False)
        except Refused:
            continue
        if rung[watch.workspace_id] & {EVERYBODY, str(scope.user_id)}:
            key = (watch.workspace_id, scope.user_id)
            if key not in read:
                with transaction(scope) as tx:
                    read[key] = Own(notifications.bell(tx, scope), kept.unsent(tx, scope))
            found[tab] = read[key]
    return found


async def _show(app: rx.App, tab: str, workspace_id: str, own: Own) -> None:
    from zrg_app.state.inbox.rows import RowsState  # noqa: PLC0415 because state classes register themselves when imported
    from zrg_app.state.notifications import BellState  # noqa: PLC0415 as above

    async with app.modify_state(rx.BaseStateToken(ident=tab, cls=BellState)) as state:
        shown = await state.get_state(BellState)
        if shown.workspace_id == workspace_id:
            shown._show(own.bell)
            (await state.get_state(RowsState))._begun(own.unsent)
