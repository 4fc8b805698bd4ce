"""What was said and done with a lead, in order? Messages, notes and activity lines as one thread."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.reads import Read, answer, together
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox import cursor, origins
from zrg_app.services.inbox.activity import ACTIVITY, SHOWN_KINDS, activity_words
from zrg_app.services.inbox.attachments import FILES, files_of
from zrg_app.services.inbox.mentions import note_html
from zrg_app.services.inbox.reasons import why
from zrg_app.services.inbox.views import FileView, Original, ThreadItem
from zrg_app.services.reading import formatted_html, linkify_html, sanitize_html

PAGE, LINES = 50, 100
# Where a page begins or ends: every item from that moment and id on.
Edge = tuple[datetime, UUID]
_START: Edge = (datetime.min.replace(tzinfo=UTC), UUID(int=0))
_END: Edge = (datetime.max.replace(tzinfo=UTC), UUID(int=0))

_MESSAGES = """
select m.id, m.channel, m.direction, m.subject, m.body, m.sent_at, m.from_name, m.from_address, m.to_address, m.to_name, m.cc,
       m.sent_by, m.delivery, m.delivery_reason, m.opened_at, m.is_automatic, m.thread ? 'invitation_id' as is_invitation,
       m.outbound_id is not null and m.channel = 'email' as is_formatted,
       m.outbound_id is not null and m.delivery in ('failed', 'bounced') and m.delivery_settled_at is null as may_settle,
       m.channel = 'email' and coalesce(m.raw_html, m.raw_text) is not null as has_original,
       u.name as sender, trim(l.first_name || ' ' || l.last_name) as lead_name, m.draft_id, d.disposition, {files}
from message m join lead l on l.id = m.lead_id left join app_user u on u.id = m.sent_by_user left join draft d on d.id = m.draft_id
where m.lead_id = %(lead)s and m.workspace_id = %(workspace)s {where}
order by m.sent_at {way}, m.id {way} limit %(limit)s
"""
_LINES = """
(select 'note' as what, n.id, n.created_at, u.name as author, n.body, n.mentions, n.edited_at, n.author_id, null as kind,
        null::jsonb as data, null as actor_kind
 from note n left join app_user u on u.id = n.author_id
 where n.lead_id = %(lead)s and n.workspace_id = %(workspace)s and n.deleted_at is null
   and (n.created_at, n.id) >= (%(since)s, %(since_id)s) and (n.created_at, n.id) < (%(until)s, %(until_id)s)
 order by n.created_at desc limit %(lines)s)
union all
(select 'activity', id, created_at, actor_name, null, null, null, null, kind, data, actor_kind from audit_event
 where lead_id = %(lead)s and workspace_id = %(workspace)s and kind = any(%(kinds)s) and data ->> 'change' is distinct from 'noted'
   and data ->> 'is_shadow' is distinct from 'true'
   and (created_at, id) >= (%(since)s, %(since_id)s) and (created_at, id) < (%(until)s, %(until_id)s)
 order by created_at desc limit %(lines)s)
"""
# What a person can do about a message that never arrived.
REMEDIES = {"email": "Check the address, or write by another channel.", "sms": "Check the number, or write by e-mail.",
            "linkedin": "Write by another channel."}
_ORIGINAL = """
select raw_text, raw_html, subject, from_name, from_address, sent_at from message
where id = %(message)s and workspace_id = %(workspace)s
"""


def thread(tx: Tx, scope: Scope, lead_id: UUID, *, zone: ZoneInfo, before: str = "") -> tuple[tuple[ThreadItem, ...], str]:
    """A page of the thread, oldest first, and the cursor of the page before it (empty at the beginning).

    `zone` is the workspace's, for the day dividers. Raises Invalid for a foreign cursor.
    """
    if not before:
        return newest_page(*together(tx, *newest(scope, lead_id)), scope, zone)
    until = cursor.decode(before)
    messages = answer(tx, _messages(scope, lead_id, where="and (m.sent_at, m.id) < (%(until)s, %(until_id)s)", way="desc", until=until))
    shown, since = _held(messages)
    lines = answer(tx, _lines(scope, lead_id, since, until))
    return _together(scope, zone, shown, lines), cursor.encode(*since) if since != _START else ""


def newest(scope: Scope, lead_id: UUID) -> tuple[Read[list[dict]], Read[list[dict]]]:
    """What to read for the last page of a thread; `newest_page` makes it of the two answers."""
    return _messages(scope, lead_id, way="desc"), _lines(scope, lead_id, _START, _END)


def newest_page(messages: list[dict], lines: list[dict], scope: Scope, zone: ZoneInfo) -> tuple[tuple[ThreadItem, ...], str]:
    """The last page of a thread, oldest first, and the cursor of the page before it. Pure."""
    shown, since = _held(messages)
    within = [line for line in lines if (line["created_at"], line["id"]) >= since]
    return _together(scope, zone, shown, within), cursor.encode(*since) if since != _START else ""


def thread_from(tx: Tx, scope: Scope, lead_id: UUID, *, zone: ZoneInfo, start: str) -> tuple[tuple[ThreadItem, ...], str]:
    """The page of the thread that begins at the cursor `start`, oldest first, and the cursor of the page after it (empty at
    the end). Raises Invalid for a foreign cursor.
    """
    since = cursor.decode(start)
    messages = answer(tx, _messages(scope, lead_id, where="and (m.sent_at, m.id) >= (%(since)s, %(since_id)s)", way="asc", since=since))
    shown, more = messages[:PAGE], len(messages) > PAGE
    until = (messages[PAGE]["sent_at"], messages[PAGE]["id"]) if more else _END
    lines = answer(tx, _lines(scope, lead_id, since, until))
    return _together(scope, zone, shown, lines), cursor.encode(*until) if more else ""


def is_automatic(tx: Tx, message_id: UUID) -> bool:
    """Whether a machine wrote this message: an absence note, a receipt."""
    row = fetch_one(tx, "select is_automatic from message where id = %(message)s", {"message": message_id})
    return bool(row and row["is_automatic"])


def original(tx: Tx, scope: Scope, message_id: UUID) -> Original:
    """A message as it came, safe to show. Raises NotFound, also for another workspace's."""
    row = fetch_one(tx, _ORIGINAL, {"message": message_id, "workspace": scope.workspace_id})
    if row is None:
        raise NotFound("This message is not here (any more).")
    html = sanitize_html(row["raw_html"]) if row["raw_html"] else linkify_html(row["raw_text"] or "")
    sender = " ".join(part for part in (row["from_name"], row["from_address"]) if part)
    return Original(message_id=str(message_id), subject=row["subject"] or "", sender=sender, html=html,
                    at=row["sent_at"].isoformat())


