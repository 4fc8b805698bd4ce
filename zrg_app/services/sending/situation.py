"""Whom would we answer, through what, in which thread? The facts the policy decides on, read from the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from psycopg.rows import namedtuple_row
from sqlalchemy import func, select

from zrg_app.integrations import registry
from zrg_app.integrations.base import Provider
from zrg_app.kit.db import Tx, driver
from zrg_app.kit.settings import settings
from zrg_app.models import Connection, Draft, Lead, Message, OutboundMessage
from zrg_app.models.vocabulary import Channel, ConnectionStatus, Direction, IdentityKind, LeadStatus, SentBy
from zrg_app.services.sending import files
from zrg_app.services.sending.policy import Facts

PROVIDER_IDENTITIES = ("ghl_contact", "emailbison_lead", "smartlead_lead", "instantly_lead", "linkedin_member", "linkedin_url")
# By which id at the provider a lead can be written to without an address of theirs.
_REACHED_BY = {Channel.SMS: IdentityKind.GHL_CONTACT, Channel.LINKEDIN: IdentityKind.LINKEDIN_MEMBER}
_RECENT = 20
Row = Any

# Named SQL, because every click on a conversation runs these twice and objects cost four times as much.
_CONNECTIONS = """
select c.provider, c.status, s.email_provider from connection c left join workspace_settings s on s.workspace_id = c.workspace_id
where c.workspace_id = %(workspace)s and c.provider = any(%(slugs)s)
"""
_REPLIES = """
select id, subject, thread, from_address, from_name, to_address, cc, is_automatic from message
where lead_id = %(lead)s and channel = %(channel)s and direction = 'inbound' order by sent_at desc, id desc limit %(limit)s
"""
_PEOPLE = """
select address from (
  select lower(from_address) as address, max(sent_at) as at from message
  where lead_id = %(lead)s and channel = 'email' and direction = 'inbound' and from_address is not null group by 1
  union all
  select lower(copied), max(sent_at) from message, unnest(cc) as copied
  where lead_id = %(lead)s and channel = 'email' group by 1
  union all
  select value, created_at from lead_identity where lead_id = %(lead)s and kind = 'email'
) seen group by address order by max(at) desc limit 12
"""
_IDENTITIES = "select kind, value from lead_identity where lead_id = %(lead)s and kind = any(%(kinds)s) order by id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A channel of a lead as it stands. `facts` decide; the rest says how it would be sent."""

    facts: Facts
    provider: str
    in_reply_to: UUID | None
    thread: dict
    to_address: str | None
    to_name: str | None
    cc: tuple[str, ...]
    subject: str | None
    sender: str
    no_files: str = ""


def look(tx: Tx, lead: Lead, channel: str, *, sent_by: str, body: str | None = None, draft: Draft | None = None,
         to: tuple[str | None, str | None] = (None, None), cc: Sequence[str] | None = None, files: int = 0) -> Situation:
    """How `lead` can be answered on `channel` now. `to` (address, name) overrides the recipient, `cc` who gets a copy (None:
    those who got one of the message that is answered, where copies can be sent); `files` is how many go along."""
    connection, several = _connection(tx, lead.workspace_id, channel)
    slug = connection.provider if connection else ""
    provider = registry.provider(slug) if slug else None
    keys = provider.thread_keys if provider else ()
    answered = _answered(tx, lead.id, channel, keys, draft)
    usual = _recipient(lead, channel, answered, may_choose=provider is None or provider.no_other_recipient is None)
    to_address, to_name = to if to[0] else usual
    cc = (_copies(lead, answered, to_address) if provider is None or provider.no_copies is None else ()) if cc is None else tuple(cc)
    addresses = (*cc, *((to_address,) if channel == Channel.EMAIL and to_address else ()))
    facts = _facts(tx, lead, channel, sent_by=sent_by, body=body, connection=connection, addresses=addresses,
                   has_recipient=bool(to_address) or _is_reachable(tx, lead.id, channel),
                   has_thread=bool(answered) or not keys, newer=newer_reply(tx, lead.id, draft), several=several)
    facts = replace(facts, files=files, copies=len(cc), other_recipient=(to_address or "").lower() != (usual[0] or "").lower(),
                    **_abilities(provider))
    return Situation(
        facts=facts, provider=slug, in_reply_to=answered.id if answered else None,
        thread=dict(answered.thread) if answered else {}, to_address=to_address, to_name=to_name, cc=cc,
        subject=answered.subject if answered else None, sender=_sender(answered), no_files=no_files(provider))


