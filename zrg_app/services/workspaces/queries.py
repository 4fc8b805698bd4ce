"""Which workspace is meant, and how is it set up?"""

from sqlalchemy import text

from zrg_app.kit import ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Workspace, WorkspaceSettings
from zrg_app.services.workspaces import policy
from zrg_app.services.workspaces.policy import FIELDS
from zrg_app.services.workspaces.views import SettingsView, WorkspaceView

_SELECT = "select w.id, w.name, u.email, w.created_at from workspace w join app_user u on u.id = w.owner_id "
_BY_ID = text(_SELECT + "where w.id = :id")
_BY_NAME = text(_SELECT + "where lower(w.name) = lower(:name) limit 2")
_EVERY = text(_SELECT + "order by lower(w.name), w.id")


def get(tx: Tx, scope: Scope) -> WorkspaceView:
    """The workspace of `scope`. Raises NotFound."""
    row = tx.execute(_BY_ID, {"id": scope.workspace_id}).one_or_none()
    if row is None:
        raise NotFound("This workspace is not there.")
    return _view(row)


def find(tx: Tx, id_or_name: str) -> WorkspaceView:
    """The workspace with this id, or with this name when it is the only one. `tx` is of the system scope.

    Raises NotFound, or Conflict when several have the name.
    """
    identifier = ids.parse_id(id_or_name)
    rows = (tx.execute(_BY_ID, {"id": identifier}).all() if identifier
            else tx.execute(_BY_NAME, {"name": policy.one_line(id_or_name)}).all())
    if not rows:
        raise NotFound(f"There is no workspace called {id_or_name[:100]!r}.")
    if len(rows) > 1:
        raise Conflict(f"Several workspaces are called {id_or_name[:100]!r}; name it by its id.")
    return _view(rows[0])


def every(tx: Tx) -> tuple[WorkspaceView, ...]:
    """All workspaces by name. `tx` is of the system scope."""
    return tuple(_view(row) for row in tx.execute(_EVERY))


def settings_of(tx: Tx, scope: Scope) -> SettingsView:
    """What the workspace's customer has set. Raises NotFound."""
    workspace, row = tx.get(Workspace, scope.workspace_id), tx.get(WorkspaceSettings, scope.workspace_id)
    if workspace is None or row is None:
        raise NotFound("This workspace is not there.")
    values = {field: getattr(row, field) for field in FIELDS}
    return SettingsView(name=workspace.name, **{field: "" if value is None else value for field, value in values.items()})


def _view(row: object) -> WorkspaceView:
    return WorkspaceView(id=row.id, name=row.name, owner_email=row.email, created_at=row.created_at.isoformat())
