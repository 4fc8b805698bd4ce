"""What became of a lead, newest first? Messages, notes, edits, merges, sends and every other fact, a page at a time."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.errors import Invalid
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox import cursor
from zrg_app.services.inbox.timeline_words import kinds_of, sort_of, words_of
from zrg_app.services.leads import naming

PAGE = 30
SORTS = ("message", "note", "edit", "merge", "send", "fact")
"""What can be asked for; empty is everything."""

_MESSAGES = """
(select m.id, m.sent_at as at, 'message' as sort, m.channel || ':' || m.direction as kind, '{{}}'::jsonb as data, 'user' as actor_kind,
   coalesce(u.name, m.from_name, '') as actor_name, left(m.body, 400) as body
 from message m left join app_user u on u.id = m.sent_by_user
 where m.lead_id = %(lead)s and m.workspace_id = %(workspace)s {message_before}
 order by m.sent_at desc, m.id desc limit %(limit)s)
"""
_NOTES = """
(select n.id, n.created_at, 'note', 'note', '{{}}'::jsonb, 'user', coalesce(u.name, 'Someone'), left(n.body, 400)
 from note n left join app_user u on u.id = n.author_id
 where n.lead_id = %(lead)s and n.workspace_id = %(workspace)s and n.deleted_at is null {note_before}
 order by n.created_at desc, n.id desc limit %(limit)s)
"""
_FACTS = """
(select e.id, e.created_at, 'fact', e.kind, e.data, e.actor_kind, e.actor_name, ''
 from audit_event e
 where e.lead_id = %(lead)s and e.workspace_id = %(workspace)s and e.kind = any(%(kinds)s)
   and e.data->>'change' is distinct from 'noted' and coalesce(e.data->>'is_shadow', '') <> 'true' {fact_before}
 order by e.created_at desc, e.id desc limit %(limit)s)
"""
_PAGE = """
select * from ({parts}) everything (id, at, sort, kind, data, actor_kind, actor_name, body)
order by at desc, id desc limit %(limit)s
"""
_CHANNELS = {"email": "by e-mail", "sms": "by SMS", "linkedin": "on LinkedIn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened: `sort` is one of SORTS, `words` a sentence, `aside` the beginning of what was said; `message_id` leads
    to the message in the thread."""

    id: str
    sort: str
    mark: str
    words: str
    aside: str
    at: str
    message_id: str = ""


def timeline(tx: Tx, scope: Scope, lead_id: UUID, *, sort: str = "", after: str = "",
             zone: ZoneInfo) -> tuple[tuple[Entry, ...], str]:
    """A page of what happened, newest first, and the cursor of the next one (empty at the end).

    `zone` is the one that times inside the sentences are told in. Raises Invalid for an unknown sort or a foreign cursor.
    """
    if sort not in ("", *SORTS):
        raise Invalid("That is nothing the timeline can be narrowed to.")
    given: dict = {"lead": lead_id, "workspace": scope.workspace_id, "limit": PAGE + 1, "kinds": list(kinds_of(sort))}
    if after:
        given["at"], given["id"] = cursor.decode(after)
    parts = [part for part, shown in ((_MESSAGES, sort in ("", "message")), (_NOTES, sort in ("", "note")),
                                      (_FACTS, bool(given["kinds"]))) if shown]
    before = {"message_before": "and (m.sent_at, m.id) < (%(at)s, %(id)s)", "note_before": "and (n.created_at, n.id) < (%(at)s, %(id)s)",
              "fact_before": "and (e.created_at, e.id) < (%(at)s, %(id)s)"}
    statement = " union all ".join(parts).format(**(before if after else dict.fromkeys(before, "")))
    rows = fetch_all(tx, _PAGE.format(parts=statement), given)
    shown = rows[:PAGE]
    following = cursor.encode(shown[-1]["at"], shown[-1]["id"]) if len(rows) > PAGE else ""
    return tuple(_entry(row, zone) for row in shown), following


def _entry(row: dict, zone: ZoneInfo) -> Entry:
    if row["sort"] == "message":
        return _message(row)
    if row["sort"] == "note":
        return Entry(id=str(row["id"]), sort="note", mark="note", words=f"Note of {row['actor_name']}", at=row["at"].isoformat(),
                     aside=naming.snippet(row["body"]))
    mark, words = words_of(row["kind"], {**row["data"], "zone": zone.key}, row["actor_kind"], row["actor_name"])
    return Entry(id=str(row["id"]), sort=sort_of(row["kind"]), mark=mark, words=words, at=row["at"].isoformat(), aside="")


def _message(row: dict) -> Entry:
    channel, _, direction = row["kind"].partition(":")
    by = _CHANNELS.get(channel, "")
    words = f"{row['actor_name'] or 'They'} wrote {by}" if direction == "inbound" else f"We wrote {by}" + (
        f" · {row['actor_name']}" if row["actor_name"] else "")
    return Entry(id=str(row["id"]), sort="message", mark="mail" if channel == "email" else channel, words=words,
                 aside=naming.snippet(row["body"]), at=row["at"].isoformat(), message_id=str(row["id"]))

