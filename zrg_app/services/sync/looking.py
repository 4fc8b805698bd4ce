"""Which messages never had a webhook? A timer asks the providers for what is recent; what is missing enters the ledger as recovered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations import registry
from zrg_app.integrations.base import Account, Event
from zrg_app.kit import clock, db, logs
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import ProviderBusy, ProviderLocked, ProviderRefused
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import ConnectionStatus, IdentityKind
from zrg_app.services import connections, events, jobs, reading
from zrg_app.services.inbound import recovered, understand_event
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import BULK_PRIORITY, NORMAL_PRIORITY
from zrg_app.services.leads import identity
from zrg_app.services.leads.matching import Identity
from zrg_app.services.sync import policy
from zrg_app.services.sync.importing import heal, known_rows, lock
from zrg_app.services.sync.queries import readable_providers

log = logs.get_logger()

# The first look goes a day back, later ones a little behind the last; webhooks get a few minutes to arrive by themselves.
FIRST, OVERLAP, FURTHEST = timedelta(days=1), timedelta(minutes=30), timedelta(days=7)
GRACE = timedelta(minutes=3)

_CONNECTED = """
select workspace_id, provider from connection where provider = any(%(providers)s) and status <> %(locked)s
order by workspace_id, provider
"""
_LAST = "select looked_until from provider_look where workspace_id = %(workspace)s and provider = %(provider)s"
_UNREAD = "select min(received_at) from webhook_event where workspace_id = %(workspace)s and provider = %(provider)s and status = 'PENDING'"
_KNOWN = """
select external_id, dedupe_key from message
where workspace_id = %(workspace)s and (provider = %(provider)s and external_id = any(%(ids)s) or dedupe_key = any(%(keys)s))
"""
_LOOKED = text("""
insert into provider_look as l (workspace_id, provider, looked_until, looked_at, recovered, error)
values (:workspace_id, :provider, :until, :now, :recovered, :error)
on conflict (workspace_id, provider) do update set
  looked_until = coalesce(excluded.looked_until, l.looked_until), looked_at = excluded.looked_at,
  recovered = l.recovered + excluded.recovered, error = excluded.error
""")


@job("sync.look")
def look(tx: Tx, scope: Scope) -> dict:
    """Have every connected provider that can be asked looked through, each as a job of its workspace."""
    able = [declared.slug for declared in registry.PROVIDERS if declared.recent]
    found = fetch_all(tx, _CONNECTED, {"providers": able, "locked": ConnectionStatus.LOCKED})
    turn = int(clock.now().timestamp()) // 60
    for row in found:
        jobs.enqueue(tx, scope.within(row["workspace_id"]), "sync.recover", provider=row["provider"],
                     dedupe_key=f"sync.recover:{row['workspace_id']}:{row['provider']}:{turn}")
    return {"asked": len(found)}


def look_here(tx: Tx, scope: Scope) -> int:
    """Have the providers of one workspace looked through now; returns how many are asked."""
    able = readable_providers(tx, scope, needs="recent")
    for provider in able:
        jobs.enqueue(tx, scope, "sync.recover", provider=provider, priority=NORMAL_PRIORITY)
    return len(able)


@job("sync.recover", tries=3, priority=BULK_PRIORITY)
def recover(scope: Scope, *, provider: str) -> dict:
    """Ask one provider for recent messages and take in what no webhook told, said in the ledger as recovered by sync."""
    now = clock.now()
    with db.transaction(scope) as tx:
        account = connections.account(tx, scope, provider)
        since, until = _since(tx, scope, provider, now), _until(tx, scope, provider, now)
    try:
        told = registry.provider(provider).recent(account, since)
    except (ProviderBusy, ProviderRefused, ProviderLocked) as error:
        # A provider that is busy is asked again at the next look, which reads from where this one would have.
        with db.transaction(scope) as tx:
            _note(tx, scope, provider, error=error.sentence)
            if isinstance(error, ProviderLocked):
                connections.mark_locked(tx, scope, provider, sentence=error.sentence)
        return {"refused": error.reason}
    missing = _missing(scope, provider, [event for event in told if (event.sent_at or now) <= until - GRACE])
    number = sum(_take_in(scope, account, event) for event in missing)
    with db.transaction(scope) as tx:
        _note(tx, scope, provider, until=until, recovered=number)
    if number:
        log.warning("sync.recovered", provider=provider, messages=number)
    return {"looked_at": len(told), "recovered": number}


def _since(tx: Tx, scope: Scope, provider: str, now: datetime) -> datetime:
    row = fetch_one(tx, _LAST, {"workspace": scope.workspace_id, "provider": provider})
    last = row["looked_until"] if row else None
    return max(last - OVERLAP, now - FURTHEST) if last else now - FIRST


def _until(tx: Tx, scope: Scope, provider: str, now: datetime) -> datetime:
    # What was told and is not understood yet is not missing; in a flood those are minutes of webhooks.
    unread = fetch_one(tx, _UNREAD, {"workspace": scope.workspace_id, "provider": provider})["min"]
    return min(now, unread) if unread else now


def _missing(scope: Scope, provider: str, told: Sequence[Event]) -> tuple[Event, ...]:
    """What is not in any thread yet, in the order to tell it in; rows that only lacked the id get it."""
    with db.transaction(scope) as tx:
        rows = fetch_all(tx, _KNOWN, {
            "workspace": scope.workspace_id, "provider": provider, "keys": [event.dedupe_key for event in told],
            "ids": [event.external_id for event in told if event.external_id]})
        known = {value for row in rows for value in (row["external_id"], row["dedupe_key"])}
        unknown = [event for event in told if event.external_id not in known and event.dedupe_key not in known]
        by_lead: dict[UUID | None, list[Event]] = {}
        shares_ids, names = registry.provider(provider).shares_ids, frozenset(map(policy.name_of, told))
        for event in unknown:
            by_lead.setdefault(_lead_of(tx, scope, event), []).append(event)
        rest = by_lead.pop(None, [])
        for lead_id, theirs in sorted(by_lead.items()):
            if lock(tx, scope, lead_id):
                wanted = policy.plan(known_rows(tx, scope, lead_id, provider), theirs, shares_ids=shares_ids, told=names)
                heal(tx, scope, lead_id, wanted.heal)
                rest += wanted.new
    return policy.plan((), rest).new


def _lead_of(tx: Tx, scope: Scope, event: Event) -> UUID | None:
    wanted = [Identity(kind, value) for kind, value in event.person.identities.items() if value]
    email = reading.normalize_email(event.person.email or "")
    wanted += [Identity(IdentityKind.EMAIL, email)] if email else []
    return next((known.lead_id for known in identity.read(tx, scope, wanted)), None)


def _take_in(scope: Scope, account: Account, event: Event) -> int:
    complete = registry.provider(account.provider).complete
    kept = recovered.keep(scope, account.provider, complete(account, event) if complete else event)
    with db.transaction(scope) as tx:
        # The row has a job of its own; it finds this done, and does it should we fall over here.
        understand_event(tx, scope, webhook_event_id=kept.event_id)
    return int(kept.is_new)


def _note(tx: Tx, scope: Scope, provider: str, *, until: datetime | None = None, recovered: int = 0, error: str = "") -> None:
    tx.execute(_LOOKED, {"workspace_id": scope.workspace_id, "provider": provider, "until": until, "now": clock.now(),
                         "recovered": recovered, "error": error or None})
    events.tell_screens(tx, scope, ("operations",))
