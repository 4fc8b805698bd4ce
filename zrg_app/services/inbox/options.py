"""By what can the list be narrowed here? The campaigns and labels of the workspace."""

from dataclasses import dataclass

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.scope import Scope

MOST = 200

_CAMPAIGNS = """
select id, coalesce(nullif(name, ''), external_id) as name from campaign where workspace_id = %(workspace)s
order by lower(coalesce(nullif(name, ''), external_id)), id limit %(most)s
"""
_LABELS = "select id, name from label where workspace_id = %(workspace)s and deleted_at is null order by lower(name), id limit %(most)s"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """Something to narrow by."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What there is to choose from, by name."""

    campaigns: tuple[OptionView, ...] = ()
    labels: tuple[OptionView, ...] = ()


def options(tx: Tx, scope: Scope) -> Options:
    """The campaigns and labels of the workspace."""
    return Options(campaigns=_named(tx, scope, _CAMPAIGNS), labels=_named(tx, scope, _LABELS))


def _named(tx: Tx, scope: Scope, statement: str) -> tuple[OptionView, ...]:
    found = fetch_all(tx, statement, {"workspace": scope.workspace_id, "most": MOST})
    return tuple(OptionView(id=str(row["id"]), name=row["name"]) for row in found)
