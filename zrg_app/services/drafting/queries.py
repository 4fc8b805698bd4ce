"""Which draft waits, and which drafts are there?"""

from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox import cursor
from zrg_app.services.inbox.views import DraftView

_COLUMNS = "id, lead_id, channel, status, body, subject, reason, confidence, instruction, generation, error, model, created_at"
CURRENT = f"""
select {_COLUMNS}, original_body from draft where lead_id = %(lead)s and workspace_id = %(workspace)s
  and status in ('writing', 'pending', 'failed') order by created_at desc, id desc limit 1
"""
"""The draft to show for `%(lead)s`, for `current_from`."""
_LISTING = f"""
select {_COLUMNS} from draft where workspace_id = %(workspace)s and status = %(status)s {{after}}
order by created_at desc, id desc limit %(limit)s
"""


def current(tx: Tx, scope: Scope, lead_id: UUID) -> DraftView | None:
    """The draft to show for a lead: being written, waiting, or failed; None when there is none."""
    row = fetch_one(tx, CURRENT, {"lead": lead_id, "workspace": scope.workspace_id})
    return current_from(row) if row else None


def lead_of(tx: Tx, scope: Scope, draft_id: UUID) -> UUID | None:
    """The lead a draft answers, for links that name only the draft; None when there is no such draft here."""
    row = fetch_one(tx, "select lead_id from draft where id = %(draft)s and workspace_id = %(workspace)s",
                    {"draft": draft_id, "workspace": scope.workspace_id})
    return row["lead_id"] if row else None


def listing(tx: Tx, scope: Scope, *, status: str = "pending", after: str = "", limit: int = 50) -> tuple[list[dict[str, Any]], str]:
    """Drafts of a status, newest first, as dictionaries with their lead, and the cursor of the next page."""
    parameters: dict[str, Any] = {"workspace": scope.workspace_id, "status": status, "limit": limit + 1}
    clause = ""
    if after:
        parameters["at"], parameters["id"] = cursor.decode(after)
        clause = "and (created_at, id) < (%(at)s, %(id)s)"
    rows = fetch_all(tx, _LISTING.format(after=clause), parameters)
    shown = rows[:limit]
    next_cursor = cursor.encode(shown[-1]["created_at"], shown[-1]["id"]) if len(rows) > limit else ""
    return shown, next_cursor


def current_from(row: dict) -> DraftView:
    """The draft as screens show it, from a row of CURRENT. Pure."""
    return DraftView(
        id=str(row["id"]), channel=row["channel"], state=row["status"], body=row["body"], subject=row["subject"] or "",
        reason=row["reason"] or "", confidence=row["confidence"] or 0.0, instruction=row["instruction"] or "",
        generation=row["generation"], error=row["error"] or "", model=row["model"] or "",
        original="" if row["original_body"] == row["body"] else row["original_body"] or "")
