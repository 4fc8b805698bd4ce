"""Settings: the workspace itself, its team, its providers."""

from zrg_app.pages.settings import page

PAGES = (page,)

__all__ = ["PAGES"]
