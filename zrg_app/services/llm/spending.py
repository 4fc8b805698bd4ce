"""How much of its day's money has a workspace spent on models, and may it start another call?

A day is a calendar day in the workspace's own time zone. Calls under way count at the most they can cost, so that many workers
at once cannot run past the limit together: what is left is handed out under a lock, and only the last call may exceed it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.scope import Scope

LOST_AFTER = timedelta(minutes=10)
Ruling = Literal["go", "wait", "stop"]

_LIMIT = "select daily_model_spend_limit_cents as cents, timezone from workspace_settings where workspace_id = %(workspace)s"
_LOCK = "select pg_advisory_xact_lock(hashtextextended('llm.spending ' || %(workspace)s::text, 0))"
_SPENT = """
select coalesce(sum(cost_usd) filter (where status <> 'running'), 0) as settled,
       coalesce(sum(cost_usd) filter (where status = 'running' and created_at > %(lost)s), 0) as under_way
from ai_interaction where workspace_id = %(workspace)s and created_at >= %(since)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendView:
    """The day's money so far, in dollars; `limit_usd` 0 means no limit. `resets_at` is ISO, `zone` names whose midnight it is."""

    spent_usd: float
    limit_usd: float
    is_reached: bool
    resets_at: str
    zone: str


def spend(tx: Tx, scope: Scope) -> SpendView:
    """What the workspace spent today, against its limit."""
    settings = fetch_one(tx, _LIMIT, {"workspace": scope.workspace_id}) or {"cents": 0, "timezone": "UTC"}
    zone = _zone(settings["timezone"])
    since = _midnight(clock.now(), zone)
    settled = _spent(tx, scope, since)["settled"]
    limit = Decimal(settings["cents"]) / 100
    return SpendView(spent_usd=float(settled), limit_usd=float(limit), is_reached=bool(limit) and settled >= limit, zone=zone.key,
                     resets_at=_midnight(since + timedelta(hours=36), zone).isoformat())


def ruling(tx: Tx, scope: Scope, most: Decimal) -> Ruling:
    """Whether a call that may cost `most` dollars can start now: "go", "wait" for others under way, or "stop" for today.

    With a limit this holds a lock until the caller commits its row, so that the next one sees it.
    """
    settings = fetch_one(tx, _LIMIT, {"workspace": scope.workspace_id})
    if not settings or not settings["cents"]:
        return "go"
    fetch_one(tx, _LOCK, {"workspace": scope.workspace_id})
    spent = _spent(tx, scope, _midnight(clock.now(), _zone(settings["timezone"])))
    return rule(limit=Decimal(settings["cents"]) / 100, settled=spent["settled"], under_way=spent["under_way"], most=most)


def rule(*, limit: Decimal, settled: Decimal, under_way: Decimal, most: Decimal) -> Ruling:
    """The ruling for these dollars. Alone, a call may start as long as anything is left, else small limits allowed nothing. Pure."""
    if settled >= limit:
        return "stop"
    return "go" if not under_way or settled + under_way + most <= limit else "wait"


def _spent(tx: Tx, scope: Scope, since: datetime) -> dict:
    return fetch_one(tx, _SPENT, {"workspace": scope.workspace_id, "since": since, "lost": clock.now() - LOST_AFTER})


def _midnight(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError):
        return ZoneInfo("UTC")
