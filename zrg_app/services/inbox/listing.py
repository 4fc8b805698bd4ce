"""Which conversations are in the list, newest first?

Two steps in one statement (PERFORMANCE section 5): 50 ids from a covering index alone, then those rows.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.errors import Invalid
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox import cursor
from zrg_app.services.inbox.label_views import LabelMark
from zrg_app.services.inbox.views import ConversationRow, ListFilter, ListPage
from zrg_app.services.leads import naming

PAGE = 50
SEARCH_HITS = 100
_OPEN = "done_at is null and snoozed_until is null"

VIEWS = {
    "reply": f"needs_reply and {_OPEN}",
    "drafts": "has_draft",
    "mine": f"assignee_id = %(user)s and {_OPEN}",
    "snoozed": "snoozed_until is not null",
    "done": "done_at is not null",
    "repair": "needs_repair",
    "unread": "unread_count > 0",
    "open": _OPEN,
    "answered": f"not needs_reply and last_outbound_at is not null and {_OPEN}",
    "ai_sent": "ai_sent",
    "ai_review": "ai_review",
    "all": "true",
}

_ROWS = """
select c.lead_id, l.first_name, l.last_name, l.email, l.phone, l.company, c.channel, c.subject, c.snippet, c.sentiment,
       c.last_message_at, c.unread_count, c.needs_reply, c.has_draft, c.needs_repair, c.ai_sent, c.ai_review, c.done_at,
       c.snoozed_until, c.assignee_id, u.name as assignee_name, c.woke_at is not null as woke, {labels}
from conversation c join lead l on l.id = c.lead_id left join app_user u on u.id = c.assignee_id
where c.lead_id = any({ids})
order by c.last_message_at desc, c.lead_id desc
"""
LABELS = """
array(select jsonb_build_array(b.id, b.name, b.hue) from lead_label g join label b on b.id = g.label_id and b.deleted_at is null
      where g.lead_id = c.lead_id order by lower(b.name)) as labels
"""
_IDS = "array(select lead_id from conversation where {where} order by last_message_at desc, lead_id desc limit %(limit)s)"
_FOUND = """
lead_id = any(array(select search_people(%(workspace)s, %(search)s, %(hits)s)
                    union select lead_id from search_messages(%(workspace)s, %(search)s, %(hits)s)))
"""


def list_page(tx: Tx, scope: Scope, wanted: ListFilter, *, after: str = "", before: str = "", limit: int = PAGE) -> ListPage:
    """One page of conversations, newest first, after the cursor `after`, or the one that ends before `before`.

    Raises Invalid for an unknown view or cursor.
    """
    conditions, parameters = _conditions(scope, wanted, after or before)
    parameters["limit"] = limit + 1
    ids = _IDS.format(where=" and ".join(conditions))
    if before:
        ids = ids.replace(" desc", "").replace(" < ", " > ")
    found = fetch_all(tx, _ROWS.format(ids=ids, labels=LABELS), parameters)
    more = len(found) > limit
    shown = found[-limit:] if before else found[:limit]
    edge = shown[0 if before else -1] if shown else None
    next_cursor = cursor.encode(edge["last_message_at"], edge["lead_id"]) if more else ""
    return ListPage(rows=tuple(_row(row) for row in shown), next_cursor=next_cursor)


def place_of(row: ConversationRow, wanted: ListFilter) -> str:
    """The cursor that stands at a row of the list that is wanted."""
    return cursor.at_row(row.last_message_at, row.lead_id)


def one_row(tx: Tx, scope: Scope, lead_id: UUID) -> ConversationRow | None:
    """The list row of one lead, for a live update; None when it is not there."""
    return next(iter(rows_of(tx, scope, (lead_id,))), None)


def rows_of(tx: Tx, scope: Scope, lead_ids: Sequence[UUID]) -> tuple[ConversationRow, ...]:
    """The list rows of these leads, newest first; of those that are not there none."""
    found = fetch_all(tx, _ROWS.format(ids="%(leads)s", labels=LABELS), {"leads": list(lead_ids)})
    return tuple(_row(row) for row in found)


def marks(labels: Sequence[Sequence]) -> tuple[LabelMark, ...]:
    """The labels as `LABELS` reads them."""
    return tuple(LabelMark(id=label_id, name=name, hue=hue) for label_id, name, hue in labels)


def _conditions(scope: Scope, wanted: ListFilter, after: str) -> tuple[list[str], dict[str, Any]]:
    if wanted.view not in VIEWS:
        raise Invalid(f"There is no view called {wanted.view[:40]!r}.")
    conditions = ["workspace_id = %(workspace)s", VIEWS[wanted.view]]
    parameters: dict[str, Any] = {"workspace": scope.workspace_id, "user": scope.user_id}
    if scope.only_assigned_to:
        # The database shows them nothing else; said here too, it is an index condition.
        conditions.append("assignee_id = %(only)s")
        parameters["only"] = scope.only_assigned_to
    for condition, name, value in (
        ("channel = any(%(channels)s)", "channels", list(wanted.channels)),
        ("sentiment = %(sentiment)s", "sentiment", wanted.sentiments[0] if len(wanted.sentiments) == 1 else ""),
        ("sentiment = any(%(sentiments)s)", "sentiments", list(wanted.sentiments) if len(wanted.sentiments) > 1 else []),
        ("assignee_id = %(assignee)s", "assignee", parse_id(wanted.assignee_id)),
        ("unread_count > 0", "unread", wanted.unread),
        ("updated_at >= %(updated_since)s", "updated_since", wanted.updated_since),
        (_FOUND, "search", wanted.search.strip()[:200].replace("\x00", "")),
    ):
        if value:
            conditions.append(condition)
            parameters[name] = value
    parameters["hits"] = SEARCH_HITS
    if after:
        parameters["after_at"], parameters["after_id"] = cursor.decode(after)
        conditions.append("(last_message_at, lead_id) < (%(after_at)s, %(after_id)s)")
    return conditions, parameters


def _row(row: dict) -> ConversationRow:
    name = naming.display_name(row["first_name"], row["last_name"], row["email"], row["phone"])
    assignee = row["assignee_name"] or ""
    return ConversationRow(
        lead_id=str(row["lead_id"]), name=name, initials=naming.initials(name), hue=naming.hue(row["lead_id"]),
        company=row["company"] or "", channel=row["channel"], subject=row["subject"] or "", snippet=row["snippet"],
        sentiment=row["sentiment"], last_message_at=row["last_message_at"].isoformat(), unread_count=row["unread_count"],
        needs_reply=row["needs_reply"], has_draft=row["has_draft"], needs_repair=row["needs_repair"],
        ai_sent=row["ai_sent"], ai_review=row["ai_review"],
        is_done=row["done_at"] is not None, snoozed_until=row["snoozed_until"].isoformat() if row["snoozed_until"] else "",
        assignee_id=str(row["assignee_id"] or ""), assignee_name=assignee,
        assignee_initials=naming.initials(assignee) if assignee else "", labels=marks(row["labels"]), woke=row["woke"])