def recheck(tx: Tx, lead: Lead, row: OutboundMessage, draft: Draft | None) -> Facts:
    """The facts of a message that was let go a while ago, at the moment it is to leave."""
    connection = tx.scalar(select(Connection).where(
        Connection.workspace_id == row.workspace_id, Connection.provider == row.provider))
    provider = registry.provider(row.provider)
    keys = provider.thread_keys
    newer = newer_reply(tx, lead.id, draft) or (row.is_scheduled and reply_since(tx, row))
    number, kept = files.sizes(tx, row.id)
    addresses = (*row.cc, *((row.to_address,) if row.channel == Channel.EMAIL and row.to_address else ()))
    facts = _facts(tx, lead, row.channel, sent_by=row.sent_by, body=row.body, connection=connection, addresses=addresses,
                   has_recipient=bool(row.to_address) or _is_reachable(tx, lead.id, row.channel),
                   has_thread=all(row.thread.get(key) for key in keys), newer=newer,
                   several=_connection(tx, row.workspace_id, row.channel)[1])
    return replace(facts, is_scheduled=row.is_scheduled, files=number, files_kept=kept, copies=len(row.cc),
                   **_abilities(provider))


def is_on_linkedin(tx: Tx, lead: Lead) -> bool:
    """Whether a lead has a LinkedIn profile we know of: only then is that channel offered."""
    return bool(lead.linkedin_url) or _is_reachable(tx, lead.id, Channel.LINKEDIN)


def identities(tx: Tx, lead_id: UUID) -> dict[str, str]:
    """The provider ids of a lead by kind; the newest of each."""
    return {row.kind: row.value for row in _rows(tx, _IDENTITIES, {"lead": lead_id, "kinds": list(PROVIDER_IDENTITIES)})}


def people(tx: Tx, lead_id: UUID) -> tuple[str, ...]:
    """Everybody who wrote or got a copy in the lead's mails, and the lead's own addresses; the last seen first."""
    return tuple(row.address for row in _rows(tx, _PEOPLE, {"lead": lead_id}) if row.address)


def no_files(provider: Provider | None) -> str:
    """Why no file can be sent through a provider, in words for people; empty when it can."""
    if provider is None:
        return ""
    if not provider.sends_files:
        return f"{provider.title} takes no files; send a link instead."
    # The sandbox runs beside the product and can fetch from it without a public address.
    if provider.fetches_files and not (settings().public_url or settings().sandbox_url):
        return f"{provider.title} fetches files from us: set ZRG_PUBLIC_URL to an address it can reach."
    return ""


def reply_since(tx: Tx, row: OutboundMessage) -> bool:
    """Whether a person wrote that whoever planned this message had not read: it came here later, and is no older mail that a
    reading of history brought in."""
    answered = select(Message.sent_at).where(Message.id == row.in_reply_to).scalar_subquery()
    return tx.scalar(select(Message.id).where(
        Message.lead_id == row.lead_id, Message.direction == Direction.INBOUND, Message.is_automatic.is_(False),
        Message.created_at > row.created_at, func.coalesce(Message.sent_at > answered, Message.sent_at > row.created_at))
        .limit(1)) is not None


def newer_reply(tx: Tx, lead_id: UUID, draft: Draft | None) -> bool:
    """Whether a person wrote again after the message that `draft` answers. What a machine wrote is no word of theirs: the
    answer they wait for is still right beside an absence note (`drafting.discard_pending` keeps to the same)."""
    if draft is None:
        return False
    trigger = select(Message.sent_at).where(Message.id == draft.trigger_message_id).scalar_subquery()
    return tx.scalar(select(Message.id).where(
        Message.lead_id == lead_id, Message.direction == Direction.INBOUND, Message.is_automatic.is_(False),
        Message.id != draft.trigger_message_id, Message.sent_at > trigger).limit(1)) is not None


