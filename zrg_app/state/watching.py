"""Which tabs look at which workspace, list and conversation? Known to this process only, for live updates."""

from dataclasses import dataclass, replace

from zrg_app.services.inbound import WebhookFilter
from zrg_app.services.inbox.views import ListFilter
from zrg_app.state.base import BaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What one tab looks at. `session` is its login, asked again before anything is read for it; `lead_id` may be empty.

    `counted` are the saved views whose numbers stand on the screen, by id.
    `ledger` is the filter of Operations, where that is open; `knowledge` says that the list of knowledge is.
    """

    session: str
    workspace_id: str
    lead_id: str = ""
    wanted: ListFilter | None = None
    counted: tuple[tuple[str, ListFilter], ...] = ()
    ledger: WebhookFilter | None = None
    knowledge: bool = False


_watches: dict[str, Watch] = {}


def look(panel: BaseState, *, lead_id: str | None = None, wanted: ListFilter | None = None,
         counted: tuple[tuple[str, ListFilter], ...] | None = None, ledger: WebhookFilter | None = None,
         knowledge: bool = False) -> None:
    """Remember what the tab of `panel` shows now: the open conversation (empty: none), the list; None leaves it as it was."""
    tab = panel.router.session.client_token
    if not tab or not panel.workspace_id:
        return
    former = _watches.get(tab)
    if former is None or former.workspace_id != panel.workspace_id:
        former = Watch(session="", workspace_id=panel.workspace_id)
    _watches[tab] = replace(former, session=panel._token(), lead_id=former.lead_id if lead_id is None else lead_id,
                            wanted=former.wanted if wanted is None else wanted,
                            counted=former.counted if counted is None else counted,
                            ledger=former.ledger if ledger is None else ledger, knowledge=knowledge or former.knowledge)


def watches(connected: set[str]) -> dict[str, Watch]:
    """The watches by tab; those of tabs that are not `connected` any more are forgotten."""
    for tab in _watches.keys() - connected:
        _watches.pop(tab, None)
    return dict(_watches)
