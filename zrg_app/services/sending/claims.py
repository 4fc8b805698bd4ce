"""Who sends this message now? The short transactions before a provider is called."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from zrg_app.integrations.base import Account, Outgoing, Person
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Lead, OutboundMessage
from zrg_app.models.vocabulary import Channel, OutboundStatus
from zrg_app.services import connections, events, jobs
from zrg_app.services.sending import belonging, files, passage, policy, recording, situation

# Longer than a send usually takes at its slowest. One that takes longer still counts when it ends: `recording.accepted`
# takes a message in any state, and the looks that could lead to another try end two minutes after this.
LEASE = timedelta(seconds=60)
# Seconds after an unknown outcome at which the provider's history is read; the last one is past its settling time.
LOOKS = (3.0, 12.0, 45.0, 120.0)
# By how much a provider's clock may be behind ours. Too little, and what it took is not found and leaves again; as for too much, the
# same words to the same person that left shortly before by another way are what the lead was to read.
CLOCK_DIFFERENCE = timedelta(minutes=15)
_LOST_SIGHT = "We cannot look any more whether this left."


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is needed to call the provider: nothing of it is read from the database again during the call.

    `since` is when the message entered the outbox, by whatever clock: no attempt can be older.
    """

    outbound_id: UUID
    attempt: int
    provider: str
    account: Account
    outgoing: Outgoing
    since: datetime
    exclude: Collection[str] = ()


def claim(tx: Tx, scope: Scope, outbound_id: UUID) -> Claim | None:
    """Take a waiting message for one provider call, after asking the policy once more; None when there is nothing to call.

    A message that is already being sent belongs to another worker while its lease lasts; after that its fate is unknown.
    """
    locked = passage.lock(tx, outbound_id)
    row, now = locked.row, clock.now()
    if row.status == OutboundStatus.SENDING:
        _watch(tx, scope, row, now)
        return None
    if row.status != OutboundStatus.WAITING:
        return None
    if row.not_before > now:
        jobs.enqueue(tx, scope, "sending.send", run_at=row.not_before, lead_id=row.lead_id, outbound_id=row.id)
        return None
    decision = belonging.astray(tx, row) or policy.decide(situation.recheck(tx, locked.lead, row, locked.draft))
    if isinstance(decision, policy.Refusal):
        passage.hold(tx, scope, locked, decision.code, decision.sentence)
        return None
    account = _account(tx, scope, locked, "connection_locked")
    if account is None:
        return None
    row.status, row.attempts, row.attempted_at, row.updated_at = OutboundStatus.SENDING, row.attempts + 1, now, now
    row.error_code = row.error = None
    events.tell_screens(tx, scope, ("thread", "composer"), row.lead_id)
    return _claim(tx, row, locked.lead, account)


def begin_look(tx: Tx, scope: Scope, outbound_id: UUID) -> Claim | None:
    """What is needed to look a message up in the provider's history; None when its fate is known."""
    locked = passage.lock(tx, outbound_id)
    if locked.row.status != OutboundStatus.CHECKING:
        return None
    if refusal := belonging.astray(tx, locked.row):
        # Not to find it in another account would mean nothing, and would lead to a second try.
        passage.fail(tx, scope, locked, "unknown_outcome", f"{_LOST_SIGHT} {refusal.sentence.split('. ')[0]}.")
        return None
    account = _account(tx, scope, locked, "unknown_outcome")
    return _claim(tx, locked.row, locked.lead, account, exclude=recording.claimed_elsewhere(tx, locked.row)) if account else None


def _watch(tx: Tx, scope: Scope, row: OutboundMessage, now: datetime) -> None:
    expires_at = (row.attempted_at or row.updated_at) + LEASE
    if expires_at <= now:
        passage.doubt(tx, scope, row, now, "The worker stopped while the provider was being called.")
    else:
        jobs.enqueue(tx, scope, "sending.send", run_at=expires_at, lead_id=row.lead_id, outbound_id=row.id)


def _account(tx: Tx, scope: Scope, locked: passage.Locked, code: str) -> Account | None:
    try:
        return connections.account(tx, scope, locked.row.provider)
    except (Invalid, NotFound) as error:
        passage.fail(tx, scope, locked, code, error.sentence)
        return None


def _claim(tx: Tx, row: OutboundMessage, lead: Lead, account: Account, exclude: Collection[str] = ()) -> Claim:
    identities = situation.identities(tx, lead.id)
    if row.channel == Channel.SMS and row.thread.get("contact_id"):
        identities["ghl_contact"] = str(row.thread["contact_id"])
    person = Person(first_name=lead.first_name, last_name=lead.last_name, email=lead.email, phone=lead.phone,
                    linkedin_url=lead.linkedin_url, company=lead.company, timezone=lead.timezone, identities=identities)
    outgoing = Outgoing(
        idempotency_key=row.idempotency_key, channel=row.channel, body=row.body, subject=row.subject, to_address=row.to_address,
        to_name=row.to_name, cc=tuple(row.cc), thread=dict(row.thread), person=person,
        files=files.uploads(tx, row.id) if row.status == OutboundStatus.SENDING else ())
    return Claim(outbound_id=row.id, attempt=row.attempts, provider=row.provider, account=account, outgoing=outgoing,
                 since=row.created_at - CLOCK_DIFFERENCE, exclude=exclude)
