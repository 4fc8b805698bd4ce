"""The main screen: conversations that need a person, one of them open, and the answer being written."""

from zrg_app.pages.inbox.layout import inbox_layout

__all__ = ["inbox_layout"]
