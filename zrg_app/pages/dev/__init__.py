"""Every part of the design system in every state, for those who build it; served on wish only."""

from zrg_app.pages.dev.page import register

__all__ = ["register"]
