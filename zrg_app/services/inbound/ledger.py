"""How is a webhook kept? One row with the raw body and the job that will understand it, in one statement."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zrg_app.kit import db, ids
from zrg_app.kit.scope import Actor, Scope
from zrg_app.models.vocabulary import WebhookStatus
from zrg_app.services.jobs import registered
from zrg_app.services.jobs.registry import NORMAL_PRIORITY

# The row, its repeats and its job are one statement: four statements in turn cost twice as much (PERFORMANCE section 3).
KEEP_WEBHOOK = """
with repeated as (
  update webhook_event set deliveries = deliveries + 1
  where workspace_id = %(workspace_id)s and dedupe_key = %(earlier_key)s and received_at > %(repeats_since)s
  returning id
), kept as (
  insert into webhook_event (id, workspace_id, provider, event_type, dedupe_key, status, reason, body, content_type, received_at,
                             processed_at, recovered)
  select %(id)s, %(workspace_id)s, %(provider)s, %(event_type)s, %(dedupe_key)s, %(status)s, %(reason)s, %(body)s,
         %(content_type)s, %(now)s, case when %(status)s = 'PENDING' then null else %(now)s::timestamptz end, %(recovered)s
  where not exists (select from repeated)
  on conflict (workspace_id, dedupe_key) do update set deliveries = webhook_event.deliveries + 1
  returning id, deliveries = 1 as is_new
), job as (
  insert into background_job (id, workspace_id, kind, queue, status, priority, run_at, max_attempts, payload, lead_id,
                              correlation_id, created_at)
  select %(job_id)s, %(workspace_id)s, 'inbound.understand_event', %(queue)s, 'PENDING', %(priority)s, %(now)s, %(tries)s,
         jsonb_build_object('webhook_event_id', kept.id), (
           select lead_id from lead_identity
           where workspace_id = %(workspace_id)s and kind = %(identity_kind)s and value = %(identity)s
         ), kept.id::text, %(now)s
  from kept where is_new and %(status)s = 'PENDING'
)
select id, is_new from kept union all select id, false from repeated
"""
# Repeats that straddle the turn of a minute would not see each other's uncommitted row.
_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A webhook as the door read it. `ignored` is the reason it has no effect; then no job is made.

    `identity` (kind and id at the provider) lets the job wait for others of the same lead. `earlier_key` is the dedupe key
    it would have had before the last turn of the minute, valid for rows received since `repeats_since`; `turn` names what
    must be taken one at a time around that turn. `recovered` is no webhook but what the provider's own lists told.
    """

    workspace_id: UUID
    provider: str
    event_type: str
    dedupe_key: str
    body: bytes
    content_type: str | None
    received_at: datetime
    identity: tuple[str, str | None]
    is_reply: bool
    ignored: str | None = None
    earlier_key: str | None = None
    repeats_since: datetime | None = None
    turn: str | None = None
    recovered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The ledger row of a delivery, and whether this delivery made it."""

    event_id: UUID
    is_new: bool


def keep(delivery: Delivery) -> Kept:
    """Write `delivery` durably, with its job; a repeat only counts up. Committed when this returns."""
    scope = Scope(actor=Actor(kind="provider", name=delivery.provider), workspace_id=delivery.workspace_id)
    turn = [(_ONE_AT_A_TIME, (f"{delivery.workspace_id}{delivery.turn}",))] if delivery.turn else []
    ((event_id, is_new),) = db.at_once(scope, *turn, (KEEP_WEBHOOK, _values(delivery)))
    return Kept(event_id=event_id, is_new=is_new)


def _values(delivery: Delivery) -> dict[str, object]:
    job = registered("inbound.understand_event")
    return {
        "id": ids.new_id(), "job_id": ids.new_id(), "workspace_id": delivery.workspace_id, "provider": delivery.provider,
        "event_type": delivery.event_type, "dedupe_key": delivery.dedupe_key, "earlier_key": delivery.earlier_key,
        "repeats_since": delivery.repeats_since, "status": WebhookStatus.IGNORED if delivery.ignored else WebhookStatus.PENDING,
        "reason": delivery.ignored, "body": delivery.body, "content_type": (delivery.content_type or "")[:200] or None,
        "now": delivery.received_at, "queue": job.queue, "tries": job.tries,
        "priority": job.priority if delivery.is_reply else NORMAL_PRIORITY,
        "identity_kind": delivery.identity[0], "identity": delivery.identity[1],
        "recovered": delivery.recovered}
