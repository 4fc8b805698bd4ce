"""What is remembered of a lead, and who says so? What a draft may be told, and what the lead panel shows."""

from datetime import date, datetime
from uuid import UUID

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.reads import Read, answer
from zrg_app.kit.scope import Scope
from zrg_app.models import LeadMemory
from zrg_app.models.ai_vocabulary import MemorySource, MemoryStatus
from zrg_app.services.knowledge.budgets import BUDGETS, CHARACTERS, tokens_of
from zrg_app.services.knowledge.governing import CATEGORIES, LONGEST_CATEGORY, LONGEST_CONTENT, scrubbed
from zrg_app.services.knowledge.views import MemoryRow, MemoryView

_OF_LEAD = """
select id, category, content, source, status, confidence, message_id, created_at, expires_at, not_before from lead_memory
where lead_id = %(lead)s and workspace_id = %(workspace)s and status = 'APPROVED'
  and (expires_at is null or expires_at > %(now)s) order by created_at desc, id desc limit 60
"""
_SHOWN = """
select m.id, m.category, m.content, m.source, m.status, m.confidence, m.message_id, m.expires_at, m.not_before, u.name as by,
       coalesce(r.sent_at, m.created_at) as said_at
from lead_memory m left join message r on r.id = m.message_id left join app_user u on u.id = m.created_by
where m.lead_id = %(lead)s and m.workspace_id = %(workspace)s and m.status <> 'REJECTED'
  and (m.expires_at is null or m.expires_at > %(now)s or m.source <> 'INFERENCE')
order by m.status = 'PENDING' desc, m.created_at desc, m.id desc limit 40
"""


def memory_of(tx: Tx, scope: Scope, lead_id: UUID, *, tokens: int = BUDGETS["draft"].memory, per_entry: int = BUDGETS["draft"].entry,
              redacted: bool = False) -> tuple[MemoryView, ...]:
    """The approved memories of a lead that have not run out, newest first, within a budget.

    `redacted` is for whoever only judges a draft: without addresses and numbers a person wrote in.
    """
    kept, spent = [], 0
    for row in fetch_all(tx, _OF_LEAD, {"lead": lead_id, "workspace": scope.workspace_id, "now": clock.now()}):
        not_before = row.pop("not_before")
        said = f"Not before {not_before:%Y-%m-%d}: {row['content']}" if not_before else row["content"]
        content = (scrubbed(said) if redacted else said)[:per_entry * CHARACTERS]
        spent += tokens_of(content)
        if spent > tokens:
            break
        kept.append(MemoryView(**{**row, "id": str(row["id"]), "message_id": str(row["message_id"] or ""), "content": content}))
    return tuple(kept)


def memories(tx: Tx, scope: Scope, lead_id: UUID) -> tuple[MemoryRow, ...]:
    """What the lead panel shows: what waits for a person first, then the newest. Rejected and run-out guesses are left out."""
    return answer(tx, memories_read(scope, lead_id))


def memories_read(scope: Scope, lead_id: UUID) -> Read[tuple[MemoryRow, ...]]:
    """What `memories` reads, to be asked together with other things."""
    now = clock.now()
    return Read(_SHOWN, {"lead": lead_id, "workspace": scope.workspace_id, "now": now}, lambda rows: tuple(_row(row, now) for row in rows))


def remember(tx: Tx, scope: Scope, lead_id: UUID, *, category: str, content: str, source: MemorySource = MemorySource.MANUAL,
             status: MemoryStatus = MemoryStatus.APPROVED, confidence: float | None = None, message_id: UUID | None = None,
             draft_id: UUID | None = None, expires_at: datetime | None = None, not_before: date | None = None) -> UUID:
    """Write down one thing about a lead. Returns its id."""
    memory_id = ids.new_id()
    tx.add(LeadMemory(
        id=memory_id, workspace_id=scope.workspace_id, lead_id=lead_id, category=category[:LONGEST_CATEGORY],
        content=content[:LONGEST_CONTENT], source=source, status=status, confidence=confidence, message_id=message_id,
        draft_id=draft_id, created_by=scope.user_id, expires_at=expires_at, not_before=not_before))
    tx.flush()
    return memory_id


def word_of(category: str) -> str:
    """What a category is called for people. Pure."""
    return CATEGORIES.get(category) or category.replace("_", " ").capitalize()


def _row(row: dict, now: datetime) -> MemoryRow:
    share = row["confidence"]
    return MemoryRow(
        id=str(row["id"]), category=row["category"], content=row["content"], status=row["status"],
        is_inferred=row["source"] == MemorySource.INFERENCE, confidence=f"{share:.0%}" if share is not None else "",
        message_id=str(row["message_id"] or ""), said_at=row["said_at"].isoformat(), by=row["by"] or "",
        expires_on=row["expires_at"].isoformat() if row["expires_at"] else "",
        not_before=row["not_before"].isoformat() if row["not_before"] else "",
        is_over=bool(row["expires_at"] and row["expires_at"] <= now))
