"""Which views have people named? Kept for oneself or for the workspace; a shared one is changed by who made it and by admins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.errors import Forbidden, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import SavedView
from zrg_app.services import workspaces
from zrg_app.services.access import Permission, role_of
from zrg_app.services.access.policy import allows
from zrg_app.services.inbox.conditions import conditions
from zrg_app.services.inbox.searching import find
from zrg_app.services.inbox.wanted import Choice, ListFilter, filter_of, read, written

MOST_COUNTED = 99
MOST_OF_ONE = 50
LONGEST_NAME = 60
GONE = "This view is not here (any more)."

_LIST = """
select v.id, v.owner_id, v.name, v.is_shared, v.wanted, u.name as owner from saved_view v join app_user u on u.id = v.owner_id
where v.workspace_id = %(workspace)s and (v.is_shared or v.owner_id = %(user)s) order by v.created_at, v.id limit 100
"""
_NAMED = """
select id, name from saved_view where workspace_id = %(workspace)s and (is_shared or owner_id = %(user)s)
and strpos(lower(name), lower(%(text)s)) > 0 order by lower(name), id limit 5
"""
_OWN = text("select count(*) from saved_view where workspace_id = :workspace and owner_id = :user")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRow:
    """A named view as the panel shows it. `number` stops at `MOST_COUNTED` + 1, shown as 99+; `owner` is whose it is, empty when
    the viewer's own."""

    id: str
    name: str
    owner: str
    is_shared: bool
    may_change: bool
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFound:
    """A saved view by a part of its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAway:
    """A deleted view, so that it can come back."""

    id: UUID
    owner_id: UUID
    name: str
    is_shared: bool
    wanted: Mapping[str, Any]
    created_at: datetime


def find_views(tx: Tx, scope: Scope, words: str) -> tuple[ViewFound, ...]:
    """The views the person may open whose names hold these words."""
    wanted = words.replace("\x00", "").strip()[:LONGEST_NAME]
    if not wanted:
        return ()
    found = fetch_all(tx, _NAMED, {"workspace": scope.workspace_id, "user": scope.user_id, "text": wanted})
    return tuple(ViewFound(id=str(row["id"]), name=row["name"]) for row in found)


def saved_views(tx: Tx, scope: Scope, *, zone: ZoneInfo) -> tuple[tuple[SavedRow, ListFilter], ...]:
    """The views the person of `scope` may see, oldest first, each with what it asks of the database."""
    found = fetch_all(tx, _LIST, {"workspace": scope.workspace_id, "user": scope.user_id})
    tends_all, now = bool(found) and _tends_all(tx, scope), clock.now()
    shown = []
    for row in found:
        wanted, is_mine = filter_of(read(row["wanted"]), now=now, zone=zone), row["owner_id"] == scope.user_id
        shown.append((SavedRow(
            id=str(row["id"]), name=row["name"], owner="" if is_mine else row["owner"], is_shared=row["is_shared"],
            may_change=is_mine or tends_all, number=number_of(tx, scope, wanted)), wanted))
    return tuple(shown)


def number_of(tx: Tx, scope: Scope, wanted: ListFilter) -> int:
    """How many conversations a filter shows; counting stops after `MOST_COUNTED`."""
    chosen, parameters = conditions(scope, wanted, find(tx, scope, wanted))
    statement = f"select count(*)::int as n from (select from conversation where {' and '.join(chosen)} limit %(most)s) as counted"
    return fetch_all(tx, statement, parameters | {"most": MOST_COUNTED + 1})[0]["n"]


def saved_choice(tx: Tx, scope: Scope, view_id: UUID) -> tuple[str, Choice]:
    """The name of a view and what was chosen in it. Raises NotFound, also for somebody else's private one."""
    row = _visible(tx, scope, view_id)
    return row.name, read(row.wanted)


