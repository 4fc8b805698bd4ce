"""Which words did a person begin to write to a lead and not send yet? One set per person, lead and channel, kept for any browser.

Whoever saves says which edition they saw last; words saved elsewhere since, or sent, are never written over. What was sent or given
up stays as an empty row, so that a save that was under way meanwhile brings nothing back.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, driver, fetch_all, fetch_one
from zrg_app.kit.errors import Forbidden, Invalid
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Channel
from zrg_app.services import events, leads

NOTE = "note"
CHANNELS = (*(channel.value for channel in Channel), NOTE)
LONGEST = 100_000
MOST_MARKED = 500

_WAS = """
with was as (select body <> '' as unsent from kept_words where user_id = %(user)s and lead_id = %(lead)s and channel = %(channel)s)
"""
_TOLD = "coalesce((select unsent from was), false) as was_unsent"
_KEEP = f"""{_WAS}
insert into kept_words (workspace_id, user_id, lead_id, channel, base, body, updated_at)
values (%(workspace)s, %(user)s, %(lead)s, %(channel)s, %(base)s, %(body)s, %(now)s)
on conflict (user_id, lead_id, channel) do update set base = excluded.base, body = excluded.body, updated_at = excluded.updated_at
where kept_words.updated_at = %(seen)s or (kept_words.body = excluded.body and kept_words.base = excluded.base)
returning updated_at, {_TOLD}
"""
_FORGET = f"""{_WAS}
insert into kept_words (workspace_id, user_id, lead_id, channel, base, body, updated_at)
values (%(workspace)s, %(user)s, %(lead)s, %(channel)s, '', '', %(now)s)
on conflict (user_id, lead_id, channel) do update set base = '', body = '', updated_at = excluded.updated_at
returning {_TOLD}
"""
_UNSENT = """
select distinct coalesce(l.merged_into, l.id) as lead_id from kept_words k join lead l on l.id = k.lead_id
where k.user_id = %(user)s and k.workspace_id = %(workspace)s and k.body <> '' limit %(most)s
"""
_PERSON = """
with recursive person as (
  select id from lead where id = %(lead)s and workspace_id = %(workspace)s
  union select l.id from lead l join person p on l.merged_into = p.id)
"""
_FORGET_MERGED = _PERSON + """
update kept_words set body = '', base = '', updated_at = %(now)s
where user_id = %(user)s and channel = %(channel)s and lead_id in (select id from person) and lead_id <> %(lead)s and body <> ''
"""
# Of the words under a lead and under those merged into it the newest count; what we said since, on any screen, is told with them.
_READ = _PERSON + """
select distinct on (k.channel) k.channel, k.base, k.body, k.updated_at, own.updated_at as version,
  coalesce((select coalesce(u.name, 'The AI') from message m left join app_user u on u.id = m.sent_by_user
            where m.lead_id = %(lead)s and m.channel = k.channel and m.direction = 'outbound' and m.created_at > k.updated_at
              and m.sent_by is distinct from 'campaign' order by m.created_at desc limit 1),
           (select coalesce(u.name, 'The AI') from outbound_message o left join app_user u on u.id = o.sent_by_user
            where o.lead_id = %(lead)s and o.channel = k.channel and o.status in ('waiting', 'sending', 'checking')
              and o.created_at > k.updated_at order by o.created_at desc limit 1)) as answered_by
from kept_words k left join kept_words own on own.user_id = k.user_id and own.lead_id = %(lead)s and own.channel = k.channel
where k.user_id = %(user)s and k.lead_id in (select id from person)
order by k.channel, k.body = '', k.updated_at desc
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWords:
    """What stands kept for a channel; `body` is empty when that was sent or given up. `base` is the text it was begun from, `version`
    what a save has to name, `at` when it was kept (ISO), `answered_by` who wrote to the lead since (empty: nobody)."""

    channel: str
    base: str
    body: str
    version: str
    at: str
    answered_by: str = ""


