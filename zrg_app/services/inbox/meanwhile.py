"""Did somebody write to the lead, or the lead to us, since a person began to write? What was seen is told by the ids of the newest things.

A thing is a message of a person or of another tool, or an answer in our outbox (waiting, leaving, or gone). One's own answers are no
news, nor is a mail older than all that was seen, which a reading of history brought in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import Conflict
from zrg_app.kit.ids import parse_id
from zrg_app.kit.reads import Read, answer
from zrg_app.kit.scope import Scope

# How many of the newest things a screen names: a thing that is committed late sorts among them.
NAMED, LOOKED_AT = 3, 12
LONGEST_WORDS = 600

_NEWEST = """
select * from (
  (select m.id, case m.direction when 'inbound' then 'wrote' else 'answered' end as did, m.sent_by_user as by_id, m.sent_at as at,
          left(m.body, %(longest)s) as body, m.sent_by, u.name as sender, m.from_name, m.from_address,
          trim(l.first_name || ' ' || l.last_name) as lead_name, m.direction
   from message m join lead l on l.id = m.lead_id left join app_user u on u.id = m.sent_by_user
   where m.lead_id = %(lead)s and m.workspace_id = %(workspace)s and m.outbound_id is null
     and not (m.is_automatic and m.direction = 'inbound')
     and not (m.direction = 'outbound' and exists (  -- most likely ours, told by the provider before it answered us
       select from outbound_message o where o.lead_id = m.lead_id and o.channel = m.channel and o.status in ('sending', 'checking')))
   order by m.sent_at desc, m.id desc limit %(most)s)
  union all
  (select o.id, case when o.status = 'waiting' and o.is_scheduled then 'planned' else 'answered' end, o.sent_by_user, o.created_at,
          left(o.body, %(longest)s), o.sent_by, u.name, null, null, null, 'outbound'
   from outbound_message o left join app_user u on u.id = o.sent_by_user
   where o.lead_id = %(lead)s and o.workspace_id = %(workspace)s and o.status not in ('cancelled', 'failed')
   order by o.created_at desc, o.id desc limit %(most)s)
) thing order by at desc, id desc limit %(most)s
"""
_OLDEST_SEEN = """
select min(at) as at from (
  select sent_at as at from message where id = any(%(seen)s) and lead_id = %(lead)s
  union all select created_at from outbound_message where id = any(%(seen)s) and lead_id = %(lead)s) seen
"""
_DID = {"wrote": "wrote", "answered": "answered", "planned": "planned an answer"}


class CameBetween(Conflict):
    """Something came into the conversation that the person had not seen when they wrote."""

    code: ClassVar[str] = "came_between"


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """One of the newest things of a conversation. `by_id` is empty for the lead, the AI and other tools; `did` is for people."""

    id: str
    by_id: str
    who: str
    did: str
    body: str
    at: str


def latest(tx: Tx, scope: Scope, lead_id: UUID, *, most: int = NAMED) -> tuple[Latest, ...]:
    """The newest things of a conversation, the newest first."""
    return answer(tx, latest_read(scope, lead_id, most=most))


def latest_read(scope: Scope, lead_id: UUID, *, most: int = NAMED) -> Read[tuple[Latest, ...]]:
    """What `latest` reads, to be asked together with other things."""
    return Read(_NEWEST, {"lead": lead_id, "workspace": scope.workspace_id, "most": most, "longest": LONGEST_WORDS}, _latest)


def _latest(rows: Iterable[dict]) -> tuple[Latest, ...]:
    return tuple(Latest(id=str(row["id"]), by_id="" if row["sent_by"] == "ai" else str(row["by_id"] or ""), who=_who(row),
                        did=_DID[row["did"]], body=" ".join(row["body"].split()), at=row["at"].isoformat()) for row in rows)


def seen_of(things: Iterable[Latest]) -> str:
    """What a screen hands back to say that it showed these things. Pure."""
    return ".".join(thing.id for thing in things)


def foreign(things: Iterable[Latest], me: str) -> Latest | None:
    """The newest thing that is not the person's own. Pure."""
    return next((thing for thing in things if not me or thing.by_id != me), None)


def refuse_unseen(tx: Tx, scope: Scope, lead_id: UUID, seen: str | None) -> None:
    """Raise CameBetween when the newest things hold one by somebody else that is not among `seen` and not older than all of these. Nothing
    is asked with None: nobody looked.

    The caller holds the lead's lock, so what another person lets go at the same moment is either seen here or waits for us.
    """
    if seen is None:
        return
    named = [found for text in seen.split(".")[:NAMED] if (found := parse_id(text))]
    oldest = fetch_one(tx, _OLDEST_SEEN, {"seen": named, "lead": lead_id})["at"] if named else None
    for thing in latest(tx, scope, lead_id, most=LOOKED_AT):
        is_own = thing.by_id == str(scope.user_id)
        if not is_own and parse_id(thing.id) not in named and (oldest is None or datetime.fromisoformat(thing.at) > oldest):
            raise CameBetween(f"{thing.who} {thing.did} meanwhile: “{_excerpt(thing.body)}” Yours was not sent; your words are kept.")


def _excerpt(words: str) -> str:
    return words if len(words) <= 120 else words[:119].rsplit(" ", 1)[0] + "…"


def _who(row: dict) -> str:
    if row["direction"] == "inbound":
        return row["from_name"] or row["lead_name"] or row["from_address"] or "The lead"
    by = {"ai": "The AI", "campaign": "The campaign", "elsewhere": "Another tool"}
    return by.get(row["sent_by"] or "") or row["sender"] or "Somebody"
