"""What became of a message of ours after it left: came back, never arrived, was opened? Kept by the message's key, so that it
counts whichever is told first, the fate or the message."""

from datetime import datetime
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.scope import Scope
from zrg_app.services import events

# A fate that ends the matter; an opening is only news.
FINAL = ("bounced", "failed")
LONGEST_REASON = 300

_KEEP = """
insert into message_fate (workspace_id, dedupe_key, fate, reason, told_at)
values (%(workspace)s, %(key)s, %(fate)s, %(reason)s, %(at)s)
on conflict (workspace_id, dedupe_key, fate) do update
  set told_at = least(message_fate.told_at, excluded.told_at), reason = coalesce(message_fate.reason, excluded.reason)
returning dedupe_key
"""
_TOLD = "select fate, reason, told_at from message_fate where workspace_id = %(workspace)s and dedupe_key = %(key)s order by told_at"
_FAIL = """
update message set delivery = %(fate)s, delivery_reason = %(reason)s, delivery_told_at = %(at)s
where workspace_id = %(workspace)s and dedupe_key = %(key)s and direction = 'outbound' and delivery not in ('bounced', 'failed')
returning id, lead_id, outbound_id
"""
_OPEN = """
update message set opened_at = %(at)s
where workspace_id = %(workspace)s and dedupe_key = %(key)s and direction = 'outbound' and (opened_at is null or opened_at > %(at)s)
returning lead_id
"""


def tell(tx: Tx, scope: Scope, key: str, *, fate: str, reason: str | None, at: datetime) -> None:
    """Keep what a provider tells of the message called `key` (`<provider>:<its id>`) and show it on the message, now or when
    the message comes. `fate` is bounced, failed or opened. One of ours that never arrived becomes a fact, once."""
    fetch_all(tx, _KEEP, _values(scope, key, fate=fate, reason=(reason or "")[:LONGEST_REASON] or None, at=at))
    catch_up(tx, scope, key)


def catch_up(tx: Tx, scope: Scope, key: str) -> None:
    """Show on the message called `key` what was told of it; called after it was put into its thread."""
    for told in fetch_all(tx, _TOLD, _values(scope, key)):
        values = _values(scope, key, fate=told["fate"], reason=told["reason"], at=told["told_at"])
        if told["fate"] not in FINAL:
            for row in fetch_all(tx, _OPEN, values):
                events.tell_screens(tx, scope, ("thread",), row["lead_id"])
            continue
        for row in fetch_all(tx, _FAIL, values):
            _failed(tx, scope, row, told["fate"], told["reason"] or "")


def _failed(tx: Tx, scope: Scope, row: dict, fate: str, reason: str) -> None:
    message_id: UUID = row["id"]
    if row["outbound_id"] is None:
        events.tell_screens(tx, scope, ("thread",), row["lead_id"])
    else:
        events.record(tx, scope, events.DeliveryFailed(lead_id=row["lead_id"], message_id=message_id, fate=fate, reason=reason))


def _values(scope: Scope, key: str, **more: object) -> dict[str, object]:
    return {"workspace": scope.workspace_id, "key": key, **more}
