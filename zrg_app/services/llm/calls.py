"""Which models were asked lately, for what, how did it end, and what did it cost? Reads of the ledger; it holds no texts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.errors import Invalid
from zrg_app.kit.scope import Scope
from zrg_app.services.llm.spending import LOST_AFTER
from zrg_app.services.llm.views import CallPage, CallRow, CallSum, CallSums

PAGE = 50
DAYS = 7
MOST_PURPOSES = 30
OUTCOMES = ("", "error", "success", "running")

_PAGE = """
select i.*, l.first_name, l.last_name, l.email from ai_interaction i left join lead l on l.id = i.lead_id
where i.workspace_id = %(workspace)s and (%(purpose)s = '' or i.purpose = %(purpose)s)
  and (%(outcome)s = '' or i.status = %(outcome)s)
  and (%(at)s::timestamptz is null or (i.created_at, i.id) < (%(at)s::timestamptz, %(id)s::uuid))
order by i.created_at desc, i.id desc limit %(limit)s
"""
_SUMS = """
select {name} as name, count(*) as calls, count(*) filter (where i.status = 'error') as errors,
       sum(i.input_tokens + i.output_tokens) as tokens,
       coalesce(sum(i.cost_usd) filter (where i.status <> 'running'), 0) as cost,
       coalesce(avg(i.latency_ms) filter (where i.status = 'success'), 0) as latency
from ai_interaction i join workspace_settings s on s.workspace_id = i.workspace_id
where i.workspace_id = %(workspace)s and i.created_at >= %(since)s group by 1 order by {order} limit %(limit)s
"""
_BY_DAY = _SUMS.format(name="to_char(i.created_at at time zone s.timezone, 'YYYY-MM-DD')", order="1 desc")
_BY_PURPOSE = _SUMS.format(name="i.purpose", order="5 desc, 2 desc, 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """Which calls are wanted; empty means all. `outcome` is one of OUTCOMES."""

    purpose: str = ""
    outcome: str = ""


def page(tx: Tx, scope: Scope, wanted: CallFilter, *, after: str = "") -> CallPage:
    """The newest calls, or those after a cursor. Raises Invalid for a cursor that is not ours."""
    at, row_id = _position(after)
    rows = fetch_all(tx, _PAGE, {"workspace": scope.workspace_id, "purpose": wanted.purpose, "outcome": wanted.outcome, "at": at,
                                 "id": row_id, "limit": PAGE + 1})
    shown = rows[:PAGE]
    cursor = f"{shown[-1]['created_at'].isoformat()}|{shown[-1]['id']}" if len(rows) > PAGE else ""
    return CallPage(rows=tuple(map(_row, shown)), next_cursor=cursor)


def sums(tx: Tx, scope: Scope, *, days: int = DAYS) -> CallSums:
    """Sums of the last days, per day in the workspace's zone and per purpose."""
    asked = {"workspace": scope.workspace_id, "since": clock.now() - timedelta(days=days)}
    return CallSums(days=tuple(map(_sum, fetch_all(tx, _BY_DAY, asked | {"limit": days + 1}))),
                    purposes=tuple(map(_sum, fetch_all(tx, _BY_PURPOSE, asked | {"limit": MOST_PURPOSES}))))


def dollars(amount: Decimal | float) -> str:
    """An amount for people: cents, and more digits where cents say nothing."""
    if not amount:
        return "$0"
    return f"${amount:,.2f}" if amount >= 1 else f"${amount:.4f}" if amount >= Decimal("0.00005") else "< $0.0001"


def _row(row: dict) -> CallRow:
    name = " ".join(filter(None, (row["first_name"], row["last_name"]))) or row["email"] or ""
    lost = row["status"] == "running" and row["created_at"] < clock.now() - LOST_AFTER
    return CallRow(
        id=str(row["id"]), at=row["created_at"].isoformat(), purpose=row["purpose"], prompt_key=row["prompt_key"],
        prompt_hash=row["prompt_hash"], model=row["model"], status="error" if lost else row["status"],
        reason="lost" if lost else row["error_category"] or "",
        error="The process that asked was stopped before the answer came." if lost else row["error"] or "",
        lead_id=str(row["lead_id"] or ""), lead_name=name or ("A lead" if row["lead_id"] else ""),
        input_tokens=row["input_tokens"], output_tokens=row["output_tokens"], reasoning_tokens=row["reasoning_tokens"],
        seconds=f"{row['latency_ms'] / 1000:.1f}", cost="" if row["status"] == "running" else dollars(row["cost_usd"]),
        request_id=row["request_id"] or "")


def _sum(row: dict) -> CallSum:
    share = row["errors"] / row["calls"] if row["calls"] else 0
    return CallSum(name=row["name"], calls=row["calls"], errors=row["errors"], tokens=int(row["tokens"] or 0),
                   error_share=f"{share:.0%}" if not 0 < share < 0.01 else "< 1%", cost=dollars(row["cost"]),
                   seconds=f"{float(row['latency']) / 1000:.1f}")


def _position(cursor: str) -> tuple[datetime | None, UUID | None]:
    if not cursor:
        return None, None
    try:
        at, row_id = cursor.split("|")
        return datetime.fromisoformat(at), UUID(row_id)
    except ValueError as error:
        raise Invalid("That cursor is not one of ours; start again without it.") from error
