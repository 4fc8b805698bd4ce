"""How many conversations are in each view? Folded sums plus the deltas since (PERFORMANCE section 5)."""

from collections import Counter
from collections.abc import Collection, Mapping
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox.views import InboxCounts

_COUNTS = """
select key, sum(n)::int as n from (
  select key, n from inbox_count where workspace_id = %(workspace)s
  union all select key, n from inbox_count_delta where workspace_id = %(workspace)s) both_parts
group by key
"""
# For who sees only their own leads: the sums are of everybody, so their own rows are counted, found by the index of assignees.
_OWN = """
select sentiment, count(*)::int as "all", count(*) filter (where done_at is not null)::int as done,
       count(*) filter (where snoozed_until is not null)::int as snoozed, count(*) filter (where has_draft)::int as drafts,
       count(*) filter (where unread_count > 0)::int as unread, count(*) filter (where needs_repair)::int as repair,
       count(*) filter (where ai_sent)::int as ai_sent, count(*) filter (where ai_review)::int as ai_review,
       count(*) filter (where done_at is null and snoozed_until is null)::int as open,
       count(*) filter (where needs_reply and done_at is null and snoozed_until is null)::int as reply
from conversation where workspace_id = %(workspace)s and assignee_id = %(only)s group by sentiment
"""


def counts(tx: Tx, scope: Scope) -> InboxCounts:
    """The sidebar's numbers for the person of `scope`; exact as of this transaction."""
    return counts_of_each(tx, (scope,))[scope.user_id]


def counts_of_each(tx: Tx, scopes: Collection[Scope]) -> dict[UUID | None, InboxCounts]:
    """The numbers of each person by their id, read once. The scopes are of one workspace and see the same rows of it."""
    scope = next(iter(scopes))
    found = _own(tx, scope) if scope.only_assigned_to else _everybodys(tx, scope)
    return {one.user_id: _counts(found, one) for one in scopes}


def _counts(found: Mapping[str, int], scope: Scope) -> InboxCounts:
    mark = "sentiment:"
    return InboxCounts(
        needs_reply=found.get("reply", 0), drafts=found.get("drafts", 0), snoozed=found.get("snoozed", 0),
        assigned_to_me=found.get(f"assignee:{scope.user_id}", 0), done=found.get("done", 0), unread=found.get("unread", 0),
        needs_repair=found.get("repair", 0), ai_sent=found.get("ai_sent", 0), ai_review=found.get("ai_review", 0),
        everything=found.get("all", 0),
        by_sentiment={key.removeprefix(mark): n for key, n in found.items() if key.startswith(mark) and n})


def _everybodys(tx: Tx, scope: Scope) -> dict[str, int]:
    return {row["key"]: max(0, row["n"]) for row in fetch_all(tx, _COUNTS, {"workspace": scope.workspace_id})}


def _own(tx: Tx, scope: Scope) -> dict[str, int]:
    """The same keys as the sums have, of one person's conversations."""
    found: Counter[str] = Counter()
    for row in fetch_all(tx, _OWN, {"workspace": scope.workspace_id, "only": scope.only_assigned_to}):
        found[f"sentiment:{row.pop('sentiment')}"] += row["open"]
        found[f"assignee:{scope.only_assigned_to}"] += row.pop("open")
        found.update(row)
    return found
