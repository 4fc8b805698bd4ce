"""How does what is remembered of a lead change? A person writes, edits, forgets, approves or rejects; a model only proposes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Lead, LeadMemory, WorkspaceSettings
from zrg_app.models.ai_vocabulary import MemorySource, MemoryStatus
from zrg_app.services import events
from zrg_app.services.knowledge.governing import CATEGORIES, LONGEST_CATEGORY, LONGEST_CONTENT, governed, same
from zrg_app.services.knowledge.memory import remember
from zrg_app.services.knowledge.typed import Typed

MOST_PROPOSALS = 10
MOST_OF_LEAD = 200
_CONTENT = Typed("What is remembered", LONGEST_CONTENT)
_CATEGORY = Typed("The kind", LONGEST_CATEGORY)


def propose(tx: Tx, scope: Scope, lead_id: UUID, proposals: Iterable[Mapping[str, object]], *, message_id: UUID | None = None,
            draft_id: UUID | None = None) -> tuple[UUID, ...]:
    """Write down what a model wants to remember of a lead; what is known or was rejected is not proposed again.

    Each is scrubbed and waits for a person unless the workspace trusts its kind (`governing`). Returns the new ids.
    """
    known = list(_of(tx, scope, lead_id))
    trusted = tx.get(WorkspaceSettings, scope.workspace_id)
    made: list[UUID] = []
    for wanted in list(proposals)[:MOST_PROPOSALS]:
        found = governed(wanted, trusted.memory_auto_approve if trusted else ()) if isinstance(wanted, Mapping) else None
        if found is None or len(known) >= MOST_OF_LEAD or any(same(found.content, one) for one in known):
            continue
        known.append(found.content)
        made.append(remember(
            tx, scope, lead_id, category=found.category, content=found.content, source=MemorySource.INFERENCE, status=found.status,
            confidence=found.confidence, message_id=message_id, draft_id=draft_id, not_before=found.not_before,
            expires_at=clock.now() + timedelta(days=found.days)))
        change = "added" if found.status is MemoryStatus.APPROVED else "proposed"
        events.record(tx, scope, events.MemoryChanged(lead_id=lead_id, change=change, category=found.category))
    return tuple(made)


def write_down(tx: Tx, scope: Scope, lead_id: UUID, *, category: object, content: object, days: int = 0,
               not_before: date | None = None) -> UUID:
    """Remember what a person knows of a lead, for `days` (0: for good). Raises Invalid, NotFound."""
    kind, words = _read(category, content)
    if tx.scalar(select(Lead.id).where(Lead.id == lead_id, Lead.workspace_id == scope.workspace_id)) is None:
        raise NotFound("There is no such lead.")
    if len(_of(tx, scope, lead_id)) >= MOST_OF_LEAD:
        raise Conflict("Enough is remembered of this lead; forget something first.")
    made = remember(tx, scope, lead_id, category=kind, content=words, not_before=not_before, expires_at=_end(days))
    events.record(tx, scope, events.MemoryChanged(lead_id=lead_id, change="added", category=kind))
    return made


def edit_memory(tx: Tx, scope: Scope, memory_id: UUID, *, category: object, content: object, days: int | None = None,
                not_before: date | None = None) -> None:
    """Put it in other words; the person answers for it from then on. `days` None keeps how long it lasts."""
    kind, words = _read(category, content)
    row = _locked(tx, scope, memory_id)
    row.category, row.content, row.not_before = kind, words, not_before
    row.source, row.status, row.created_by = MemorySource.MANUAL, MemoryStatus.APPROVED, scope.user_id
    if days is not None:
        row.expires_at = _end(days)
    _tell(tx, scope, row, "edited")


def approve_memory(tx: Tx, scope: Scope, memory_id: UUID) -> None:
    """Let drafts use what a model proposed. Raises NotFound, or Conflict when somebody decided already."""
    row = _waiting(tx, scope, memory_id)
    row.status, row.created_by = MemoryStatus.APPROVED, scope.user_id
    _tell(tx, scope, row, "approved")


def reject_memory(tx: Tx, scope: Scope, memory_id: UUID) -> None:
    """It is not so; kept out of sight, so that it is not proposed again. Raises NotFound or Conflict."""
    row = _waiting(tx, scope, memory_id)
    row.status, row.created_by = MemoryStatus.REJECTED, scope.user_id
    _tell(tx, scope, row, "rejected")


def forget(tx: Tx, scope: Scope, memory_id: UUID) -> None:
    """Remember it no more. Raises NotFound."""
    row = _locked(tx, scope, memory_id)
    tx.delete(row)
    _tell(tx, scope, row, "forgotten")


def trusted_kinds(tx: Tx, scope: Scope) -> tuple[str, ...]:
    """The categories a model may remember by itself."""
    row = tx.get(WorkspaceSettings, scope.workspace_id)
    return tuple(row.memory_auto_approve) if row else ()


def trust_kinds(tx: Tx, scope: Scope, categories: Sequence[object]) -> tuple[str, ...]:
    """Say which categories a model may remember by itself; an empty list lets everything wait. Raises Invalid."""
    wanted = tuple(dict.fromkeys(str(one) for one in categories))
    if any(one not in CATEGORIES for one in wanted):
        raise Invalid("There is no such kind of memory.")
    row = tx.get(WorkspaceSettings, scope.workspace_id, with_for_update=True)
    if row is None:
        raise NotFound("This workspace is not there.")
    if list(wanted) != row.memory_auto_approve:
        row.memory_auto_approve, row.updated_at = list(wanted), clock.now()
        tx.flush()
        events.record(tx, scope, events.KnowledgeChanged(change="memory_trusted", detail=", ".join(wanted)))
    return wanted


def _read(category: object, content: object) -> tuple[str, str]:
    kind = "_".join(_CATEGORY.read(category).lower().split())
    words = " ".join(_CONTENT.read(content).split())
    if not words:
        raise Invalid("Write down what should be remembered.")
    return kind or "note", words


def _end(days: int) -> datetime | None:
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= 3650:
        raise Invalid("Choose how long it should be remembered.")
    return clock.now() + timedelta(days=days) if days else None


def _of(tx: Tx, scope: Scope, lead_id: UUID) -> Sequence[str]:
    return tx.scalars(select(LeadMemory.content).where(LeadMemory.lead_id == lead_id,
                                                       LeadMemory.workspace_id == scope.workspace_id)).all()


def _locked(tx: Tx, scope: Scope, memory_id: UUID) -> LeadMemory:
    row = tx.scalar(select(LeadMemory).where(LeadMemory.id == memory_id, LeadMemory.workspace_id == scope.workspace_id)
                    .with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound("This is not remembered any more.")
    return row


def _waiting(tx: Tx, scope: Scope, memory_id: UUID) -> LeadMemory:
    row = _locked(tx, scope, memory_id)
    if row.status != MemoryStatus.PENDING:
        raise Conflict("Somebody has decided on this already.")
    return row


def _tell(tx: Tx, scope: Scope, row: LeadMemory, change: str) -> None:
    tx.flush()
    events.record(tx, scope, events.MemoryChanged(lead_id=row.lead_id, change=change, category=row.category))
