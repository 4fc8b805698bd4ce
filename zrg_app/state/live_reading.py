"""What must each open tab be told? Read once per workspace and conversation, not once per tab; blocks, so in a thread."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from zrg_app.kit.db import Tx, transaction
from zrg_app.kit.errors import NotFound, Refused
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.services import connections, inbox, knowledge, workbench
from zrg_app.services.access import Permission
from zrg_app.services.connections import TroubleView
from zrg_app.services.inbox import presence
from zrg_app.services.inbox.counts import counts_of_each
from zrg_app.services.inbox.listing import tags_of
from zrg_app.services.inbox.presence import Onlooker
from zrg_app.services.inbox.views import ConversationRow, ConversationView, InboxCounts, ListFilter, ListPage
from zrg_app.services.inbox.wanted import Tags
from zrg_app.services.knowledge import AssetView
from zrg_app.state import saved_counting, visits
from zrg_app.state.operations.asking import Sight, sight
from zrg_app.state.watching import Watch

# workspace id -> lead id (empty: the whole workspace) -> panels
Changes = dict[str, dict[str, set[str]]]
EVERYTHING = {"list", "thread", "lead", "composer", "connections", "operations", "knowledge", presence.PANEL}
_CONVERSATION = {"thread", "lead", "composer"}
MOST_ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What one tab is told: `rows` per lead (None for a lead that is gone) with their `tags`, or a fresh first `page` of the list it
    `wanted`; `numbers` of its saved views by id; `troubles` is None when no connection changed, `assets` when no knowledge did, `here`
    when nobody came, went, began or stopped typing at the conversation that is open, `lead_id`; `lost` is the open lead that is not
    theirs any more."""

    workspace_id: str
    counts: InboxCounts | None
    rows: dict[str, ConversationRow | None] = field(default_factory=dict)
    tags: dict[str, Tags] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    wanted: ListFilter | None = None
    page: ListPage | None = None
    conversation: ConversationView | None = None
    operations: Sight | None = None
    troubles: tuple[TroubleView, ...] | None = None
    assets: tuple[AssetView, ...] | None = None
    lead_id: str = ""
    here: tuple[Onlooker, ...] | None = None
    lost: str = ""


def concerns(watch: Watch, leads: Mapping[str, set[str]]) -> bool:
    """Whether a tab must hear of these changes of its workspace: who looks and types matters only where that conversation is open."""
    if any(panels - {presence.PANEL} for panels in leads.values()):
        return True
    return bool(watch.lead_id) and any(presence.PANEL in leads.get(lead, ()) for lead in (watch.lead_id, ""))


def read_news(concerned: Mapping[str, Watch], changes: Mapping[str, Mapping[str, set[str]]]) -> dict[str, News]:
    """The news per tab; tabs whose visitor may not look (any more) are left out."""
    by_workspace: dict[str, dict[str, Watch]] = defaultdict(dict)
    for tab, watch in concerned.items():
        by_workspace[watch.workspace_id][tab] = watch
    found: dict[str, News] = {}
    for workspace_id, watches in by_workspace.items():
        scopes = {tab: scope for tab, watch in watches.items() if (scope := _scope(watch))}
        for alike in _alike(scopes):
            found |= _of_workspace(workspace_id, {tab: watches[tab] for tab in alike}, alike, changes[workspace_id])
    return found


def _alike(scopes: Mapping[str, Scope]) -> list[dict[str, Scope]]:
    """The tabs that see the same rows, together: what is read for one who sees everything is not for who sees their own leads."""
    groups: dict[UUID | None, dict[str, Scope]] = defaultdict(dict)
    for tab, scope in scopes.items():
        groups[scope.only_assigned_to][tab] = scope
    return list(groups.values())


def _scope(watch: Watch, permission: Permission = Permission.READ_INBOX) -> Scope | None:
    try:
        return visits.scope_for(watch.session, watch.workspace_id, permission, fresh=False)
    except Refused:
        return None


