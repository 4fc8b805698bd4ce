"""The tenants: which workspaces there are and what their customers set."""

from zrg_app.services.workspaces.actions import change_settings, create, rename
from zrg_app.services.workspaces.editing import EditView, edit, problems
from zrg_app.services.workspaces.queries import every, find, get, settings_of
from zrg_app.services.workspaces.views import SettingsView, WorkspaceView

__all__ = [
    "EditView", "SettingsView", "WorkspaceView", "change_settings", "create", "edit", "every", "find", "get", "problems",
    "rename", "settings_of",
]
