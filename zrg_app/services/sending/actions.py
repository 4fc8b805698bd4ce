"""How is a message let go, taken back, tried again or given up? In the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert

from zrg_app.integrations import registry
from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Conflict, NotFound, Refused
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Draft, OutboundMessage
from zrg_app.models.vocabulary import DraftStatus, OutboundStatus, SentBy
from zrg_app.services import events, jobs
from zrg_app.services.inbox import meanwhile
from zrg_app.services.sending import belonging, files, passage, policy, situation
from zrg_app.services.sending.claims import LOOKS
from zrg_app.services.sending.sms import taken
from zrg_app.services.sending.views import TakenBack

ON_ITS_WAY = {
    OutboundStatus.SENDING: "It is on its way and can no longer be taken back.",
    OutboundStatus.CHECKING: "It may have left already; we are asking the provider.",
    OutboundStatus.SENT: "It has already left.",
    OutboundStatus.FAILED: "It did not leave, so there is nothing to take back.",
    OutboundStatus.CANCELLED: "It was already taken back.",
}


def queue(tx: Tx, scope: Scope, lead_id: UUID, *, channel: str, body: str, subject: str | None = None,
          cc: Sequence[str] | None = None, draft_id: UUID | None = None, sent_by: str, idempotency_key: str,
          to_address: str | None = None, to_name: str | None = None, not_before: datetime | None = None,
          file_ids: Sequence[UUID] = (), seen: str | None = None) -> UUID:
    """Put a message into the outbox; it leaves after the undo window (or at `not_before`). Returns its id.

    `cc` None keeps those who got a copy of the message that is answered. `to_address` overrides the recipient. `file_ids` are
    files that were kept for this lead. What a person lets go for later is held when the lead writes before it leaves. The same key
    (whatever became of its message), or the same draft while its message is on the way, returns the message that is there: a
    second click sends nothing. What takes no formatting gets the words alone (`sms.taken`).

    Raises Refused with the policy's code, Conflict when the draft is not waiting, NotFound, CameBetween (`meanwhile.refuse_unseen`).
    """
    body = taken(channel, body)
    lead, draft = passage.lock_lead(tx, lead_id), passage.lock_draft(tx, draft_id)
    known = _known(tx, scope, idempotency_key, draft_id)
    if known is not None:
        return known
    meanwhile.refuse_unseen(tx, scope, lead_id, seen)
    _check_draft(draft, lead_id, draft_id)
    found = situation.look(tx, lead, channel, sent_by=sent_by, body=body, draft=draft, to=(to_address, to_name), cc=cc,
                           files=len(file_ids))
    _permit(found.facts)
    leaves_at = not_before or clock.now() + timedelta(seconds=settings().undo_seconds)
    outbound_id = _insert(
        tx, scope, lead_id=lead_id, draft_id=draft_id, in_reply_to=found.in_reply_to, channel=channel, provider=found.provider,
        account=belonging.account_of(tx, scope, found.provider),
        idempotency_key=idempotency_key, subject=subject or found.subject, body=body, to_address=found.to_address,
        to_name=found.to_name, cc=list(found.cc), thread=found.thread, sent_by=sent_by, sent_by_user=scope.user_id,
        not_before=leaves_at, is_scheduled=not_before is not None and sent_by == SentBy.SETTER)
    if outbound_id is None:
        return _known(tx, scope, idempotency_key, draft_id) or _gone()
    files.attach(tx, scope, outbound_id, lead_id, file_ids)
    jobs.enqueue(tx, scope, "sending.send", run_at=leaves_at, lead_id=lead_id, outbound_id=outbound_id)
    disposition = _let_go(draft, sent_by, channel, body)
    passage.refresh(tx, lead_id)
    events.record(tx, scope, events.SendQueued(
        lead_id=lead_id, outbound_id=outbound_id, channel=channel, disposition=disposition))
    return outbound_id


def undo(tx: Tx, scope: Scope, outbound_id: UUID) -> None:
    """Take a message back that has not left; its draft waits again. Raises Conflict when it has left, NotFound."""
    locked = passage.lock(tx, outbound_id)
    if locked.row.status != OutboundStatus.WAITING:
        raise Conflict(ON_ITS_WAY[OutboundStatus(locked.row.status)], code="too_late")
    passage.cancel(tx, scope, locked, "undone")


def take_back(tx: Tx, scope: Scope, outbound_id: UUID) -> TakenBack:
    """Take a message that waits or was held back into the hands of a person, to be written anew; its files wait with it.

    Raises Conflict when it has left or may have left, NotFound.
    """
    locked = passage.lock(tx, outbound_id)
    row = locked.row
    if row.status == OutboundStatus.WAITING:
        kept = files.release(tx, outbound_id)
        passage.cancel(tx, scope, locked, "undone")
    elif row.status == OutboundStatus.FAILED and row.error_code != "unknown_outcome":
        kept = files.release(tx, outbound_id)
        dismiss(tx, scope, outbound_id)
    else:
        raise Conflict(ON_ITS_WAY.get(OutboundStatus(row.status), ON_ITS_WAY[OutboundStatus.CHECKING]), code="too_late")
    return TakenBack(channel=row.channel, body=row.body, to_address=row.to_address or "", to_name=row.to_name or "",
                     cc=tuple(row.cc), files=kept, draft_id=str(row.draft_id or ""))


def send_now(tx: Tx, scope: Scope, outbound_id: UUID) -> None:
    """Let a message that waits for its moment leave at once. Raises Conflict when it does not wait (any more), NotFound."""
    row = passage.lock(tx, outbound_id).row
    if row.status != OutboundStatus.WAITING:
        raise Conflict(ON_ITS_WAY[OutboundStatus(row.status)], code="too_late")
    passage.wait(tx, scope, row, clock.now())


def hold_scheduled(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """Something became true of a lead: what waits for a later moment and may no longer leave is held now, where people see it,
    and not only when its moment comes."""
    waiting = tx.scalars(select(OutboundMessage.id).where(
        OutboundMessage.lead_id == lead_id, OutboundMessage.status == OutboundStatus.WAITING, OutboundMessage.is_scheduled)
        .order_by(OutboundMessage.id)).all()
    for outbound_id in waiting:
        locked = passage.lock(tx, outbound_id)
        decision = policy.decide(situation.recheck(tx, locked.lead, locked.row, locked.draft))
        if locked.row.status == OutboundStatus.WAITING and isinstance(decision, policy.Refusal):
            passage.hold(tx, scope, locked, decision.code, decision.sentence)


def wait_again(tx: Tx, scope: Scope, outbound_id: UUID) -> bool:
    """What held a planned message was taken back: let it wait for its moment as before. False where that has passed or the message
    may not leave for another reason, or is not held any more; it then stays where people see it. Raises NotFound.
    """
    locked = passage.lock(tx, outbound_id)
    row, draft = locked.row, locked.draft
    if row.status != OutboundStatus.FAILED or not row.is_scheduled or row.not_before <= clock.now():
        return False
    if draft is not None and draft.status not in (DraftStatus.PENDING, DraftStatus.FAILED, DraftStatus.REJECTED):
        return False
    allowed = policy.decide(situation.recheck(tx, locked.lead, row, None))
    if isinstance(allowed, policy.Refusal) or belonging.astray(tx, row):
        return False
    if draft is not None:
        draft.status, draft.error, draft.rejected_reason, draft.updated_at = DraftStatus.SENDING, None, None, clock.now()
    passage.wait(tx, scope, row, row.not_before)
    return True


def retry(tx: Tx, scope: Scope, outbound_id: UUID) -> None:
    """Try a failed message again, as a person wants; one whose fate is unknown is looked up at the provider first, and one
    that was held by a newer reply leaves, because the person has read it.

    Raises Conflict when it has not failed or its draft was used otherwise, Refused with the policy's code, NotFound.
    """
    locked = passage.lock(tx, outbound_id)
    row, draft = locked.row, locked.draft
    if row.status != OutboundStatus.FAILED:
        raise Conflict("Only a message that failed can be tried again.")
    if draft is not None and draft.status not in (DraftStatus.PENDING, DraftStatus.FAILED, DraftStatus.REJECTED):
        raise Conflict("This draft has been used for another message meanwhile.")
    row.is_scheduled = False
    _permit(situation.recheck(tx, locked.lead, row, None))
    if refusal := belonging.astray(tx, row):
        raise Refused(refusal.sentence, code=refusal.code)
    if draft is not None:
        draft.status, draft.error, draft.updated_at = DraftStatus.SENDING, None, clock.now()
    if row.error_code == "unknown_outcome":
        # One reading of the history now; when it finds nothing, one more try, because a person wants it (`uncertain` below one
        # also where the history alone would not lead to one).
        row.uncertain = -1 if registry.provider(row.provider).history_lags else 0
        passage.doubt(tx, scope, row, clock.now(), "Looking into the provider's history before another try.")
        row.looks = len(LOOKS) - 1
    else:
        row.attempts = 0
        passage.wait(tx, scope, row, clock.now())
    passage.refresh(tx, row.lead_id)


def dismiss(tx: Tx, scope: Scope, outbound_id: UUID) -> None:
    """Close a failed message: a person has seen it and wants no further try. Raises Conflict, NotFound."""
    locked = passage.lock(tx, outbound_id)
    if locked.row.status != OutboundStatus.FAILED:
        raise Conflict("Only a message that failed can be dismissed.")
    row = locked.row
    row.status, row.updated_at = OutboundStatus.CANCELLED, clock.now()
    passage.refresh(tx, row.lead_id)
    events.record(tx, scope, events.SendUndone(lead_id=row.lead_id, outbound_id=row.id, reason="dismissed"))


def _known(tx: Tx, scope: Scope, key: str, draft_id: UUID | None) -> UUID | None:
    same_draft = (OutboundMessage.draft_id == draft_id) & OutboundMessage.status.not_in(
        (OutboundStatus.CANCELLED, OutboundStatus.FAILED))
    same_key = OutboundMessage.idempotency_key == key
    return tx.scalar(select(OutboundMessage.id).where(
        OutboundMessage.workspace_id == scope.workspace_id, or_(same_key, same_draft) if draft_id else same_key).limit(1))


def _check_draft(draft: Draft | None, lead_id: UUID, draft_id: UUID | None) -> None:
    if draft_id is None:
        return
    if draft is None or draft.lead_id != lead_id:
        raise NotFound("There is no such draft.")
    # An approval may have marked it as being sent in this same transaction.
    if draft.status not in (DraftStatus.PENDING, DraftStatus.SENDING):
        raise Conflict("This draft is no longer waiting for a decision.")


def _permit(facts: policy.Facts) -> None:
    decision = policy.decide(facts)
    if isinstance(decision, policy.Refusal):
        raise Refused(decision.sentence, code=decision.code)


def _insert(tx: Tx, scope: Scope, **values: object) -> UUID | None:
    now = clock.now()
    row = {"id": ids.new_id(), "workspace_id": scope.workspace_id, "status": OutboundStatus.WAITING.value, "created_at": now,
           "updated_at": now} | values
    return tx.scalar(insert(OutboundMessage).values(row).on_conflict_do_nothing().returning(OutboundMessage.id))


def _gone() -> UUID:
    raise Conflict("This message has just been sent by somebody else.")


def _let_go(draft: Draft | None, sent_by: str, channel: str, body: str) -> str | None:
    if draft is None:
        return None
    draft.status, draft.error, draft.updated_at = DraftStatus.SENDING, None, clock.now()
    return policy.disposition(sent_by, body, taken(channel, draft.original_body)).value