def _messages(scope: Scope, lead_id: UUID, *, way: str, where: str = "", since: Edge = _START, until: Edge = _END) -> Read[list[dict]]:
    """One message more than a page holds, from one edge on."""
    return Read(_MESSAGES.format(where=where, way=way, files=FILES), {
        "lead": lead_id, "workspace": scope.workspace_id, "limit": PAGE + 1, **_named("since", since), **_named("until", until)}, list)


def _lines(scope: Scope, lead_id: UUID, since: Edge, until: Edge) -> Read[list[dict]]:
    """The newest notes and activity lines between the two edges."""
    return Read(_LINES, {"lead": lead_id, "workspace": scope.workspace_id, "kinds": list(SHOWN_KINDS), "lines": LINES,
                         **_named("since", since), **_named("until", until)}, list)


def _held(messages: list[dict]) -> tuple[list[dict], Edge]:
    """The page of what was read from the end on, and where it begins: at the beginning of all where no more was found."""
    shown = messages[:PAGE]
    return shown, (shown[-1]["sent_at"], shown[-1]["id"]) if len(messages) > PAGE else _START


def _together(scope: Scope, zone: ZoneInfo, messages: list[dict], lines: list[dict]) -> tuple[ThreadItem, ...]:
    """The messages with the notes and activity lines, oldest first."""
    items = [_message(row, zone, files_of(row["files"], scope.workspace_id)) for row in messages]
    items += [_note(row, zone) if row["what"] == "note" else _activity(row, zone) for row in lines]
    return tuple(sorted(items, key=lambda item: (item.at, item.id)))


def _named(name: str, edge: Edge) -> dict[str, Any]:
    return {name: edge[0], f"{name}_id": edge[1]}


def _trouble(row: dict) -> str:
    reason = row["delivery_reason"] or ""
    return f"{reason} {REMEDIES.get(row['channel'], '')}".strip() if row["may_settle"] else reason


def _message(row: dict, zone: ZoneInfo, files: tuple[FileView, ...]) -> ThreadItem:
    origin = origins.origin_of(row["direction"], row["sent_by"], row["sender"], row["disposition"] if row["draft_id"] else None)
    return ThreadItem(
        id=str(row["id"]), kind="message", channel=row["channel"], direction=row["direction"], author=_author(row),
        by_ai=row["sent_by"] == "ai", to=row["to_name"] or row["to_address"] or "", cc=", ".join(row["cc"]),
        subject=row["subject"] or "", body=row["body"], at=row["sent_at"].isoformat(),
        body_html=formatted_html(row["body"]) if row["is_formatted"] else linkify_html(row["body"]),
        day=row["sent_at"].astimezone(zone).date().isoformat(), delivery=row["delivery"],
        delivery_reason=_trouble(row), is_automatic=row["is_automatic"], has_original=row["has_original"], files=files,
        opened_at=row["opened_at"].isoformat() if row["opened_at"] else "", may_settle=row["may_settle"],
        mark="Invitation to connect" if row["is_invitation"] else "", origin=origin)


def _author(row: dict) -> str:
    if row["direction"] == "inbound":
        return row["from_name"] or row["lead_name"] or row["from_address"] or "Lead"
    by = {"ai": "AI", "campaign": "Campaign", "elsewhere": "Another tool"}.get(row["sent_by"] or "", "")
    name = row["sender"] or row["from_name"] or row["from_address"] or ""
    return " · ".join(part for part in (by, name) if part) or "Us"


def _note(row: dict, zone: ZoneInfo) -> ThreadItem:
    return _line(row, zone, kind="note", author=row["author"] or "Someone", body=row["body"], icon="note",
                 body_html=note_html(row["body"], row["mentions"]), author_id=str(row["author_id"] or ""),
                 is_edited=row["edited_at"] is not None)


def _activity(row: dict, zone: ZoneInfo) -> ThreadItem:
    data = {**row["data"], "zone": zone.key}
    icon, words = activity_words(row["kind"], data, row["actor_kind"], row["author"])
    return _line(row, zone, kind="activity", author=row["author"], body=words, icon=icon, is_quiet=not ACTIVITY[row["kind"]].loud,
                 cause=why(row["kind"], data, row["actor_kind"]))


def _line(row: dict, zone: ZoneInfo, **shown: Any) -> ThreadItem:
    plain = {"body_html": linkify_html(shown["body"])} if "body_html" not in shown else {}
    return ThreadItem(
        id=str(row["id"]), channel="", direction="", by_ai=False, to="", cc="", subject="", at=row["created_at"].isoformat(),
        day=row["created_at"].astimezone(zone).date().isoformat(), delivery="", delivery_reason="", is_automatic=False,
        has_original=False, **plain, **shown)