def _of_workspace(workspace_id: str, watches: Mapping[str, Watch], scopes: Mapping[str, Scope],
                  leads: Mapping[str, set[str]]) -> dict[str, News]:
    listed = [lead for lead, panels in leads.items() if lead and "list" in panels]
    whole_list = "list" in leads.get("", ()) or len(listed) > MOST_ROWS
    counted = whole_list or bool(listed)
    touched = {lead for lead, panels in leads.items() if panels & _CONVERSATION}
    opened = {watch.lead_id for watch in watches.values() if watch.lead_id and ("" in touched or watch.lead_id in touched)}
    scope = next(iter(scopes.values()))
    looked_at = {watch.lead_id for watch in watches.values() if watch.lead_id and presence.PANEL in
                 leads.get(watch.lead_id, set()) | leads.get("", set())}
    with transaction(scope) as tx:
        here = presence.onlookers(tx, scope, filter(None, map(parse_id, looked_at))) if looked_at else {}
        rows = {} if whole_list else {lead: _row(tx, scope, lead) for lead in listed}
        tags = {lead: tags_of(tx, scope, UUID(lead)) for lead, row in rows.items() if row}
        recounts = (counted or saved_counting.PANEL in leads.get("", ())) and saved_counting.due(workspace_id, scope.only_assigned_to)
        numbers = saved_counting.numbers(tx, ((watches[tab], one) for tab, one in scopes.items())) if recounts else {}
        views = {lead: _view(tx, scope, lead) for lead in opened}
        counts = counts_of_each(tx, scopes.values()) if counted else {}
        lists = {(scopes[tab].user_id, watch.wanted): scopes[tab] for tab, watch in watches.items()} if whole_list else {}
        troubles = connections.troubles(tx, scope) if "connections" in leads.get("", ()) else None
        pages = {key: inbox.list_page(tx, one, key[1]) for key, one in lists.items() if key[1]}
    seen = _operations(watches) if any("operations" in panels for panels in leads.values()) else {}
    assets = _assets(watches) if "knowledge" in leads.get("", ()) else {}
    return {tab: News(
        workspace_id=workspace_id, operations=seen.get(tab), counts=counts.get(scopes[tab].user_id), rows=rows, tags=tags,
        numbers=_numbers(watch, scopes[tab], numbers), wanted=watch.wanted,
        page=pages.get((scopes[tab].user_id, watch.wanted)), conversation=views.get(watch.lead_id), troubles=troubles,
        assets=assets.get(tab), lead_id=watch.lead_id, here=here.get(watch.lead_id, ()) if watch.lead_id in looked_at else None,
        lost=watch.lead_id if scope.only_assigned_to and views.get(watch.lead_id, ...) is None else "")
        for tab, watch in watches.items()}


def _numbers(watch: Watch, scope: Scope, numbers: Mapping[tuple[UUID | None, ListFilter], int]) -> dict[str, int]:
    mine = {view: (saved_counting.asker(scope, wanted), wanted) for view, wanted in watch.counted}
    return {view: numbers[key] for view, key in mine.items() if key in numbers}


def _operations(watches: Mapping[str, Watch]) -> dict[str, Sight]:
    """What Operations shows, for the tabs that have it open and whose visitor may operate."""
    found = {}
    for tab, watch in watches.items():
        scope = _scope(watch, Permission.OPERATE) if watch.ledger else None
        if scope and watch.ledger:
            with transaction(scope) as tx:
                found[tab] = sight(tx, scope, watch.ledger)
    return found


def _assets(watches: Mapping[str, Watch]) -> dict[str, tuple[AssetView, ...]]:
    """The list of knowledge, for the tabs that have it open and whose visitor may see settings; read once for all of them."""
    scopes = {tab: scope for tab, watch in watches.items() if watch.knowledge and (scope := _scope(watch, Permission.SEE_SETTINGS))}
    if not scopes:
        return {}
    scope = next(iter(scopes.values()))
    with transaction(scope) as tx:
        found = knowledge.assets(tx, scope)
    return dict.fromkeys(scopes, found)


def _row(tx: Tx, scope: Scope, lead: str) -> ConversationRow | None:
    lead_id = parse_id(lead)
    return inbox.one_row(tx, scope, lead_id) if lead_id else None


def _view(tx: Tx, scope: Scope, lead: str) -> ConversationView | None:
    try:
        return workbench.open_conversation(tx, scope, parse_id(lead))
    except NotFound:
        return None
