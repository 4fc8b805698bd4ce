"""What do the channels of a lead stand on? Connections, ids at the providers and replies, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.rows import namedtuple_row

from zrg_app.kit.db import Tx
from zrg_app.kit.reads import Read, answer

_RECENT = 20
# Named SQL, because every click on a conversation asks for all channels: one statement for what each of them needs. Kinds and channels
# stand in it: handed in as lists they would make the server plan it anew each time, which takes as long as running it.
GROUND = f"""
select s.email_provider,
       array(select jsonb_build_array(c.provider, c.status) from connection c where c.workspace_id = l.workspace_id) as connections,
       array(select jsonb_build_array(i.kind, i.value) from lead_identity i where i.lead_id = l.id and i.kind in (
               'ghl_contact', 'emailbison_lead', 'smartlead_lead', 'instantly_lead', 'linkedin_member', 'linkedin_url')
             order by i.id) as identities,
       array(select to_jsonb(r) from (values ('email'), ('sms'), ('linkedin')) wanted (channel) cross join lateral (
               select m.id, m.channel, m.subject, m.thread, m.from_address, m.from_name, m.to_address, m.cc, m.is_automatic
               from message m where m.lead_id = l.id and m.channel = wanted.channel and m.direction = 'inbound'
               order by m.sent_at desc, m.id desc limit {_RECENT}) r) as replies
"""
"""The columns of a query over a lead `l` and its workspace's settings `s` that `ground_from` reads."""
_GROUND = f"{GROUND} from lead l left join workspace_settings s on s.workspace_id = l.workspace_id where l.id = %(lead)s"
PEOPLE = """
array(select address from (
  select lower(from_address) as address, max(sent_at) as at from message
  where lead_id = l.id and channel = 'email' and direction = 'inbound' and from_address is not null group by 1
  union all
  select lower(copied), max(sent_at) from message, unnest(cc) as copied where lead_id = l.id and channel = 'email' group by 1
  union all
  select value, created_at from lead_identity where lead_id = l.id and kind = 'email'
) seen group by address order by max(at) desc limit 12) as people
"""
"""Everybody who wrote or got a copy in the mails of a lead `l`, and the lead's own addresses; the last seen first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A message of the lead that can be answered."""

    id: UUID
    channel: str
    subject: str | None
    thread: dict
    from_address: str | None
    from_name: str | None
    to_address: str | None
    cc: Sequence[str]
    is_automatic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the channels of a lead stand on: the workspace's connections (their status by provider), the ids of the lead at the
    providers by kind, and the newest replies of each channel, the newest first."""

    email_provider: str | None
    connections: Mapping[str, str]
    identities: Mapping[str, str]
    replies: Sequence[Reply]


def ground_of(tx: Tx, lead_id: UUID) -> Ground:
    """What a lead's channels stand on."""
    return answer(tx, Read(_GROUND, {"lead": lead_id}, lambda rows: ground_from(rows[0]), namedtuple_row))


def ground_from(row: Any) -> Ground:
    """What the columns GROUND tell. Pure."""
    return Ground(email_provider=row.email_provider, connections=dict(row.connections), identities=dict(row.identities),
                  replies=[Reply(**{**reply, "id": UUID(reply["id"])}) for reply in row.replies])
