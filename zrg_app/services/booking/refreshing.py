"""When is the workspace's calendar free? Its provider is asked on a timer and when somebody needs to know, between two transactions."""

import json
from datetime import datetime, timedelta

from zrg_app.integrations import registry
from zrg_app.integrations.base import Account
from zrg_app.kit import clock, db, logs
from zrg_app.kit.db import Tx, driver, fetch_all
from zrg_app.kit.errors import NotFound, ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import ConnectionStatus
from zrg_app.services import connections, events, jobs
from zrg_app.services.booking.views import FreeTimesView
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import BULK_PRIORITY, NORMAL_PRIORITY

log = logs.get_logger()

AHEAD = timedelta(days=28)
FRESH = timedelta(minutes=15)
# One question is under way at most; a lost one is asked again after this.
ASKED = timedelta(minutes=2)
MOST_SLOTS = 2000
DEFAULT_MINUTES = 30

_CONNECTED = """
select workspace_id, provider from connection
where provider = any(%(providers)s) and options -> 'calendar' ->> 'id' <> '' and status <> %(locked)s order by workspace_id, provider
"""
_OUTDATED = """
select c.provider from connection c left join availability a using (workspace_id, provider)
where c.workspace_id = %(workspace)s and c.provider = any(%(providers)s) and c.options -> 'calendar' ->> 'id' <> ''
  and c.status <> %(locked)s and coalesce(a.fetched_at, '-infinity') < %(fresh)s and coalesce(a.wanted_at, '-infinity') < %(asked)s
"""
_WANTED = """
insert into availability (workspace_id, provider, slots, minutes, wanted_at)
values (%(workspace)s, %(provider)s, '[]', %(minutes)s, %(now)s)
on conflict (workspace_id, provider) do update set wanted_at = excluded.wanted_at
"""
_READ = """
insert into availability (workspace_id, provider, slots, minutes, fetched_at)
values (%(workspace)s, %(provider)s, cast(%(slots)s as jsonb), %(minutes)s, %(now)s)
on conflict (workspace_id, provider) do update set slots = excluded.slots, minutes = excluded.minutes, fetched_at = excluded.fetched_at,
  wanted_at = null, error = null
"""
_FAILED = """
insert into availability (workspace_id, provider, slots, minutes, error)
values (%(workspace)s, %(provider)s, '[]', %(minutes)s, %(error)s)
on conflict (workspace_id, provider) do update set error = excluded.error, wanted_at = null
"""
_FORGET = "delete from availability where workspace_id = %(workspace)s and provider = %(provider)s"
_STANDING = "select provider, slots, fetched_at, error from availability where workspace_id = %(workspace)s order by provider"


@job("booking.refresh_all")
def refresh_all(tx: Tx, scope: Scope) -> dict:
    """Have the chosen calendar of every connected provider read, each as a job of its workspace."""
    found = fetch_all(tx, _CONNECTED, {"providers": _able(), "locked": ConnectionStatus.LOCKED})
    turn = int(clock.now().timestamp()) // 60
    for row in found:
        jobs.enqueue(tx, scope.within(row["workspace_id"]), "booking.refresh", provider=row["provider"], priority=BULK_PRIORITY,
                     dedupe_key=f"booking.refresh:{row['workspace_id']}:{row['provider']}:{turn}")
    return {"asked": len(found)}


@job("booking.refresh", tries=3)
def refresh(scope: Scope, *, provider: str) -> dict:
    """Ask one provider when the chosen calendar is free, and keep the answer, or in a sentence why there is none.

    What was read before stays; without a chosen calendar it is forgotten.
    """
    now = clock.now()
    with db.transaction(scope) as tx:
        account = _account(tx, scope, provider)
        if account is None:
            driver(tx).execute(_FORGET, {"workspace": scope.workspace_id, "provider": provider})
            return {"forgotten": True}
    calendar = _calendar(account)
    try:
        times = registry.provider(provider).free_times(account, str(calendar["id"]), now, now + AHEAD)
    except (ProviderBusy, ProviderDown, ProviderRefused, ProviderLocked) as error:
        with db.transaction(scope) as tx:
            _note(tx, scope, _FAILED, provider, error=error.sentence, minutes=_minutes(calendar))
        return {"refused": error.reason}
    with db.transaction(scope) as tx:
        still = _account(tx, scope, provider)
        # Another calendar was chosen meanwhile: its own question is under way.
        if still is None or _calendar(still).get("id") != calendar["id"]:
            return {"overtaken": True}
        slots = json.dumps([at.isoformat() for at in times[:MOST_SLOTS]])
        _note(tx, scope, _READ, provider, slots=slots, minutes=_minutes(calendar))
    log.info("booking.calendar_read", provider=provider, times=len(times))
    return {"times": len(times)}


def want(tx: Tx, scope: Scope) -> None:
    """Have calendars read again whose times are older than a quarter of an hour, once at a time."""
    now = clock.now()
    for row in fetch_all(tx, _OUTDATED, {"workspace": scope.workspace_id, "providers": _able(), "locked": ConnectionStatus.LOCKED,
                                         "fresh": now - FRESH, "asked": now - ASKED}):
        ask(tx, scope, row["provider"])


def ask(tx: Tx, scope: Scope, provider: str) -> None:
    """Have one calendar read now."""
    driver(tx).execute(_WANTED, {"workspace": scope.workspace_id, "provider": provider, "now": clock.now(), "minutes": DEFAULT_MINUTES})
    jobs.enqueue(tx, scope, "booking.refresh", provider=provider, priority=NORMAL_PRIORITY)


def read_anew(tx: Tx, scope: Scope, provider: str) -> None:
    """A connection was saved or removed: read its calendar, or forget it."""
    if registry.provider(provider).free_times:
        jobs.enqueue(tx, scope, "booking.refresh", provider=provider, priority=NORMAL_PRIORITY)


def standing(tx: Tx, scope: Scope) -> tuple[FreeTimesView, ...]:
    """How reading the calendars of the workspace stands."""
    now = clock.now()
    return tuple(FreeTimesView(
        provider=row["provider"], number=sum(datetime.fromisoformat(one) > now for one in row["slots"]), error=row["error"] or "",
        read_at=row["fetched_at"].isoformat() if row["fetched_at"] else "")
        for row in fetch_all(tx, _STANDING, {"workspace": scope.workspace_id}))


def _able() -> list[str]:
    return [declared.slug for declared in registry.PROVIDERS if declared.free_times]


def _account(tx: Tx, scope: Scope, provider: str) -> Account | None:
    """The account with a chosen calendar; None when there is none (any more)."""
    try:
        account = connections.account(tx, scope, provider)
    except NotFound:
        return None
    return account if registry.provider(provider).free_times and _calendar(account).get("id") else None


def _calendar(account: Account) -> dict:
    chosen = account.options.get("calendar")
    return dict(chosen) if isinstance(chosen, dict) else {}


def _minutes(calendar: dict) -> int:
    told = calendar.get("minutes")
    return told if type(told) is int else DEFAULT_MINUTES


def _note(tx: Tx, scope: Scope, statement: str, provider: str, **values: object) -> None:
    driver(tx).execute(statement, {"workspace": scope.workspace_id, "provider": provider, "now": clock.now(), **values})
    events.tell_screens(tx, scope, ("connections",))
