"""What do the panels of the inbox hold beyond the views of the services?"""

from dataclasses import dataclass

from zrg_app.services.inbox.views import ThreadItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """A thread item, and whether it is the first of its day (a divider stands before it)."""

    item: ThreadItem
    starts_day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks; `hue` (0-359) colours the avatar."""

    name: str
    initials: str
    hue: int
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceChoice:
    """A workspace the viewer may open."""

    id: str
    name: str
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChoice:
    """Somebody a conversation can be given to."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeChoice:
    """A time to come back; `until` is an ISO instant."""

    key: str
    label: str
    until: str


def with_days(items: tuple[ThreadItem, ...]) -> list[ShownItem]:
    """Mark the first item of each day; items come oldest first."""
    days = ("", *(item.day for item in items))
    return [ShownItem(item=item, starts_day=item.day != day) for day, item in zip(days, items, strict=False)]
