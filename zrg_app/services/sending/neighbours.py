# ruff: noqa: E501
"""What do we ask of the domains below until they are merged? Same names and signatures as theirs; this file then goes."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text

from zrg_app.integrations import registry
from zrg_app.integrations.base import Account, Event
from zrg_app.kit import clock, vault
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Connection, Lead, Message
from zrg_app.services import events


@dataclass(frozen=True, slots=True)
class Inserted:
    message_id: UUID
    is_new: bool


def account(tx: Tx, scope: Scope, provider: str) -> Account:
    row = _connection(tx, scope, provider)
    if row is None:
        raise NotFound("It is not connected.")
    declared = registry.provider(provider)
    return Account(provider=provider, workspace_id=str(scope.workspace_id), external_id=row.external_id,
                   base_url=row.base_url or settings().provider_url(provider, declared.vendor_url),
                   credentials=vault.unseal(row.credentials), options=row.options)


def mark_locked(tx: Tx, scope: Scope, provider: str, *, sentence: str) -> None:
    row = _connection(tx, scope, provider)
    if row is not None:
        row.status, row.last_error, row.updated_at = "locked", sentence, clock.now()
        events.record(tx, scope, events.ConnectionChanged(provider=provider, change="locked", detail=sentence))


def touch_send(tx: Tx, scope: Scope, provider: str) -> None:
    row = _connection(tx, scope, provider)
    if row is not None:
        row.last_send_at = clock.now()


def block_sms(tx: Tx, scope: Scope, lead_id: UUID, *, reason: str) -> None:
    lead = tx.get(Lead, lead_id)
    lead.sms_dnd, lead.sms_dnd_at, lead.sms_dnd_reason = True, clock.now(), reason
    events.record(tx, scope, events.SmsBlocked(lead_id=lead_id, reason=reason))


def insert(tx: Tx, scope: Scope, lead_id: UUID, event: Event, *, provider: str, webhook_event_id: UUID | None) -> Inserted:
    known = tx.scalar(select(Message.id).where(Message.workspace_id == scope.workspace_id, Message.dedupe_key == event.dedupe_key))
    if known:
        return Inserted(known, False)
    row = Message(workspace_id=scope.workspace_id, lead_id=lead_id, channel=event.channel, direction="outbound", provider=provider,
                  external_id=event.external_id, dedupe_key=event.dedupe_key, subject=event.subject, body=event.text or "",
                  to_address=event.to_address, to_name=event.to_name, cc=list(event.cc), thread=dict(event.thread),
                  sent_at=event.sent_at or clock.now(), sent_by="elsewhere", delivery="delivered", webhook_event_id=webhook_event_id)
    tx.add(row)
    tx.flush()
    return Inserted(row.id, True)


def roll_up(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    tx.execute(text(
        "update conversation set last_message_at = m.sent_at, last_direction = m.direction, channel = m.channel, "
        "snippet = left(m.body, 160), last_outbound_at = m.sent_at, needs_reply = m.direction = 'inbound', message_count = "
        "(select count(*) from message where lead_id = :lead_id), updated_at = :now from (select * from message "
        "where lead_id = :lead_id order by sent_at desc, id desc limit 1) m where conversation.lead_id = :lead_id"),
        {"lead_id": lead_id, "now": clock.now()})


def _connection(tx: Tx, scope: Scope, provider: str) -> Connection | None:
    return tx.scalar(select(Connection).where(Connection.workspace_id == scope.workspace_id, Connection.provider == provider))
