"""What did providers tell us, and what became of it? The ledger, page by page."""

from datetime import timedelta
from uuid import UUID

from zrg_app.integrations import registry
from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import WebhookStatus
from zrg_app.services.inbound.raw import readable
from zrg_app.services.inbound.views import RawWebhook, WebhookCounts, WebhookFilter, WebhookPage, WebhookRow
from zrg_app.services.inbox import cursor

PAGE = 50
COUNTED = timedelta(days=7)
KINDS = ("", "unknown", "recovered")
# What a parser says of a body it knows nothing of; events we know and do not need have other reasons.
UNKNOWN = "(status = 'IGNORED' and reason ~ '^(unknown|missing|not_understood)')"

_COLUMNS = """id, provider, event_type, status, reason, last_error, received_at, processed_at, deliveries, recovered"""
_PAGE = """
select {columns} from webhook_event where {conditions} order by received_at desc, id desc limit %(limit)s
"""
_COUNTS = f"""
select count(*) filter (where status = 'PENDING') as pending, count(*) filter (where status = 'SUCCEEDED') as succeeded,
       count(*) filter (where status = 'IGNORED') as ignored, count(*) filter (where status = 'FAILED') as failed,
       count(*) filter (where {UNKNOWN}) as unknown, count(*) filter (where recovered) as recovered
from webhook_event where workspace_id = %(workspace)s and received_at > %(since)s
"""
_REASONS = """
select reason from webhook_event where workspace_id = %(workspace)s and received_at > %(since)s and reason <> ''
group by reason order by count(*) desc, reason limit 30
"""
_ONE = f"select {_COLUMNS}, body from webhook_event where id = %(id)s and workspace_id = %(workspace)s"


def webhook_page(tx: Tx, scope: Scope, wanted: WebhookFilter | None = None, *, after: str = "", limit: int = PAGE) -> WebhookPage:
    """One page of the workspace's ledger, newest first, after the cursor. Raises Invalid for an unknown status or cursor."""
    conditions, values = _conditions(scope, wanted or WebhookFilter())
    if after:
        values["after_at"], values["after_id"] = cursor.decode(after)
        conditions.append("(received_at, id) < (%(after_at)s, %(after_id)s)")
    rows = fetch_all(tx, _PAGE.format(columns=_COLUMNS, conditions=" and ".join(conditions)), {**values, "limit": limit + 1})
    shown = rows[:limit]
    more = len(rows) > limit
    return WebhookPage(rows=tuple(_row(row) for row in shown),
                       next_cursor=cursor.encode(shown[-1]["received_at"], shown[-1]["id"]) if more else "")


def webhook_counts(tx: Tx, scope: Scope) -> WebhookCounts:
    """How the ledger's rows of the last seven days stand."""
    found = fetch_one(tx, _COUNTS, {"workspace": scope.workspace_id, "since": clock.now() - COUNTED})
    return WebhookCounts(**found)


def webhook_reasons(tx: Tx, scope: Scope) -> tuple[str, ...]:
    """The reasons of the last seven days, the most frequent first."""
    values = {"workspace": scope.workspace_id, "since": clock.now() - COUNTED}
    return tuple(row["reason"] for row in fetch_all(tx, _REASONS, values))


def raw_webhook(tx: Tx, scope: Scope, event_id: UUID) -> RawWebhook:
    """One row with its body, secrets masked. Raises NotFound, also for another workspace's."""
    row = fetch_one(tx, _ONE, {"id": event_id, "workspace": scope.workspace_id})
    if row is None:
        raise NotFound("This webhook is not here (any more).")
    body, note = readable(bytes(row.pop("body")))
    return RawWebhook(row=_row(row), body=body, note=note if body else "Its body is not kept (any more).")


def _conditions(scope: Scope, wanted: WebhookFilter) -> tuple[list[str], dict]:
    if wanted.status not in ("", *WebhookStatus) or wanted.kind not in KINDS:
        raise Invalid("There is no such filter.")
    conditions, values = ["workspace_id = %(workspace)s"], {"workspace": scope.workspace_id}
    for name in ("status", "provider", "reason"):
        if value := getattr(wanted, name):
            conditions.append(f"{name} = %({name})s")
            values[name] = value[:200]
    if wanted.kind:
        conditions.append(UNKNOWN if wanted.kind == "unknown" else "recovered")
    return conditions, values


def _row(row: dict) -> WebhookRow:
    known = {declared.slug: declared.title for declared in registry.PROVIDERS}
    return WebhookRow(
        id=str(row["id"]), provider=row["provider"], title=known.get(row["provider"], row["provider"]),
        event_type=row["event_type"], status=row["status"], reason=row["reason"] or "", last_error=row["last_error"] or "",
        received_at=row["received_at"].isoformat(), processed_at=row["processed_at"].isoformat() if row["processed_at"] else "",
        deliveries=row["deliveries"], recovered=row["recovered"])
