"""How does a message in the outbox change its state? Every step under the same locks, in the same order."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Conversation, Draft, Lead, OutboundMessage
from zrg_app.models.vocabulary import DraftStatus, LeadStatus, OutboundStatus, SentBy
from zrg_app.services import events, jobs
from zrg_app.services.inbox.marks import AI_REVIEWS
from zrg_app.services.sending import files
from zrg_app.services.sending.policy import SETTLED
from zrg_app.services.sending.situation import newer_reply

_TRIES = 5
_REFRESH = text(f"""
update conversation set has_draft = now_has, ai_review = now_reviews, needs_repair = now_needs, updated_at = :now
from (select
    exists (select from draft where lead_id = :lead_id and status = 'pending') as now_has,
    {AI_REVIEWS.format(lead=":lead_id")} as now_reviews,
    exists (select from outbound_message o where o.lead_id = :lead_id and o.status = 'failed' and o.error_code <> all(:settled)
        and not exists (select from outbound_message later where later.lead_id = o.lead_id and later.channel = o.channel
            and later.status = 'sent' and later.sent_at > o.updated_at))
    or exists (select from message m where m.lead_id = :lead_id and m.outbound_id is not null
        and m.delivery in ('failed', 'bounced') and m.delivery_settled_at is null
        and not exists (select from outbound_message later where later.lead_id = m.lead_id and later.channel = m.channel
            and later.id <> m.outbound_id and later.status = 'sent' and later.sent_at > m.delivery_told_at)) as now_needs) as seen
where conversation.lead_id = :lead_id and (has_draft, ai_review, needs_repair) is distinct from (now_has, now_reviews, now_needs)
""")


@dataclass(frozen=True, slots=True)
class Locked:
    """A message with its lead and draft, all locked until the transaction ends."""

    row: OutboundMessage
    lead: Lead
    draft: Draft | None


def lock_lead(tx: Tx, lead_id: UUID) -> Lead:
    """Lock a lead and then its conversation. Raises NotFound when there is none."""
    lead = tx.scalar(select(Lead).where(Lead.id == lead_id).with_for_update(key_share=True)
                     .execution_options(populate_existing=True))
    if lead is None or lead.merged_into is not None:
        raise NotFound("This lead was merged with another; open the conversation again." if lead else "There is no such lead.")
    tx.execute(select(Conversation.lead_id).where(Conversation.lead_id == lead_id).with_for_update(key_share=True))
    return lead


def lock_draft(tx: Tx, draft_id: UUID | None) -> Draft | None:
    """Lock a draft; None when there is none."""
    return tx.scalar(select(Draft).where(Draft.id == draft_id).with_for_update(key_share=True)
                     .execution_options(populate_existing=True)) if draft_id else None


def lock(tx: Tx, outbound_id: UUID) -> Locked:
    """Lock lead, conversation, draft and outbound message, in that order. Raises NotFound."""
    for _ in range(_TRIES):
        found = tx.execute(select(OutboundMessage.lead_id, OutboundMessage.draft_id)
                           .where(OutboundMessage.id == outbound_id)).one_or_none()
        if found is None:
            raise NotFound("There is no such message.")
        # A merge or its undo that we waited for has given the message to another lead.
        with suppress(NotFound):
            lead, draft = lock_lead(tx, found.lead_id), lock_draft(tx, found.draft_id)
            row = tx.scalar(select(OutboundMessage).where(OutboundMessage.id == outbound_id).with_for_update(key_share=True)
                            .execution_options(populate_existing=True))
            if row is not None and row.lead_id == lead.id:
                return Locked(row, lead, draft)
    raise NotFound("There is no such message.")


def wait(tx: Tx, scope: Scope, row: OutboundMessage, until: datetime, *, code: str | None = None,
         sentence: str | None = None) -> None:
    """Nothing has left: let it try (again) at `until`."""
    _change(row, OutboundStatus.WAITING, code, sentence)
    row.not_before = until
    jobs.enqueue(tx, scope, "sending.send", run_at=until, lead_id=row.lead_id, outbound_id=row.id)
    refresh(tx, row.lead_id)
    events.tell_screens(tx, scope, ("list", "thread", "composer"), row.lead_id)


def doubt(tx: Tx, scope: Scope, row: OutboundMessage, first_look_at: datetime, sentence: str) -> None:
    """It may have left: read the provider's history, starting at `first_look_at`."""
    _change(row, OutboundStatus.CHECKING, "unknown_outcome", sentence)
    row.uncertain, row.looks = row.uncertain + 1, 0
    look_again(tx, scope, row, first_look_at)
    events.record(tx, scope, events.SendUncertain(lead_id=row.lead_id, outbound_id=row.id))


