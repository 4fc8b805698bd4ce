"""When are the numbers of saved views counted again? A busy workspace changes many times a second; each number is right within seconds."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox.saved_views import number_of
from zrg_app.services.inbox.views import ListFilter
from zrg_app.state.watching import Watch

EVERY = timedelta(seconds=3)
PANEL = "saved"
"""The panel that is said to have changed when counting was put off."""

_counted: dict[tuple[str, UUID | None], datetime] = {}
_late: set[tuple[str, UUID | None]] = set()


def due(workspace_id: str, whose: UUID | None) -> bool:
    """Whether to count now for those who see `whose` leads only (None: all of them); else they are `late` and counted in time."""
    now, key = clock.now(), (workspace_id, whose)
    if now - _counted.get(key, datetime.min.replace(tzinfo=now.tzinfo)) < EVERY:
        _late.add(key)
        return False
    _counted[key] = now
    _late.discard(key)
    return True


def late() -> set[str]:
    """The workspaces whose counting was put off since this was asked last."""
    found = {workspace_id for workspace_id, _ in _late}
    _late.clear()
    return found


def numbers(tx: Tx, watches: Iterable[tuple[Watch, Scope]]) -> dict[tuple[UUID | None, ListFilter], int]:
    """The number of every saved view that stands on a screen, by who looks (only where that matters) and what it asks."""
    wanted = {(asker(scope, each), each): scope for watch, scope in watches for _, each in watch.counted}
    return {(who, each): number_of(tx, scope, each) for (who, each), scope in wanted.items()}


def asker(scope: Scope, wanted: ListFilter) -> UUID | None:
    """Who looks, where the same filter shows each person something else."""
    return scope.user_id if wanted.view == "mine" else None
