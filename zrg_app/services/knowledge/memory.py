"""What is remembered of a lead, and who says so?"""

from datetime import datetime
from uuid import UUID

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.scope import Scope
from zrg_app.models import LeadMemory
from zrg_app.models.ai_vocabulary import MemorySource, MemoryStatus
from zrg_app.services.knowledge.views import MemoryView

_OF_LEAD = """
select id, category, content, source, status, confidence, message_id, created_at, expires_at from lead_memory
where lead_id = %(lead)s and workspace_id = %(workspace)s and status = 'APPROVED'
  and (expires_at is null or expires_at > %(now)s) order by created_at desc, id desc limit 60
"""


def memory_of(tx: Tx, scope: Scope, lead_id: UUID, *, tokens: int = 1200, per_entry: int = 400) -> tuple[MemoryView, ...]:
    """The approved memories of a lead that have not run out, newest first, within a budget."""
    kept, spent = [], 0
    for row in fetch_all(tx, _OF_LEAD, {"lead": lead_id, "workspace": scope.workspace_id, "now": clock.now()}):
        content = row["content"][:per_entry * 4]
        spent += len(content) // 4 + 1
        if spent > tokens:
            break
        kept.append(MemoryView(**{**row, "id": str(row["id"]), "message_id": str(row["message_id"] or ""), "content": content}))
    return tuple(kept)


def remember(tx: Tx, scope: Scope, lead_id: UUID, *, category: str, content: str, source: MemorySource = MemorySource.MANUAL,
             status: MemoryStatus = MemoryStatus.APPROVED, confidence: float | None = None, message_id: UUID | None = None,
             draft_id: UUID | None = None, expires_at: datetime | None = None) -> UUID:
    """Write down one thing about a lead. Returns its id."""
    memory_id = ids.new_id()
    tx.add(LeadMemory(
        id=memory_id, workspace_id=scope.workspace_id, lead_id=lead_id, category=category[:64], content=content[:500], source=source,
        status=status, confidence=confidence, message_id=message_id, draft_id=draft_id, created_by=scope.user_id,
        expires_at=expires_at))
    tx.flush()
    return memory_id
