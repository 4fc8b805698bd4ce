"""How is a workspace made and changed?"""

from uuid import UUID

from sqlmodel import update

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Workspace, WorkspaceSettings
from zrg_app.services import events
from zrg_app.services.workspaces import policy


def create(tx: Tx, scope: Scope, name: str, *, owner_id: UUID) -> UUID:
    """Make a workspace with its settings; returns its id. `tx` is of the system scope, `scope` says who acts.

    Raises Invalid for a bad name.
    """
    workspace = Workspace(name=policy.workspace_name(name), owner_id=owner_id)
    tx.add(workspace)
    tx.flush()
    tx.add(WorkspaceSettings(workspace_id=workspace.id, company_name=workspace.name))
    tx.flush()
    events.record(tx, scope.within(workspace.id), events.AccessChanged(change="workspace_created", detail=workspace.name))
    return workspace.id


def rename(tx: Tx, scope: Scope, name: str) -> None:
    """Give the workspace another name. Raises Invalid or NotFound."""
    wanted = policy.workspace_name(name)
    if not tx.execute(update(Workspace).where(Workspace.id == scope.workspace_id)
                      .values(name=wanted, updated_at=clock.now())).rowcount:
        raise NotFound("This workspace is not there.")
    events.record(tx, scope, events.AccessChanged(change="workspace_renamed", detail=wanted))


def change_settings(tx: Tx, scope: Scope, changes: dict[str, object]) -> None:
    """Change some settings by field name (see `policy.FIELDS`); the others stay. Raises Invalid or NotFound."""
    values = policy.checked(changes)
    if not values:
        return
    if not tx.execute(update(WorkspaceSettings).where(WorkspaceSettings.workspace_id == scope.workspace_id)
                      .values(**values, updated_at=clock.now())).rowcount:
        raise NotFound("This workspace is not there.")
    events.record(tx, scope, events.AccessChanged(change="settings_changed", detail=", ".join(sorted(values))))