def save_view(tx: Tx, scope: Scope, *, name: str, choice: Choice, is_shared: bool) -> UUID:
    """Keep a view under a name. Raises Invalid for a bad name or too many, Forbidden to share one as a guest."""
    if scope.user_id is None:
        raise Forbidden("Views are kept by people.")
    if is_shared:
        _must_share(tx, scope)
    if (tx.scalar(_OWN, {"workspace": scope.workspace_id, "user": scope.user_id}) or 0) >= MOST_OF_ONE:
        raise Invalid(f"You have {MOST_OF_ONE} views already. Delete one you no longer use.")
    row = SavedView(workspace_id=scope.workspace_id, owner_id=scope.user_id, name=_named(name), is_shared=is_shared,
                    wanted=written(choice))
    tx.add(row)
    tx.flush()
    return row.id


def change_view(tx: Tx, scope: Scope, view_id: UUID, *, name: str | None = None, is_shared: bool | None = None,
                choice: Choice | None = None) -> None:
    """Rename, share or keep other filters under its name. Raises NotFound, Forbidden for who may not, Invalid for a bad name."""
    row = _changeable(tx, scope, view_id)
    if is_shared and not row.is_shared:
        _must_share(tx, scope)
    row.name = row.name if name is None else _named(name)
    row.is_shared = row.is_shared if is_shared is None else is_shared
    row.wanted = row.wanted if choice is None else written(choice)
    row.updated_at = clock.now()
    tx.flush()


def delete_view(tx: Tx, scope: Scope, view_id: UUID) -> TakenAway:
    """Take a view away; the answer brings it back. Raises NotFound, Forbidden."""
    row = _changeable(tx, scope, view_id)
    taken = TakenAway(id=row.id, owner_id=row.owner_id, name=row.name, is_shared=row.is_shared, wanted=dict(row.wanted),
                      created_at=row.created_at)
    tx.delete(row)
    tx.flush()
    return taken


def restore_view(tx: Tx, scope: Scope, taken: TakenAway) -> None:
    """Bring a deleted view back as it was. Raises Forbidden for one the person could not have deleted."""
    if taken.owner_id != scope.user_id and not (taken.is_shared and _tends_all(tx, scope)):
        raise Forbidden("Only who made a view, or an admin, can bring it back.")
    if tx.get(SavedView, taken.id) is None:
        tx.add(SavedView(id=taken.id, workspace_id=scope.workspace_id, owner_id=taken.owner_id, name=taken.name,
                         is_shared=taken.is_shared, wanted=dict(taken.wanted), created_at=taken.created_at, updated_at=clock.now()))
        tx.flush()


def _visible(tx: Tx, scope: Scope, view_id: UUID) -> SavedView:
    row = tx.get(SavedView, view_id, populate_existing=True)
    if row is None or row.workspace_id != scope.workspace_id or not (row.is_shared or row.owner_id == scope.user_id):
        raise NotFound(GONE)
    return row


def _changeable(tx: Tx, scope: Scope, view_id: UUID) -> SavedView:
    row = _visible(tx, scope, view_id)
    if row.owner_id != scope.user_id and not _tends_all(tx, scope):
        raise Forbidden("This view is shared by somebody else. Save one of your own, or ask them to change it.")
    return row


def _named(name: str) -> str:
    said = " ".join(name.replace("\x00", "").split())
    if not said or len(said) > LONGEST_NAME:
        raise Invalid(f"A view needs a name of at most {LONGEST_NAME} characters.")
    return said


def _must_share(tx: Tx, scope: Scope) -> None:
    if not _may(tx, scope, Permission.ORGANISE):
        raise Forbidden("You are looking on; your views are for yourself.")


def _tends_all(tx: Tx, scope: Scope) -> bool:
    """Whether the person looks after the workspace's things: owners and admins."""
    return _may(tx, scope, Permission.MANAGE_MEMBERS)


def _may(tx: Tx, scope: Scope, permission: Permission) -> bool:
    role = role_of(tx, scope.user_id, scope.workspace_id) if scope.user_id and scope.workspace_id else None
    return role is not None and allows(role, permission)


def zone_of(tx: Tx, scope: Scope) -> ZoneInfo:
    """The zone whose days the filters mean."""
    return ZoneInfo(workspaces.settings_of(tx, scope).timezone)
