"""What does a person do with a draft? Approve it (as it is or edited), reject it, or have it written again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, text, tuple_
from sqlmodel import select

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Conversation, Draft, DraftStep, Lead, Message, OutboundMessage
from zrg_app.models.vocabulary import DraftStatus, OutboundStatus, SentBy
from zrg_app.services import events, jobs, sending
from zrg_app.services.drafting.archetypes import next_archetype
from zrg_app.services.drafting.asking import Step
from zrg_app.services.inbox import meanwhile
from zrg_app.services.inbox.marks import AI_REVIEWS
from zrg_app.services.jobs.registry import REPLY_PRIORITY

_TRIES = 5
GONE = "This draft is not here (any more)."
_WAITING = text(f"""
select exists (select from draft where lead_id = :lead_id and status = 'pending') as waits,
       {AI_REVIEWS.format(lead=":lead_id")} as reviews
""")
OPEN = (DraftStatus.WRITING, DraftStatus.PENDING, DraftStatus.FAILED)


def locked(tx: Tx, scope: Scope, draft_id: UUID) -> Draft:
    """The draft, locked after its lead and conversation (the fixed order). Raises NotFound, also for another workspace's."""
    for _ in range(_TRIES):
        lead_id = tx.scalar(select(Draft.lead_id).where(Draft.id == draft_id, Draft.workspace_id == scope.workspace_id))
        if lead_id is None:
            raise NotFound(GONE)
        tx.execute(select(Lead.id).where(Lead.id == lead_id).with_for_update(key_share=True))
        # A merge or its undo that we waited for has given the draft to another lead.
        if tx.scalar(select(Draft.lead_id).where(Draft.id == draft_id)) == lead_id:
            tx.get(Conversation, lead_id, with_for_update=True, populate_existing=True)
            draft = tx.get(Draft, draft_id, with_for_update=True, populate_existing=True)
            if draft is not None:
                return draft
    raise NotFound(GONE)


def approve(tx: Tx, scope: Scope, draft_id: UUID, *, body: str | None = None, subject: str | None = None,
            cc: tuple[str, ...] | None = None, expected_generation: int | None = None, **addressed: Any) -> UUID:
    """Put a draft into the outbox, as written or with the person's own words. Returns the outbound message's id.

    `addressed` goes to `sending.queue`: to_address and to_name, file_ids, not_before, seen.

    A second click finds the first one's message, and a colleague's click too unless it says what it had `seen`.

    Raises Conflict when the draft was rejected, overtaken by a newer reply, or
    rewritten since the person read it (`expected_generation`), and Refused with the reason when sending is not possible.
    """
    draft = locked(tx, scope, draft_id)
    if draft.status in (DraftStatus.SENDING, DraftStatus.APPROVED):
        return _already_queued(tx, scope, draft, seen=addressed.get("seen"))
    if draft.status != DraftStatus.PENDING:
        raise Conflict(draft.rejected_reason or "This draft can no longer be sent; write it again.")
    if expected_generation is not None and expected_generation != draft.generation:
        raise Conflict("The draft was rewritten meanwhile; read it again before sending.")
    draft.body = draft.body if body is None else body.strip()
    draft.subject = draft.subject if subject is None else subject.strip()
    draft.status, draft.decided_by, draft.decided_at = DraftStatus.SENDING, scope.user_id, clock.now()
    tx.flush()
    show_waiting(tx, draft.lead_id)
    earlier = tx.scalar(select(func.count()).select_from(OutboundMessage).where(OutboundMessage.draft_id == draft_id))
    return sending.queue(
        tx, scope, draft.lead_id, channel=draft.channel, body=draft.body, subject=draft.subject, cc=cc, draft_id=draft_id,
        sent_by=SentBy.SETTER, idempotency_key=f"draft:{draft_id}:{earlier}", **addressed)


def reject(tx: Tx, scope: Scope, draft_id: UUID, *, reason: str = "discarded") -> None:
    """Discard a draft. Says nothing when it was discarded already; raises Conflict when it is on its way out."""
    draft = locked(tx, scope, draft_id)
    if draft.status in (DraftStatus.SENDING, DraftStatus.APPROVED):
        raise Conflict("This draft is on its way out; undo the send first.")
    if draft.status != DraftStatus.REJECTED:
        _reject(tx, scope, draft, reason)


def discard_pending(tx: Tx, scope: Scope, lead_id: UUID, *, reason: str, but_for: UUID | None = None) -> None:
    """Discard every open draft of a lead, except those answering the message `but_for` or one written after it."""
    statement = select(Draft).where(Draft.lead_id == lead_id, Draft.status.in_(OPEN)).order_by(Draft.id).with_for_update()
    drafts = tx.scalars(statement).all()
    # Most replies find no draft; then which messages are newer is not asked.
    kept = _not_before(tx, lead_id, but_for) if drafts else ()
    for draft in drafts:
        if draft.trigger_message_id not in kept:
            _reject(tx, scope, draft, reason)


