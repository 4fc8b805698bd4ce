"""Does a conversation belong in the list that is shown, and where? Pure, so that a change need not reload the list."""

from collections.abc import Callable
from datetime import datetime

from zrg_app.services.inbox.views import ConversationRow, ListFilter
from zrg_app.services.inbox.wanted import NOBODY, Tags

Rows = tuple[ConversationRow, ...]


def _open(row: ConversationRow) -> bool:
    return not row.is_done and not row.snoozed_until


# The same conditions as `services.inbox.conditions.VIEWS`; a test holds them together.
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


def belongs(row: ConversationRow, wanted: ListFilter, me: str, tags: Tags | None = None) -> bool:
    """Whether `wanted` shows `row` to the person `me`. A search is not asked again: what it found stays, no other joins.

    Without `tags`, campaign and labels are taken to be as they were.
    """
    return (not wanted.search and _VIEWS[wanted.view](row, me)
            and (not wanted.channels or row.channel in wanted.channels)
            and (not wanted.sentiments or row.sentiment in wanted.sentiments)
            and (not wanted.assignee_id or row.assignee_id == ("" if wanted.assignee_id == NOBODY else wanted.assignee_id))
            and (not wanted.unread or row.unread_count > 0)
            and (not wanted.with_draft or row.has_draft)
            and _in_time(row, wanted) and (tags is None or _tagged(tags, wanted)))


def _in_time(row: ConversationRow, wanted: ListFilter) -> bool:
    if wanted.since is None and wanted.until is None:
        return True
    at = datetime.fromisoformat(row.last_message_at)
    return (wanted.since is None or at >= wanted.since) and (wanted.until is None or at < wanted.until)


def _tagged(tags: Tags, wanted: ListFilter) -> bool:
    return ((not wanted.campaign_id or tags.campaign_id == wanted.campaign_id)
            and (not wanted.label_id or wanted.label_id in tags.label_ids))


def replaced(rows: Rows, row: ConversationRow) -> Rows:
    """The rows with the one of the same lead exchanged, in its place."""
    return tuple(row if other.lead_id == row.lead_id else other for other in rows)


def without(rows: Rows, lead_id: str) -> Rows:
    """The rows without the one of a lead."""
    return tuple(row for row in rows if row.lead_id != lead_id)


def merged(rows: Rows, row: ConversationRow, wanted: ListFilter, me: str, *, kept: str, has_more: bool,
           has_before: bool = False, tags: Tags | None = None) -> Rows:
    """The rows after `row` changed: moved, put in, or taken out. The conversation `kept` open stays whatever happens.

    A row that comes after the last one shown waits for its page when there are more (`has_more`), one that comes before the first
    when there are others before it (`has_before`).
    """
    known = next((other for other in rows if other.lead_id == row.lead_id), None)
    belongs_here = belongs(row, wanted, me, tags)
    if known is None and not belongs_here:
        return rows
    if known is not None and row.lead_id != kept and not wanted.search and not belongs_here:
        return without(rows, row.lead_id)
    if known is not None and _place_of(known, wanted) == _place_of(row, wanted):
        return replaced(rows, row)
    rest = without(rows, row.lead_id)
    place = next((index for index, other in enumerate(rest) if _precedes(row, other, wanted.sort)), len(rest))
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
    return lambda row, other: _precedes(row, other, wanted.sort)


def _place_of(row: ConversationRow, wanted: ListFilter) -> tuple[str, str]:
    return row.last_message_at, row.waits_since if wanted.sort == "waiting" else ""


def _precedes(row: ConversationRow, other: ConversationRow, sort: str) -> bool:
    """Whether `row` stands before `other`; the same orders as `services.inbox.listing.WALKS`."""
    if sort == "waiting" and (row.waits_since or other.waits_since):
        if row.waits_since and other.waits_since:
            return (row.waits_since, row.lead_id) < (other.waits_since, other.lead_id)
        return bool(row.waits_since)
    is_newer = (row.last_message_at, row.lead_id) > (other.last_message_at, other.lead_id)
    return not is_newer if sort == "oldest" else is_newer
