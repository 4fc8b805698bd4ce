"""Does an edit still fit what is stored? A form tells what it showed and what it wants; only the difference is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Workspace, WorkspaceSettings
from zrg_app.services.workspaces import actions, policy, queries
from zrg_app.services.workspaces.views import SettingsView


@dataclass(frozen=True, slots=True, kw_only=True)
class EditView:
    """What an edit led to: the settings as they are now, and either the fields it changed or those that stood in its way.

    With `conflicts` (somebody else changed these fields since they were shown) nothing was written.
    """

    settings: SettingsView
    changed: tuple[str, ...]
    conflicts: tuple[str, ...]


def problems(wanted: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with each of the `wanted` values, by field, in sentences; empty when all fit. Pure."""
    found = {}
    for field, value in wanted.items():
        try:
            _checked(field, value)
        except Invalid as error:
            found[field] = error.sentence
    return found


def edit(tx: Tx, scope: Scope, shown: SettingsView, wanted: Mapping[str, object]) -> EditView:
    """Write what differs between `shown` and `wanted` (field by value, `name` is the workspace's); other fields stay.

    Two people who change different fields both keep their work; the same field is never overwritten unseen. Raises Invalid
    or NotFound.
    """
    asked = {field: _checked(field, value) for field, value in wanted.items()}
    asked = {field: value for field, value in asked.items() if _shown(value) != getattr(shown, field)}
    # Locked in the one order of the house, so that nothing changes between the look and the write.
    rows = (tx.get(table, scope.workspace_id, with_for_update={"key_share": True}) for table in (Workspace, WorkspaceSettings))
    if not all(rows):
        raise NotFound("This workspace is not there.")
    now = queries.settings_of(tx, scope)
    asked = {field: value for field, value in asked.items() if _shown(value) != getattr(now, field)}
    conflicts = tuple(field for field in asked if getattr(now, field) != getattr(shown, field))
    if conflicts or not asked:
        return EditView(settings=now, changed=(), conflicts=conflicts)
    if "name" in asked:
        actions.rename(tx, scope, str(asked["name"]))
    actions.change_settings(tx, scope, {field: value for field, value in asked.items() if field != "name"})
    tx.expire_all()
    return EditView(settings=queries.settings_of(tx, scope), changed=tuple(asked), conflicts=())


def _checked(field: str, value: object) -> object:
    return policy.workspace_name(value) if field == "name" else policy.checked({field: value})[field]


def _shown(value: object) -> object:
    return "" if value is None else value