def regenerate(tx: Tx, scope: Scope, draft_id: UUID, *, instruction: str = "", fast: bool = False) -> None:
    """Have a draft written again: by the colleague's instruction, else in the next shape; `fast` in one quick call.

    Raises Conflict when it is on its way out.
    """
    draft = locked(tx, scope, draft_id)
    if draft.status in (DraftStatus.SENDING, DraftStatus.APPROVED):
        raise Conflict("This draft is on its way out; undo the send first.")
    draft.instruction, draft.updated_at = instruction.strip()[:500] or None, clock.now()
    if draft.body and not draft.instruction:
        # Asked for another one, not for this one changed; a draft that failed has shown no shape yet.
        draft.archetype = next_archetype(draft.archetype)
    draft.status, draft.error, draft.rejected_reason = DraftStatus.WRITING, None, None
    draft.generation += 1
    tx.flush()
    show_waiting(tx, draft.lead_id)
    # Without the lead, because a model may think for a minute and a due send of the same lead must not wait for it; two
    # generations never meet: only the newest one is saved.
    jobs.enqueue(tx, scope, "drafting.write", draft_id=draft_id, generation=draft.generation, fast=fast, priority=REPLY_PRIORITY)
    events.tell_screens(tx, scope, ("list", "composer"), draft.lead_id)


def replace_body(tx: Tx, scope: Scope, draft_id: UUID, generation: int, body: str, steps: Iterable[Step] = ()) -> bool:
    """Put another text in place of the one just written (overseer, revision); False when it is not that draft any more.

    `original_body` goes with it: it is what the person first sees, and what their edits are held against.
    """
    try:
        draft = locked(tx, scope, draft_id)
    except NotFound:
        return False
    if draft.status != DraftStatus.PENDING or draft.generation != generation or draft.body != draft.original_body or not body.strip():
        return False
    keep_steps(tx, scope, draft, steps)
    draft.body = draft.original_body = body.strip()
    draft.updated_at = clock.now()
    tx.flush()
    events.tell_screens(tx, scope, ("composer",), draft.lead_id)
    return True


def show_waiting(tx: Tx, lead_id: UUID) -> None:
    """Let the list show whether a draft of this lead waits for a person, and whether auto-send wants one to look at it."""
    found = tx.execute(_WAITING, {"lead_id": lead_id}).one()
    conversation = tx.get(Conversation, lead_id, with_for_update=True, populate_existing=True)
    if conversation is not None and (conversation.has_draft, conversation.ai_review) != (found.waits, found.reviews):
        conversation.has_draft, conversation.ai_review, conversation.updated_at = found.waits, found.reviews, clock.now()
        tx.flush()


def keep_steps(tx: Tx, scope: Scope, draft: Draft, steps: Iterable[Step]) -> None:
    """Write down how a generation of a draft was made, step by step."""
    now = clock.now()
    for place, step in enumerate(steps):
        tx.add(DraftStep(
            id=ids.new_id(), workspace_id=scope.workspace_id, draft_id=draft.id, generation=draft.generation, step=step.name,
            status=step.status, output=step.output, model=step.model or None, prompt_key=step.prompt_key or None,
            prompt_hash=step.prompt_hash or None, interaction_id=step.interaction_id, duration_ms=step.duration_ms,
            error=step.error or None, created_at=now + timedelta(microseconds=place)))
    tx.flush()


def _already_queued(tx: Tx, scope: Scope, draft: Draft, *, seen: str | None) -> UUID:
    gone = (OutboundStatus.CANCELLED, OutboundStatus.FAILED)
    found = tx.execute(select(OutboundMessage.id, OutboundMessage.sent_by_user).where(
        OutboundMessage.draft_id == draft.id, OutboundMessage.status.not_in(gone))).first()
    if found is None:
        raise Conflict("This draft was handled already.")
    if seen is not None and found.sent_by_user != scope.user_id:
        # Whoever wrote other words into the same draft must not believe that theirs left.
        meanwhile.refuse_unseen(tx, scope, draft.lead_id, seen)
        raise Conflict("This draft was sent by somebody else meanwhile. Your words are kept; send them as an answer of your own.")
    return found.id


def _not_before(tx: Tx, lead_id: UUID, message_id: UUID | None) -> frozenset[UUID]:
    """The message and the lead's later ones; deliveries come in any order, so the message told last need not be the newest."""
    told = tx.get(Message, message_id) if message_id else None
    if told is None:
        return frozenset()
    return frozenset(tx.scalars(select(Message.id).where(
        Message.lead_id == lead_id, tuple_(Message.sent_at, Message.id) >= (told.sent_at, told.id))))


def _reject(tx: Tx, scope: Scope, draft: Draft, reason: str) -> None:
    draft.status, draft.rejected_reason = DraftStatus.REJECTED, reason
    draft.decided_by, draft.decided_at = scope.user_id, clock.now()
    tx.flush()
    show_waiting(tx, draft.lead_id)
    events.record(tx, scope, events.DraftRejected(lead_id=draft.lead_id, draft_id=draft.id, reason=reason))
