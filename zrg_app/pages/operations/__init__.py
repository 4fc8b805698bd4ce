"""Operations: what providers told us, which work failed, what was read back; for owners and admins."""

from zrg_app.pages.operations.page import register

__all__ = ["register"]
