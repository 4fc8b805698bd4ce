"""Does a conversation belong in the list that is shown, and where? Pure, so that a change need not reload the list."""

from collections.abc import Callable

from zrg_app.services.inbox.views import ConversationRow, ListFilter

Rows = tuple[ConversationRow, ...]


def _open(row: ConversationRow) -> bool:
    return not row.is_done and not row.snoozed_until


# The same conditions as `services.inbox.listing.VIEWS`; a test holds them together.
_VIEWS: dict[str, Callable[[ConversationRow, str], bool]] = {
    "reply": lambda row, me: row.needs_reply and _open(row),
    "drafts": lambda row, me: row.has_draft,
    "mine": lambda row, me: row.assignee_id == me and _open(row),
    "snoozed": lambda row, me: bool(row.snoozed_until),
    "done": lambda row, me: row.is_done,
    "repair": lambda row, me: row.needs_repair,
    "ai_sent": lambda row, me: row.ai_sent,
    "ai_review": lambda row, me: row.ai_review,
    "unread": lambda row, me: row.unread_count > 0,
    "open": lambda row, me: _open(row),
    "all": lambda row, me: True,
}


def belongs(row: ConversationRow, wanted: ListFilter, me: str) -> bool:
    """Whether `wanted` shows `row` to the person `me`. A search is not asked again: what it found stays, no other joins."""
    return (not wanted.search and _VIEWS[wanted.view](row, me)
            and (not wanted.channels or row.channel in wanted.channels)
            and (not wanted.sentiments or row.sentiment in wanted.sentiments)
            and (not wanted.assignee_id or row.assignee_id == wanted.assignee_id)
            and (not wanted.unread or row.unread_count > 0))


def replaced(rows: Rows, row: ConversationRow) -> Rows:
    """The rows with the one of the same lead exchanged, in its place."""
    return tuple(row if other.lead_id == row.lead_id else other for other in rows)


def without(rows: Rows, lead_id: str) -> Rows:
    """The rows without the one of a lead."""
    return tuple(row for row in rows if row.lead_id != lead_id)


def merged(rows: Rows, row: ConversationRow, wanted: ListFilter, me: str, *, kept: str, has_more: bool,
           has_before: bool = False) -> Rows:
    """The rows after `row` changed: moved, put in, or taken out. The conversation `kept` open stays whatever happens.

    A row older than the last one shown waits for its page when there are more (`has_more`), one newer than the first when there
    are others before it (`has_before`).
    """
    known = next((other for other in rows if other.lead_id == row.lead_id), None)
    if known is not None and known.last_message_at == row.last_message_at:
        stays = row.lead_id == kept or wanted.search or belongs(row, wanted, me)
        return replaced(rows, row) if stays else without(rows, row.lead_id)
    rest = without(rows, row.lead_id)
    if known is None and not belongs(row, wanted, me):
        return rows
    if known is not None and row.lead_id != kept and not wanted.search and not belongs(row, wanted, me):
        return rest
    place = next((index for index, other in enumerate(rest) if _key(other) < _key(row)), len(rest))
    if (place == len(rest) and has_more) or (place == 0 and has_before):
        return rest
    return (*rest[:place], row, *rest[place:])


def next_after(rows: Rows, lead_id: str) -> str:
    """The lead whose conversation comes after this one, else the one before; empty when it was the only one."""
    leads = [row.lead_id for row in rows]
    if lead_id not in leads:
        return ""
    at = leads.index(lead_id)
    return (leads[at + 1 : at + 2] or leads[max(0, at - 1) : at] or [""])[0]


def precedes(wanted: ListFilter) -> Callable[[ConversationRow, ConversationRow], bool]:
    """What says whether a row stands before another in the list that is wanted."""
    return lambda row, other: _key(row) > _key(other)


def _key(row: ConversationRow) -> tuple[str, str]:
    return row.last_message_at, row.lead_id
