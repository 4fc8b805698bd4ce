"""What does a setter need to answer one lead? Thread, draft, ways, sends in flight and lead panel, from one call."""

from uuid import UUID
from zoneinfo import ZoneInfo

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.reads import Read, answer, together
from zrg_app.kit.scope import Scope
from zrg_app.services import inbox, leads, sending
from zrg_app.services.autosend.queries import draft_and_note_read
from zrg_app.services.inbox import meanwhile
from zrg_app.services.inbox.actions import GONE
from zrg_app.services.inbox.listing import LABELS, marks
from zrg_app.services.inbox.thread import newest, newest_page, thread_from
from zrg_app.services.inbox.views import ConversationView, FileView, PendingSend, ThreadItem
from zrg_app.services.knowledge.memory import memories_read
from zrg_app.services.leads.queries import panel_read
from zrg_app.services.meetings.queries import current_read
from zrg_app.services.reading import formatted_html, linkify_html
from zrg_app.services.sending.presets import zone_of
from zrg_app.services.sending.queries import ways_read
from zrg_app.services.sync.queries import STATE, state_from

_CONVERSATION = f"""
select c.subject, c.done_at, c.snoozed_until, c.assignee_id, c.woke_at, c.returns_on, s.timezone, {LABELS}, {STATE}
from conversation c join workspace_settings s on s.workspace_id = c.workspace_id
where c.lead_id = %(lead)s and c.workspace_id = %(workspace)s
"""
_ZONE = """
select s.timezone from conversation c join workspace_settings s on s.workspace_id = c.workspace_id
where c.lead_id = %(lead)s and c.workspace_id = %(workspace)s
"""
_OUTBOX = f"""
select o.id, o.status, o.channel, o.body, o.subject, o.to_address, o.to_name, o.cc, o.not_before, o.created_at, o.error, o.sent_by,
       o.error_code, o.is_scheduled, o.sent_by_user, u.name as sender, {sending.files.OF_OUTBOX}
from outbound_message o left join app_user u on u.id = o.sent_by_user
where o.lead_id = %(lead)s and o.workspace_id = %(workspace)s
  and (o.status in ('waiting', 'sending', 'checking')
       or o.status = 'failed' and not exists (
         select from outbound_message later where later.lead_id = o.lead_id and later.channel = o.channel
         and later.id <> o.id and later.created_at > o.created_at
         and (later.status = 'sent' and later.sent_at > o.updated_at or later.status not in ('sent', 'cancelled'))))
order by o.created_at
"""


def open_conversation(tx: Tx, scope: Scope, lead_id: UUID) -> ConversationView:
    """Everything about one lead's conversation, with the newest page of the thread.

    A lead that was merged leads to the one it is part of. Raises NotFound, also for another workspace's lead.
    """
    try:
        row, latest, messages, lines, outbox, lead, ways, (draft, note), meeting, memory = together(
            # The newest before the thread: what comes in between is shown and may be told once more, never the other way round.
            tx, _row(scope, lead_id), meanwhile.latest_read(scope, lead_id), *newest(scope, lead_id), _outbox(scope, lead_id),
            panel_read(scope, lead_id), ways_read(scope, lead_id), draft_and_note_read(scope, lead_id), current_read(scope, lead_id),
            memories_read(scope, lead_id))
    except NotFound:
        if (now := leads.living(tx, lead_id)) == lead_id:
            raise
        # The link is older than a merge.
        return open_conversation(tx, scope, now)
    zone, theirs = ZoneInfo(row["timezone"]), zone_of(lead.timezone, row["timezone"])
    items, earlier = newest_page(messages, lines, scope, zone)
    pending = tuple(_pending(sent, scope) for sent in outbox if sent["status"] == "waiting" and not sent["is_scheduled"])
    return ConversationView(
        lead=lead, subject=row["subject"] or "", is_done=row["done_at"] is not None,
        snoozed_until=row["snoozed_until"].isoformat() if row["snoozed_until"] else "",
        assignee_id=str(row["assignee_id"] or ""), items=items + _all_in_flight(outbox, scope, zone), earlier_cursor=earlier,
        ways=ways, draft=draft, pending=pending, sync=state_from(row), meeting=meeting, zone=theirs.key,
        zone_is_leads=theirs.key == lead.timezone, memory=memory, auto_send=note, latest=latest, labels=marks(row["labels"]),
        **_absence(row, zone))


