"""Which stretch of a long thread is shown? A few pages around what is read; what is further away is fetched when it is neared.

Pure. Items come oldest first; those on their way (`outbox`) stand last whatever their time, and only at the end of the thread.
"""

from typing import NamedTuple

from zrg_app.services.inbox import cursor
from zrg_app.services.inbox.views import ThreadItem

MOST = 300
Items = tuple[ThreadItem, ...]


class Stretch(NamedTuple):
    """Consecutive items, with the cursors of what comes `before` and `after` them (empty where the thread ends)."""

    items: Items = ()
    before: str = ""
    after: str = ""


def renewed(stretch: Stretch, newest: Items, before: str) -> Stretch:
    """After something changed: `newest` is the last page of the thread as it is now, `before` the cursor of the one before it.

    A reader far up keeps the stretch, and sees what changed in it. One at the end gets what arrived; after more than a page
    at once the stretch begins anew, for what lies between is not known.
    """
    fresh = {item.id: item for item in newest}
    if stretch.after:
        return stretch._replace(items=tuple(fresh.get(item.id, item) for item in stretch.items))
    started = Stretch(items=newest[-MOST:], before=before)
    lasting = tuple(item for item in stretch.items if not _leaves(item))
    if not before or not any(item.id in fresh for item in lasting):
        return started
    older = tuple(item for item in lasting if _key(item) < _key(newest[0]))
    return _without_first(stretch._replace(items=(*older, *newest))) if older else started


def with_earlier(stretch: Stretch, page: Items, before: str) -> Stretch:
    """The stretch with a page before it; what is then too far down is let go."""
    known = {item.id for item in stretch.items}
    items = (*(item for item in page if item.id not in known), *stretch.items)
    if len(items) <= MOST:
        return stretch._replace(items=items, before=before)
    lasting = tuple(item for item in items if not _leaves(item))
    kept = lasting[:min(MOST, len(lasting) - 1)]
    return Stretch(items=kept, before=before, after=_edge(lasting[len(kept)]))


def with_later(stretch: Stretch, page: Items, after: str) -> Stretch:
    """The stretch with a page after it; what is then too far up is let go."""
    fresh = {item.id for item in page}
    items = (*(item for item in stretch.items if item.id not in fresh), *page)
    return _without_first(stretch._replace(items=items, after=after))


def _without_first(stretch: Stretch) -> Stretch:
    items = stretch.items[-MOST:]
    return stretch._replace(items=items, before=_edge(items[0]) if len(items) < len(stretch.items) else stretch.before)


def _edge(item: ThreadItem) -> str:
    return cursor.at_row(item.at, item.id)


def _key(item: ThreadItem) -> tuple[str, str]:
    return item.at, item.id


def _leaves(item: ThreadItem) -> bool:
    return item.kind == "outbox"