def look_again(tx: Tx, scope: Scope, row: OutboundMessage, at: datetime) -> None:
    """Read the provider's history (again) at `at`."""
    row.updated_at = clock.now()
    jobs.enqueue(tx, scope, "sending.reconcile", run_at=at, lead_id=row.lead_id, outbound_id=row.id)
    tx.flush()


def fail(tx: Tx, scope: Scope, locked: Locked, code: str, sentence: str) -> None:
    """It will not be tried again: the person sees why, and the draft is theirs again unless it may have left."""
    row = locked.row
    _change(row, OutboundStatus.FAILED, code, sentence)
    if code in SETTLED:
        _settle(locked.draft, DraftStatus.REJECTED, rejected_reason=code)
    elif code == "unknown_outcome":
        _settle(locked.draft, DraftStatus.FAILED, error=sentence)
    else:
        _give_back(tx, locked, sentence)
    tx.flush()
    refresh(tx, row.lead_id)
    events.record(tx, scope, events.SendFailed(lead_id=row.lead_id, outbound_id=row.id, code=code, reason=sentence))


def cancel(tx: Tx, scope: Scope, locked: Locked, code: str, sentence: str | None = None) -> None:
    """It is not wanted any more: undone by a person, or overtaken by events when the AI wrote it."""
    row = locked.row
    _change(row, OutboundStatus.CANCELLED, code, sentence)
    files.release(tx, row.id)
    if code == "undone":
        _give_back(tx, locked)
    else:
        _settle(locked.draft, DraftStatus.REJECTED, rejected_reason=code)
    tx.flush()
    refresh(tx, row.lead_id)
    events.record(tx, scope, events.SendUndone(lead_id=row.lead_id, outbound_id=row.id, reason=code))


def hold(tx: Tx, scope: Scope, locked: Locked, code: str, sentence: str) -> None:
    """The policy says no at the last moment: an answer of the AI nobody needs any more goes quietly, all else fails in sight."""
    if locked.row.sent_by == SentBy.AI and code in SETTLED:
        cancel(tx, scope, locked, code, sentence)
    else:
        fail(tx, scope, locked, code, sentence)


def refresh(tx: Tx, lead_id: UUID) -> None:
    """Let the conversation say whether it has a draft, one to look at, and whether a send needs a person."""
    tx.flush()
    tx.execute(_REFRESH, {"lead_id": lead_id, "now": clock.now(), "settled": sorted(SETTLED)})


def _change(row: OutboundMessage, status: OutboundStatus, code: str | None, sentence: str | None) -> None:
    row.status, row.error_code, row.error, row.updated_at = status, code, sentence, clock.now()


def _give_back(tx: Tx, locked: Locked, error: str | None = None) -> None:
    """Let the draft wait for a person again, unless it no longer fits."""
    if locked.lead.status == LeadStatus.BLACKLISTED:
        _settle(locked.draft, DraftStatus.REJECTED, rejected_reason="The lead is blacklisted.")
    elif newer_reply(tx, locked.lead.id, locked.draft):
        _settle(locked.draft, DraftStatus.REJECTED, rejected_reason="The lead wrote again.")
    else:
        _settle(locked.draft, DraftStatus.PENDING, error=error)


def _settle(draft: Draft | None, status: DraftStatus, *, rejected_reason: str | None = None, error: str | None = None) -> None:
    if draft is not None and draft.status in (DraftStatus.SENDING, DraftStatus.PENDING):
        draft.status, draft.rejected_reason, draft.error, draft.updated_at = status, rejected_reason, error, clock.now()
