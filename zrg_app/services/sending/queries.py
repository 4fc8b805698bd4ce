"""What is on its way, what failed, how can a lead be answered, and did anything leave twice?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import namedtuple_row
from sqlalchemy import select, text

from zrg_app.integrations import registry
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.reads import Read, answer
from zrg_app.kit.scope import Scope
from zrg_app.models import OutboundMessage
from zrg_app.models.vocabulary import Channel, OutboundStatus, SentBy
from zrg_app.services.inbox.views import PendingSend, Way
from zrg_app.services.sending import ground, policy, situation
from zrg_app.services.sending.views import OutgoingView, SendOnce

CHANNELS = (Channel.EMAIL, Channel.SMS, Channel.LINKEDIN)
MOST_FAILED = 50
_UNFINISHED = (OutboundStatus.WAITING, OutboundStatus.SENDING, OutboundStatus.CHECKING)

_WAYS = f"""
{ground.GROUND}, {ground.PEOPLE}, l.first_name, l.last_name, l.email, l.phone, l.linkedin_url, l.current_replier_email,
       l.current_replier_name, l.facts, l.opted_out_at, l.sms_dnd, l.status, l.blacklist_reason
from lead l left join workspace_settings s on s.workspace_id = l.workspace_id
where l.id = %(lead)s and l.workspace_id = %(workspace)s
"""
_SEND_ONCE = text("""
select count(*) filter (where status = 'sent'),
       (select count(*) from message m where m.workspace_id = :workspace_id and m.outbound_id is not null),
       (select count(*) from (select from outbound_message where workspace_id = :workspace_id and provider_message_id is not null
                              group by provider, provider_message_id having count(*) > 1) twice),
       (select count(*) from (select from outbound_message where workspace_id = :workspace_id and status = 'sent'
                              and draft_id is not null group by draft_id having count(*) > 1) twice),
       count(*) filter (where status = 'checking' or status = 'failed' and error_code = 'unknown_outcome'),
       count(*) filter (where status in ('waiting', 'sending'))
from outbound_message where workspace_id = :workspace_id
""")
_USUAL_COPIES = text("""
select lower(copied) as address from (
  select cc from outbound_message where workspace_id = :workspace_id and channel = 'email' and sent_by = 'setter' and cc <> '{}'
  order by created_at desc limit 300) latest, unnest(cc) as copied
group by 1 order by count(*) desc, 1 limit 12
""")


def ways(tx: Tx, scope: Scope, lead_id: UUID) -> tuple[Way, ...]:
    """Whether and how a lead can be answered, per channel we can send on. Raises NotFound."""
    return answer(tx, ways_read(scope, lead_id))


def ways_read(scope: Scope, lead_id: UUID) -> Read[tuple[Way, ...]]:
    """What `ways` reads, to be asked together with other things."""
    return Read(_WAYS, {"lead": lead_id, "workspace": scope.workspace_id}, _ways, namedtuple_row)


def pending(tx: Tx, scope: Scope, lead_id: UUID) -> tuple[PendingSend, ...]:
    """The lead's messages that can still be undone, the next to leave first."""
    rows = _rows(tx, scope, lead_id, (OutboundStatus.WAITING,))
    return tuple(PendingSend(outbound_id=str(row.id), channel=row.channel, leaves_at=row.not_before.isoformat(), body=row.body)
                 for row in rows)


def outgoing(tx: Tx, scope: Scope, lead_id: UUID) -> tuple[OutgoingView, ...]:
    """The lead's messages that are not in the thread: waiting, being sent, being looked up, or failed; oldest first."""
    return tuple(_view(row) for row in _rows(tx, scope, lead_id, (*_UNFINISHED, OutboundStatus.FAILED)))


def failed(tx: Tx, scope: Scope, *, before: datetime | None = None, limit: int = MOST_FAILED) -> tuple[OutgoingView, ...]:
    """The workspace's failed messages, the last failure first; `before` pages on from its `created_at`."""
    wanted = select(OutboundMessage).where(
        OutboundMessage.workspace_id == scope.workspace_id, OutboundMessage.status == OutboundStatus.FAILED)
    if before is not None:
        wanted = wanted.where(OutboundMessage.created_at < before)
    rows = tx.scalars(wanted.order_by(OutboundMessage.created_at.desc()).limit(min(limit, MOST_FAILED)))
    return tuple(_view(row) for row in rows)


def find(tx: Tx, scope: Scope, outbound_id: UUID) -> OutgoingView:
    """One message of the outbox, in whatever state (`state` may then be sent or cancelled too). Raises NotFound."""
    row = tx.scalar(select(OutboundMessage).where(
        OutboundMessage.id == outbound_id, OutboundMessage.workspace_id == scope.workspace_id))
    if row is None:
        raise NotFound("There is no such message.")
    return _view(row)


def usual_copies(tx: Tx, scope: Scope) -> tuple[str, ...]:
    """Whom the workspace copied most in its last mails."""
    return tuple(tx.scalars(_USUAL_COPIES, {"workspace_id": scope.workspace_id}))


def send_once(tx: Tx, scope: Scope) -> SendOnce:
    """Count whether every accepted message of the workspace is in its thread exactly once."""
    sent, messages, twice, per_draft, unknown, unfinished = tx.execute(_SEND_ONCE, {"workspace_id": scope.workspace_id}).one()
    return SendOnce(sent=sent, messages=messages, twice=twice, twice_per_draft=per_draft, unknown=unknown, unfinished=unfinished)


def _ways(rows: Sequence[Any]) -> tuple[Way, ...]:
    if not rows:
        raise NotFound("There is no such lead.")
    (lead,) = rows
    found = ground.ground_from(lead)
    return tuple(_way(found, lead, channel) for channel in CHANNELS
                 if channel != Channel.LINKEDIN or situation.is_on_linkedin(found, lead))


def _way(found: ground.Ground, lead: Any, channel: str) -> Way:
    seen = situation.seen_from(found, lead, channel, sent_by=SentBy.SETTER)
    decision = policy.decide(seen.facts)
    possible = isinstance(decision, policy.Allowed)
    provider = registry.provider(seen.provider) if seen.provider else None
    return Way(channel=channel, possible=possible, reason="" if possible else decision.sentence, to_address=seen.to_address or "",
               to_name=seen.to_name or "", cc=", ".join(seen.cc), sender=seen.sender, provider=provider.title if provider else "",
               no_files=seen.no_files, no_copies=(provider and provider.no_copies) or "",
               no_other_recipient=(provider and provider.no_other_recipient) or "",
               people=tuple(filter(None, lead.people)) if channel == Channel.EMAIL else ())


def _rows(tx: Tx, scope: Scope, lead_id: UUID, states: Sequence[str]) -> Sequence[OutboundMessage]:
    return tx.scalars(select(OutboundMessage).where(
        OutboundMessage.lead_id == lead_id, OutboundMessage.workspace_id == scope.workspace_id,
        OutboundMessage.status.in_(states)).order_by(OutboundMessage.not_before, OutboundMessage.id)).all()


def _view(row: OutboundMessage) -> OutgoingView:
    return OutgoingView(
        outbound_id=str(row.id), lead_id=str(row.lead_id), channel=row.channel, state=row.status, body=row.body,
        to=row.to_name or row.to_address or "", code=row.error_code or "", reason=row.error or "",
        leaves_at=row.not_before.isoformat(), created_at=row.created_at.isoformat(), by_ai=row.sent_by == SentBy.AI,
        can_undo=row.status == OutboundStatus.WAITING, can_retry=row.status == OutboundStatus.FAILED)
