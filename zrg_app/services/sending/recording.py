"""What becomes true when a provider has accepted a message? Thread, draft, identities and connection, in one transaction."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete, select, update

from zrg_app.integrations.base import Event, Person, Receipt
from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx, driver
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import Scope
from zrg_app.models import Attachment, Message, OutboundMessage, OutgoingFile
from zrg_app.models.vocabulary import DraftStatus, OutboundStatus
from zrg_app.services import connections, events
from zrg_app.services.inbox import fates, ingest
from zrg_app.services.sending import passage, policy
from zrg_app.services.sending.sms import taken

log = get_logger()

_LEARN = """
insert into lead_identity (id, workspace_id, lead_id, kind, value, is_primary, created_at)
values (%s, %s, %s, %s, %s, false, %s) on conflict (workspace_id, kind, value) do nothing
"""


def accepted(tx: Tx, scope: Scope, outbound_id: UUID, receipt: Receipt) -> UUID | None:
    """Record that the provider has the message; its id in the thread, or None when that was recorded before.

    Also right for a message we had given up on: what the provider says outweighs what we feared.
    """
    locked = passage.lock(tx, outbound_id)
    row = locked.row
    if row.status == OutboundStatus.SENT:
        return None
    if row.status == OutboundStatus.CANCELLED:
        log.error("sending.accepted_after_cancel", outbound_id=str(outbound_id))
    if receipt.message_id and receipt.message_id in claimed_elsewhere(tx, row):
        # A provider that names no message has its history guessed at: the name belongs to another mail of the same words.
        receipt = replace(receipt, message_id=None)
    now = clock.now()
    row.status, row.sent_at, row.updated_at = OutboundStatus.SENT, row.attempted_at or now, now
    row.provider_message_id, row.error_code, row.error = receipt.message_id, None, None
    message_id = _into_thread(tx, scope, row, receipt)
    _settle_draft(locked)
    for kind, value in receipt.identities.items():
        driver(tx).execute(_LEARN, (ids.new_id(), row.workspace_id, row.lead_id, kind, value, now))
    connections.touch_send(tx, scope, row.provider)
    tx.flush()
    passage.refresh(tx, row.lead_id)
    events.record(tx, scope, events.MessageSent(
        lead_id=row.lead_id, outbound_id=row.id, message_id=message_id, channel=row.channel))
    return message_id


def claimed_elsewhere(tx: Tx, row: OutboundMessage) -> frozenset[str]:
    """The provider message ids that belong to other messages of this outbox to the same lead."""
    return frozenset(tx.scalars(select(OutboundMessage.provider_message_id).where(
        OutboundMessage.lead_id == row.lead_id, OutboundMessage.provider == row.provider, OutboundMessage.id != row.id,
        OutboundMessage.provider_message_id.is_not(None))))


def _into_thread(tx: Tx, scope: Scope, row: OutboundMessage, receipt: Receipt) -> UUID:
    event = Event(
        kind="outbound", channel=row.channel, person=Person(), dedupe_key=_dedupe_key(row, receipt),
        external_id=receipt.message_id, text=row.body, subject=row.subject, to_address=row.to_address, to_name=row.to_name,
        cc=tuple(row.cc), sent_at=row.sent_at, thread=receipt.thread)
    inserted = ingest.insert(tx, scope, row.lead_id, event, provider=row.provider, outbound_id=row.id)
    # The provider's webhook about our own message may have come first: then its row becomes ours.
    tx.execute(update(Message).where(Message.id == inserted.message_id).values(
        body=row.body, outbound_id=row.id, draft_id=row.draft_id, sent_by=row.sent_by, sent_by_user=row.sent_by_user))
    _show_files(tx, row, inserted.message_id)
    fates.catch_up(tx, scope, _dedupe_key(row, receipt))
    ingest.roll_up(tx, scope, row.lead_id)
    return inserted.message_id


def _show_files(tx: Tx, row: OutboundMessage, message_id: UUID) -> None:
    sent = tx.execute(select(OutgoingFile.id, OutgoingFile.name, OutgoingFile.content_type, OutgoingFile.size_bytes).where(
        OutgoingFile.outbound_id == row.id).order_by(OutgoingFile.id)).all()
    if not sent:
        return
    # A webhook about our own message may have named the provider's copies of the same files.
    tx.execute(delete(Attachment).where(Attachment.message_id == message_id))
    tx.add_all(Attachment(workspace_id=row.workspace_id, message_id=message_id, file_name=file.name, size_bytes=file.size_bytes,
                          content_type=file.content_type, file_id=file.id) for file in sent)
    tx.flush()


def _dedupe_key(row: OutboundMessage, receipt: Receipt) -> str:
    return f"{row.provider}:{receipt.message_id}" if receipt.message_id else f"outbound:{row.id}"


def _settle_draft(locked: passage.Locked) -> None:
    draft, row = locked.draft, locked.row
    if draft is None:
        return
    draft.disposition = policy.disposition(row.sent_by, row.body, taken(row.channel, draft.original_body))
    draft.status, draft.error, draft.rejected_reason = DraftStatus.APPROVED, None, None
    draft.decided_by, draft.decided_at, draft.updated_at = row.sent_by_user, clock.now(), clock.now()
