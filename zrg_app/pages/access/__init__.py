"""The pages before the login: signing in, first set-up, invitation, new password."""

from zrg_app.pages.access import forgot, invitation, login, reset, setup

PAGES = (login, setup, invitation, forgot, reset)

__all__ = ["PAGES"]