def kept(tx: Tx, scope: Scope, lead_id: UUID) -> tuple[KeptWords, ...]:
    """The person's own words for a lead, and for those that were merged into it. Raises NotFound."""
    rows = fetch_all(tx, _READ, {"lead": leads.living(tx, lead_id), "user": _person(scope), "workspace": scope.workspace_id})
    return tuple(_view(row) for row in rows)


def keep(tx: Tx, scope: Scope, lead_id: UUID, *, channel: object, base: object, body: object, seen: object) -> KeptWords | None:
    """Keep words over those of the edition `seen` ("" for none). None when they are kept; else what was kept, or sent, elsewhere
    meanwhile and is left as it is. Raises NotFound, Invalid."""
    if channel not in CHANNELS or not isinstance(body, str) or not isinstance(base, str) or max(len(base), len(body)) > LONGEST:
        raise Invalid("These words cannot be kept.")
    values = {"lead": leads.living(tx, lead_id), "channel": channel, "base": base, "body": body, "seen": _moment(seen),
              "workspace": scope.workspace_id, "user": _person(scope), "now": clock.now()}
    if row := fetch_one(tx, _KEEP, values):
        if not body:
            driver(tx).execute(_FORGET_MERGED, values)
        _tell(tx, scope, row["was_unsent"], bool(body))
        return None
    return next((row for row in kept(tx, scope, values["lead"]) if row.channel == channel), None)


def version(tx: Tx, scope: Scope, lead_id: UUID, channel: str) -> str:
    """The edition that stands kept."""
    row = fetch_one(tx, "select updated_at from kept_words where lead_id = %(lead)s and user_id = %(user)s and channel = %(channel)s",
                    {"lead": leads.living(tx, lead_id), "user": _person(scope), "channel": channel})
    return row["updated_at"].isoformat() if row else ""


def forget(tx: Tx, scope: Scope, lead_id: UUID, channel: str) -> None:
    """The person's words were sent, or are not wanted. For programs, which keep none, nothing happens."""
    if scope.user_id is None or channel not in CHANNELS:
        return
    values = {"lead": leads.living(tx, lead_id), "channel": channel, "workspace": scope.workspace_id, "user": scope.user_id,
              "now": clock.now()}
    row = fetch_one(tx, _FORGET, values)
    driver(tx).execute(_FORGET_MERGED, values)
    _tell(tx, scope, bool(row and row["was_unsent"]), False)


def unsent(tx: Tx, scope: Scope) -> tuple[str, ...]:
    """The leads to whom the person has begun to write and sent nothing yet, as ids: one question for any number of rows of a list."""
    if scope.user_id is None:
        return ()
    found = fetch_all(tx, _UNSENT, {"user": scope.user_id, "workspace": scope.workspace_id, "most": MOST_MARKED})
    return tuple(sorted(str(row["lead_id"]) for row in found))


def put_back(tx: Tx, scope: Scope, lead_id: UUID, channel: str, body: str) -> None:
    """What was sent is taken back: keep it, so that it is there in any browser; newer words win."""
    row = next((row for row in kept(tx, scope, lead_id) if row.channel == channel), None)
    if row is None or not row.body:
        keep(tx, scope, lead_id, channel=channel, base="", body=body, seen=row.version if row else "")


def _tell(tx: Tx, scope: Scope, before: bool, now: bool) -> None:
    """The open tabs of this person mark the conversation, or do not any more."""
    if before != now:
        events.tell_screens(tx, scope, (f"{events.BELL}:{scope.user_id}",))


def _person(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise Forbidden("Words are kept for people.")
    return scope.user_id


def _moment(seen: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(seen)) if seen else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None


def _view(row: dict) -> KeptWords:
    return KeptWords(channel=row["channel"], base=row["base"], body=row["body"], at=row["updated_at"].isoformat(),
                     version=row["version"].isoformat() if row["version"] else "",
                     answered_by=(row["answered_by"] or "") if row["channel"] != NOTE and row["body"] else "")
