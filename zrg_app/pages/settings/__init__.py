"""Settings: the workspace itself, its team, its providers."""

from zrg_app.pages.settings.page import register

__all__ = ["register"]
