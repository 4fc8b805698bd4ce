"""The main screen: conversations that need a person, one of them open, and the answer being written. `PAGES` lists it."""

from zrg_app.pages.inbox import page

PAGES = (page,)

__all__ = ["PAGES"]
