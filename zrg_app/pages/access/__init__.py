"""The pages before the login: signing in, first set-up, invitation, new password."""

import reflex as rx

from zrg_app.pages.access import forgot, invitation, login, reset, setup

PAGES = (login, setup, invitation, forgot, reset)


def register(app: rx.App) -> None:
    """Add the pages; each module has its `ROUTE`, `TITLE`, `ON_LOAD` and `page()`."""
    for module in PAGES:
        app.add_page(module.page, route=module.ROUTE, title=f"{module.TITLE} · ZRG Inbox", on_load=module.ON_LOAD)


__all__ = ["PAGES", "register"]
