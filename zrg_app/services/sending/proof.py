"""Did every message leave once? Counted per key, with those that are not plain, and whose fate nobody knows yet."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services.sending.queries import send_once
from zrg_app.services.sending.views import SendOnce

MOST_SHOWN = 100

# One key is one wish of a person or of the AI: what it led to is counted at the provider's ids and in the threads.
_PER_KEY = """
select o.idempotency_key as key, count(*) filter (where o.status = 'sent') as accepted,
       count(distinct o.provider_message_id) as named, count(m.id) as messages
from outbound_message o left join message m on m.outbound_id = o.id
where o.workspace_id = :workspace_id group by o.idempotency_key
"""
_COUNTED = text(f"""
select count(*), count(*) filter (where accepted = 0), count(*) filter (where accepted = 1 and messages = 1),
       count(*) filter (where accepted > 1 or messages > 1 or accepted <> messages)
from ({_PER_KEY}) per_key
""")
_WRONG = text(f"""
select key, accepted, named, messages from ({_PER_KEY}) per_key
where accepted > 1 or messages > 1 or accepted <> messages order by key limit :most
""")
_DOUBTFUL = text("""
select o.id, o.lead_id, trim(l.first_name || ' ' || l.last_name) as name, o.channel, o.status, o.provider, left(o.body, 160) as body,
       coalesce(o.to_name, o.to_address, '') as recipient, coalesce(o.error, '') as reason, o.attempts, o.attempted_at, o.created_at
from outbound_message o join lead l on l.id = o.lead_id
where o.workspace_id = :workspace_id and (o.status = 'checking' or o.status = 'failed' and o.error_code = 'unknown_outcome')
order by coalesce(o.attempted_at, o.created_at) limit :most
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCount:
    """A key that did not lead to exactly one message: how often it was accepted, named by the provider, and is in threads."""

    key: str
    accepted: int
    named: int
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A message whose fate is unknown: `is_looking` while the provider's history is read, else it waits for a person."""

    outbound_id: str
    lead_id: str
    lead_name: str
    channel: str
    provider: str
    recipient: str
    body: str
    reason: str
    attempts: int
    is_looking: bool
    tried_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The proof of a workspace: `keys` in all, those that `never` left, left `once`, and are `wrong`; `doubtful` are listed apart."""

    keys: int
    never: int
    once: int
    wrong: tuple[KeyCount, ...]
    doubtful: tuple[Doubtful, ...]
    totals: SendOnce
    holds: bool


def proof(tx: Tx, scope: Scope) -> Proof:
    """Count the sends of the workspace per key."""
    values = {"workspace_id": scope.workspace_id, "most": MOST_SHOWN}
    keys, never, once, wrong = tx.execute(_COUNTED, values).one()
    listed = tuple(KeyCount(**row._mapping) for row in tx.execute(_WRONG, values)) if wrong else ()
    totals = send_once(tx, scope)
    return Proof(keys=keys, never=never, once=once, wrong=listed, doubtful=doubtful(tx, scope), totals=totals,
                 holds=totals.holds and not wrong)


def doubtful(tx: Tx, scope: Scope) -> tuple[Doubtful, ...]:
    """The messages of the workspace whose fate is unknown, the oldest first."""
    rows = tx.execute(_DOUBTFUL, {"workspace_id": scope.workspace_id, "most": MOST_SHOWN})
    return tuple(Doubtful(
        outbound_id=str(row.id), lead_id=str(row.lead_id), lead_name=row.name or row.recipient, channel=row.channel,
        provider=row.provider, recipient=row.recipient, body=row.body, reason=row.reason, attempts=row.attempts,
        is_looking=row.status == "checking", tried_at=(row.attempted_at or row.created_at).isoformat()) for row in rows)


def decide(tx: Tx, scope: Scope, action: Callable[[Tx, Scope, UUID], None], outbound_id: UUID) -> Proof:
    """Do what a person decided of a doubtful message, then count again."""
    action(tx, scope, outbound_id)
    return proof(tx, scope)