def _facts(tx: Tx, lead: Lead, channel: str, *, sent_by: str, body: str | None, connection: Connection | Row | None,
           addresses: tuple[str, ...], has_recipient: bool, has_thread: bool, newer: bool, several: bool) -> Facts:
    return Facts(
        channel=channel, by_ai=sent_by == SentBy.AI, opted_out=lead.opted_out_at is not None, sms_dnd=lead.sms_dnd,
        blacklisted=lead.status == LeadStatus.BLACKLISTED or bool(lead.blacklist_reason), has_recipient=has_recipient,
        connected=connection is not None, locked=connection is not None and connection.status == ConnectionStatus.LOCKED,
        has_thread=has_thread, newer_reply=newer, body=body, addresses=addresses, several=several)


def _is_reachable(tx: Tx, lead_id: UUID, channel: str) -> bool:
    kind = _REACHED_BY.get(channel)
    return kind is not None and kind in identities(tx, lead_id)


def _connection(tx: Tx, workspace_id: UUID, channel: str) -> tuple[Row | None, bool]:
    """The connection to send through, and whether several e-mail providers are connected and none was chosen."""
    slugs = [each.slug for each in registry.for_channel(channel)]
    rows = {row.provider: row for row in _rows(tx, _CONNECTIONS, {"workspace": workspace_id, "slugs": slugs})}
    wanted = next((row.email_provider for row in rows.values()), None)
    if channel == Channel.EMAIL and wanted in rows:
        return rows[wanted], False
    first = next((rows[slug] for slug in slugs if slug in rows), None)
    return first, channel == Channel.EMAIL and len(rows) > 1


def _answered(tx: Tx, lead_id: UUID, channel: str, keys: Sequence[str], draft: Draft | None) -> Row | None:
    """The message to answer: what the draft was written for, else the newest reply, a person's before a machine's."""
    rows = _rows(tx, _REPLIES, {"lead": lead_id, "channel": channel, "limit": _RECENT})
    fitting = [row for row in rows if all(row.thread.get(key) for key in keys)]
    for row in fitting:
        if draft is not None and row.id == draft.trigger_message_id:
            return row
    return min(fitting, key=lambda row: row.is_automatic, default=None)


def _rows(tx: Tx, statement: str, parameters: dict) -> list[Row]:
    with driver(tx).cursor(row_factory=namedtuple_row) as cursor:
        return cursor.execute(statement, parameters).fetchall()


def _abilities(provider: Provider | None) -> dict[str, bool]:
    if provider is None:
        return {}
    return {"takes_files": not no_files(provider), "takes_copies": provider.no_copies is None,
            "takes_other_recipient": provider.no_other_recipient is None}


def _recipient(lead: Lead, channel: str, answered: Row | None, *, may_choose: bool) -> tuple[str | None, str | None]:
    name = f"{lead.first_name} {lead.last_name}".strip() or None
    if channel == Channel.SMS:
        return lead.phone, name
    if channel == Channel.LINKEDIN:
        return lead.linkedin_url, name
    if lead.current_replier_email and may_choose and not _is_retired(lead, lead.current_replier_email):
        return lead.current_replier_email, lead.current_replier_name
    if answered is not None and answered.from_address and not answered.is_automatic and not _is_retired(
            lead, answered.from_address):
        return answered.from_address, answered.from_name or name
    return lead.email, name


def _is_retired(lead: Lead, address: str) -> bool:
    """Whether an alternate address of the lead accepts no mail."""
    return address.lower() in (lead.facts or {}).get("retired", {}) and address.lower() != (lead.email or "")


def _sender(answered: Row | None) -> str:
    return str(answered.thread.get("sender_email") or answered.to_address or "") if answered else ""


def _copies(lead: Lead, answered: Row | None, to_address: str | None) -> tuple[str, ...]:
    """Who got a copy of the message that is answered, and the lead's own address when somebody else answered for it."""
    if answered is None:
        return ()
    not_again = {(address or "").lower() for address in (to_address, answered.to_address, _sender(answered))}
    own = (lead.email,) if lead.email and to_address and lead.current_replier_email == to_address else ()
    copied = dict.fromkeys(address.lower() for address in (*answered.cc, *own))
    return tuple(address for address in copied if address not in not_again and not _is_retired(lead, address))
