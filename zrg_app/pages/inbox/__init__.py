"""The main screen: conversations that need a person, one of them open, and the answer being written."""

from zrg_app.pages.inbox.page import register

__all__ = ["register"]
