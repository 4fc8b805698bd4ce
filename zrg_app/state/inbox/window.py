"""Which rows of a list of any length are held? A few pages around what is looked at; the rest is known by number only.

Pure. The rows are always consecutive ones of the true list: what stands above or below them waits until it is neared, and a
change there costs nothing. `above` and `below` count the rows that were shown and let go, so that the scrollbar stays true.
"""

from collections.abc import Callable
from typing import NamedTuple

from zrg_app.services.inbox.views import ConversationRow

MOST = 300
# Rows that arrive by themselves may make it a little longer, until a page comes or goes.
SLOTS = 350
Rows = tuple[ConversationRow, ...]
Precedes = Callable[[ConversationRow, ConversationRow], bool]


class Window(NamedTuple):
    """The rows that are shown; whether there are others before and after them, and how many of those were shown before."""

    rows: Rows = ()
    has_before: bool = False
    has_more: bool = False
    above: int = 0
    below: int = 0
    leans_down: bool = False


def with_next(window: Window, page: Rows, has_more: bool) -> Window:
    """The window with the page after its last row; the first rows go when it grew too long."""
    rows = (*_others(window.rows, page), *page)
    gone = max(0, len(rows) - MOST)
    return Window(rows=rows[gone:], has_before=window.has_before or gone > 0, has_more=has_more, above=window.above + gone,
                  below=max(0, window.below - len(page)) if has_more else 0, leans_down=True)


def with_previous(window: Window, page: Rows, has_before: bool) -> Window:
    """The window with the page before its first row; the last rows go when it grew too long."""
    rows = (*page, *_others(window.rows, page))
    gone = max(0, len(rows) - MOST)
    return Window(rows=rows[:MOST], has_before=has_before, has_more=window.has_more or gone > 0,
                  above=max(0, window.above - len(page)) if has_before else 0, below=window.below + gone)


def fitted(window: Window) -> Window:
    """The window after rows arrived by themselves: what is too much goes at the end that is further from where one scrolled."""
    gone = len(window.rows) - MOST
    if len(window.rows) <= SLOTS:
        return window
    if window.leans_down:
        return window._replace(rows=window.rows[gone:], has_before=True, above=window.above + gone)
    return window._replace(rows=window.rows[:MOST], has_more=True, below=window.below + gone)


def renewed(window: Window, page: Rows, has_more: bool, kept: str, precedes: Precedes) -> Window:
    """The window from the top after anything may have changed: `page` is the first one as it is now. The row `kept` stays."""
    rest = tuple(row for row in _others(window.rows, page) if has_more and precedes(page[-1], row))
    open_row = next((row for row in _others(window.rows, (*page, *rest)) if row.lead_id == kept), None)
    rows = (*page, *rest)
    if open_row:
        place = next((index for index, row in enumerate(rows) if precedes(open_row, row)), len(rows))
        rows = (*rows[:place], open_row, *rows[place:])
    return fitted(window._replace(rows=rows, has_more=window.has_more if rest else has_more))


def _others(rows: Rows, page: Rows) -> Rows:
    fresh = {row.lead_id for row in page}
    return tuple(row for row in rows if row.lead_id not in fresh)
