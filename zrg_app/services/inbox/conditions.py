"""Which conversations does a filter mean? As conditions on `conversation`; `state/inbox/belonging.py` says the same of a row."""

from typing import Any

from zrg_app.kit.errors import Invalid
from zrg_app.kit.ids import parse_id
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox.searching import Found
from zrg_app.services.inbox.wanted import NOBODY, ListFilter

OPEN = "done_at is null and snoozed_until is null"
WAITS = f"needs_reply and {OPEN} and last_inbound_at is not null"
"""Somebody waits for our answer since `last_inbound_at`; the condition of the index `conversation_waiting`."""

VIEWS = {
    "reply": f"needs_reply and {OPEN}",
    "drafts": "has_draft",
    "mine": f"assignee_id = %(user)s and {OPEN}",
    "snoozed": "snoozed_until is not null",
    "done": "done_at is not null",
    "repair": "needs_repair",
    "unread": "unread_count > 0",
    "open": OPEN,
    "answered": f"not needs_reply and last_outbound_at is not null and {OPEN}",
    "ai_sent": "ai_sent",
    "ai_review": "ai_review",
    "all": "true",
}
_IN_CAMPAIGN = "lead_id in (select l.id from lead l where l.workspace_id = %(workspace)s and l.campaign_id = %(campaign)s)"
_LABELLED = """
lead_id in (select g.lead_id from lead_label g join label b on b.id = g.label_id and b.deleted_at is null where b.id = %(label)s)
"""


def conditions(scope: Scope, wanted: ListFilter, found: Found | None) -> tuple[list[str], dict[str, Any]]:
    """The conditions and their parameters; `found` is who a search found. Raises Invalid for an unknown view."""
    if wanted.view not in VIEWS:
        raise Invalid(f"There is no view called {wanted.view[:40]!r}.")
    chosen = ["workspace_id = %(workspace)s", VIEWS[wanted.view]]
    parameters: dict[str, Any] = {"workspace": scope.workspace_id, "user": scope.user_id}
    if scope.only_assigned_to:
        # The database shows them nothing else; said here too, it is an index condition.
        chosen.append("assignee_id = %(only)s")
        parameters["only"] = scope.only_assigned_to
    for condition, name, value in _narrowing(wanted):
        if value:
            chosen.append(condition)
            parameters[name] = value
    if found is not None:
        chosen.append("lead_id = any(%(found)s)")
        parameters["found"] = found.leads
    return chosen, parameters


def _narrowing(wanted: ListFilter) -> tuple[tuple[str, str, Any], ...]:
    """Condition, parameter and value of each filter; one without a value does not narrow."""
    one = wanted.sentiments[0] if len(wanted.sentiments) == 1 else ""
    return (
        ("channel = any(%(channels)s)", "channels", list(wanted.channels)),
        ("sentiment = %(sentiment)s", "sentiment", one),
        ("sentiment = any(%(sentiments)s)", "sentiments", [] if one else list(wanted.sentiments)),
        ("assignee_id is null", "nobody", wanted.assignee_id == NOBODY),
        ("assignee_id = %(assignee)s", "assignee", parse_id(wanted.assignee_id)),
        (_IN_CAMPAIGN, "campaign", parse_id(wanted.campaign_id)),
        (_LABELLED, "label", parse_id(wanted.label_id)),
        ("unread_count > 0", "unread", wanted.unread),
        ("has_draft", "with_draft", wanted.with_draft),
        ("last_message_at >= %(since)s", "since", wanted.since),
        ("last_message_at < %(until)s", "until", wanted.until),
        ("updated_at >= %(updated_since)s", "updated_since", wanted.updated_since),
    )