def _absence(row: dict, zone: ZoneInfo) -> dict[str, object]:
    day = row["returns_on"]
    back_at = inbox.wakes_at(day, zone, clock.now()) if day else None
    return {"woke": row["woke_at"] is not None, "returns_on": day.isoformat() if back_at else "",
            "back_at": back_at.isoformat() if back_at else ""}


def earlier_page(tx: Tx, scope: Scope, lead_id: UUID, before: str) -> tuple[tuple[ThreadItem, ...], str]:
    """The page of a thread that ends before a cursor, and the cursor of the one before that.

    Raises NotFound, also for another workspace's lead.
    """
    return inbox.thread(tx, scope, lead_id, zone=_zone(tx, scope, lead_id), before=before)


def later_page(tx: Tx, scope: Scope, lead_id: UUID, start: str) -> tuple[tuple[ThreadItem, ...], str]:
    """The page of a thread that begins at a cursor, and the cursor of the one after that; the last with what is on its way.

    Raises NotFound, also for another workspace's lead.
    """
    zone = _zone(tx, scope, lead_id)
    items, more = thread_from(tx, scope, lead_id, zone=zone, start=start)
    if not more:
        items += _all_in_flight(answer(tx, _outbox(scope, lead_id)), scope, zone)
    return items, more


def _zone(tx: Tx, scope: Scope, lead_id: UUID) -> ZoneInfo:
    row = fetch_one(tx, _ZONE, {"lead": lead_id, "workspace": scope.workspace_id})
    if row is None:
        raise NotFound(GONE)
    return ZoneInfo(row["timezone"])


def _row(scope: Scope, lead_id: UUID) -> Read[dict]:
    return Read(_CONVERSATION, {"lead": lead_id, "workspace": scope.workspace_id}, _only)


def _only(rows: list[dict]) -> dict:
    if not rows:
        raise NotFound(GONE)
    return rows[0]


def _outbox(scope: Scope, lead_id: UUID) -> Read[list[dict]]:
    return Read(_OUTBOX, {"lead": lead_id, "workspace": scope.workspace_id}, list)


def _all_in_flight(outbox: list[dict], scope: Scope, zone: ZoneInfo) -> tuple[ThreadItem, ...]:
    return tuple(_in_flight(sent, zone, sending.files.listed(sent["files"], scope.workspace_id)) for sent in outbox
                 if sent["status"] != "waiting" or sent["is_scheduled"])


def _pending(row: dict, scope: Scope) -> PendingSend:
    return PendingSend(outbound_id=str(row["id"]), channel=row["channel"], leaves_at=row["not_before"].isoformat(), body=row["body"],
                       files=sending.files.listed(row["files"], scope.workspace_id),
                       by="The AI" if row["sent_by"] == "ai" else row["sender"] or "",
                       by_id="" if row["sent_by"] == "ai" else str(row["sent_by_user"] or ""))


def _in_flight(row: dict, zone: ZoneInfo, files: tuple[FileView, ...]) -> ThreadItem:
    waits = row["status"] == "waiting"
    author = "AI" if row["sent_by"] == "ai" else row["sender"] or "Us"
    return ThreadItem(
        id=str(row["id"]), kind="outbox", channel=row["channel"], direction="outbound", author=author,
        by_ai=row["sent_by"] == "ai", to=row["to_name"] or row["to_address"] or "", cc=", ".join(row["cc"]),
        subject=row["subject"] or "", body=row["body"], at=row["created_at"].isoformat(),
        body_html=formatted_html(row["body"]) if row["channel"] == "email" else linkify_html(row["body"]),
        day=row["created_at"].astimezone(zone).date().isoformat(), delivery=row["status"], delivery_reason=row["error"] or "",
        is_automatic=False, has_original=False, files=files, leaves_at=row["not_before"].isoformat() if waits else "",
        may_send_anyway=row["error_code"] == "overtaken")
