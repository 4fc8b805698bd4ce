"""What does a setter need to answer one lead? Thread, draft, ways, sends in flight and lead panel, from one call."""

from uuid import UUID
from zoneinfo import ZoneInfo

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services import drafting, inbox, leads, sending, sync
from zrg_app.services.inbox.views import ConversationView, PendingSend, ThreadItem
from zrg_app.services.reading import linkify_html

_CONVERSATION = """
select c.subject, c.done_at, c.snoozed_until, c.assignee_id, s.timezone
from conversation c join workspace_settings s on s.workspace_id = c.workspace_id
where c.lead_id = %(lead)s and c.workspace_id = %(workspace)s
"""
_OUTBOX = """
select o.id, o.status, o.channel, o.body, o.subject, o.to_address, o.to_name, o.cc, o.not_before, o.created_at, o.error, o.sent_by,
       u.name as sender
from outbound_message o left join app_user u on u.id = o.sent_by_user
where o.lead_id = %(lead)s and o.workspace_id = %(workspace)s
  and (o.status in ('waiting', 'sending', 'checking')
       or o.status = 'failed' and not exists (
         select from outbound_message later where later.lead_id = o.lead_id and later.channel = o.channel
         and later.id <> o.id and later.created_at > o.created_at
         and (later.status = 'sent' and later.sent_at > o.updated_at or later.status not in ('sent', 'cancelled'))))
order by o.created_at
"""


def open_conversation(tx: Tx, scope: Scope, lead_id: UUID, *, before: str = "") -> ConversationView:
    """Everything about one lead's conversation. `before` is the cursor of an earlier page of the thread.

    Raises NotFound, also for another workspace's lead.
    """
    wanted = {"lead": lead_id, "workspace": scope.workspace_id}
    row = fetch_one(tx, _CONVERSATION, wanted)
    if row is None:
        raise NotFound("This conversation is not here (any more).")
    zone = ZoneInfo(row["timezone"])
    items, earlier = inbox.thread(tx, scope, lead_id, zone=zone, before=before)
    outbox = fetch_all(tx, _OUTBOX, wanted) if not before else []
    in_flight = tuple(_in_flight(sent, zone) for sent in outbox if sent["status"] != "waiting")
    pending = tuple(_pending(sent) for sent in outbox if sent["status"] == "waiting")
    return ConversationView(
        lead=leads.panel(tx, scope, lead_id), subject=row["subject"] or "", is_done=row["done_at"] is not None,
        snoozed_until=row["snoozed_until"].isoformat() if row["snoozed_until"] else "",
        assignee_id=str(row["assignee_id"] or ""), items=items + in_flight, earlier_cursor=earlier,
        ways=sending.ways(tx, scope, lead_id), draft=drafting.current(tx, scope, lead_id), pending=pending,
        sync=sync.state_of(tx, scope, lead_id))


def _pending(row: dict) -> PendingSend:
    return PendingSend(outbound_id=str(row["id"]), channel=row["channel"], leaves_at=row["not_before"].isoformat(), body=row["body"])


def _in_flight(row: dict, zone: ZoneInfo) -> ThreadItem:
    author = "AI" if row["sent_by"] == "ai" else row["sender"] or "Us"
    return ThreadItem(
        id=str(row["id"]), kind="outbox", channel=row["channel"], direction="outbound", author=author,
        by_ai=row["sent_by"] == "ai", to=row["to_name"] or row["to_address"] or "", cc=", ".join(row["cc"]),
        subject=row["subject"] or "", body=row["body"], body_html=linkify_html(row["body"]), at=row["created_at"].isoformat(),
        day=row["created_at"].astimezone(zone).date().isoformat(), delivery=row["status"], delivery_reason=row["error"] or "",
        is_automatic=False, has_original=False)
