"""How many conversations are in each view? Folded sums plus the deltas since (PERFORMANCE section 5)."""

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox.views import InboxCounts

_COUNTS = """
select key, sum(n)::int as n from (
  select key, n from inbox_count where workspace_id = %(workspace)s
  union all select key, n from inbox_count_delta where workspace_id = %(workspace)s) both_parts
group by key
"""


def counts(tx: Tx, scope: Scope) -> InboxCounts:
    """The sidebar's numbers for the person of `scope`; exact as of this transaction."""
    found = {row["key"]: max(0, row["n"]) for row in fetch_all(tx, _COUNTS, {"workspace": scope.workspace_id})}
    mark = "sentiment:"
    return InboxCounts(
        needs_reply=found.get("reply", 0), drafts=found.get("drafts", 0), snoozed=found.get("snoozed", 0),
        assigned_to_me=found.get(f"assignee:{scope.user_id}", 0), done=found.get("done", 0), unread=found.get("unread", 0),
        needs_repair=found.get("repair", 0), ai_sent=found.get("ai_sent", 0), ai_review=found.get("ai_review", 0),
        everything=found.get("all", 0),
        by_sentiment={key.removeprefix(mark): n for key, n in found.items() if key.startswith(mark) and n})
