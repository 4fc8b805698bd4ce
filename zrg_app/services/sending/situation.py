"""Whom would we answer, through what, in which thread? The facts the policy decides on, read from the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from zrg_app.integrations import registry
from zrg_app.integrations.base import Provider
from zrg_app.kit.db import Tx
from zrg_app.kit.settings import settings
from zrg_app.models import Draft, Lead, Message, OutboundMessage
from zrg_app.models.vocabulary import Channel, ConnectionStatus, Direction, IdentityKind, LeadStatus, SentBy
from zrg_app.services.sending import files
from zrg_app.services.sending.ground import Ground, Reply, ground_of
from zrg_app.services.sending.policy import Facts

# By which id at the provider a lead can be written to without an address of theirs.
_REACHED_BY = {Channel.SMS: IdentityKind.GHL_CONTACT, Channel.LINKEDIN: IdentityKind.LINKEDIN_MEMBER}
Row = Any


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
    return seen_from(ground_of(tx, lead.id), lead, channel, sent_by=sent_by, body=body, to=to, cc=cc, files=files,
                     trigger=draft.trigger_message_id if draft else None, newer=newer_reply(tx, lead.id, draft))


def seen_from(ground: Ground, lead: Lead | Row, channel: str, *, sent_by: str, body: str | None = None, trigger: UUID | None = None,
              newer: bool = False, to: tuple[str | None, str | None] = (None, None), cc: Sequence[str] | None = None,
              files: int = 0) -> Situation:
    """The same from what was read; `trigger` is the message a draft answers, `newer` whether the lead wrote since. Pure."""
    slug, several = _provider(ground, channel)
    provider = registry.provider(slug) if slug else None
    keys = provider.thread_keys if provider else ()
    answered = _answered(ground, channel, keys, trigger)
    usual = _recipient(lead, channel, answered, may_choose=provider is None or provider.no_other_recipient is None)
    to_address, to_name = to if to[0] else usual
    cc = (_copies(lead, answered, to_address) if provider is None or provider.no_copies is None else ()) if cc is None else tuple(cc)
    addresses = (*cc, *((to_address,) if channel == Channel.EMAIL and to_address else ()))
    facts = _facts(lead, channel, sent_by=sent_by, body=body, status=ground.connections.get(slug), addresses=addresses,
                   has_recipient=bool(to_address) or _is_reachable(ground.identities, channel),
                   has_thread=bool(answered) or not keys, newer=newer, several=several)
    facts = replace(facts, files=files, copies=len(cc), other_recipient=(to_address or "").lower() != (usual[0] or "").lower(),
                    **_abilities(provider))
    return Situation(
        facts=facts, provider=slug or "", in_reply_to=answered.id if answered else None,
        thread=dict(answered.thread) if answered else {}, to_address=to_address, to_name=to_name, cc=cc,
        subject=answered.subject if answered else None, sender=_sender(answered), no_files=no_files(provider))


def recheck(tx: Tx, lead: Lead, row: OutboundMessage, draft: Draft | None) -> Facts:
    """The facts of a message that was let go a while ago, at the moment it is to leave."""
    ground = ground_of(tx, lead.id)
    provider = registry.provider(row.provider)
    keys = provider.thread_keys
    newer = newer_reply(tx, lead.id, draft) or (row.is_scheduled and reply_since(tx, row))
    number, kept = files.sizes(tx, row.id)
    addresses = (*row.cc, *((row.to_address,) if row.channel == Channel.EMAIL and row.to_address else ()))
    facts = _facts(lead, row.channel, sent_by=row.sent_by, body=row.body, status=ground.connections.get(row.provider),
                   addresses=addresses, has_recipient=bool(row.to_address) or _is_reachable(ground.identities, row.channel),
                   has_thread=all(row.thread.get(key) for key in keys), newer=newer, several=_provider(ground, row.channel)[1])
    return replace(facts, is_scheduled=row.is_scheduled, files=number, files_kept=kept, copies=len(row.cc),
                   **_abilities(provider))


def is_on_linkedin(ground: Ground, lead: Lead | Row) -> bool:
    """Whether a lead has a LinkedIn profile we know of: only then is that channel offered. Pure."""
    return bool(lead.linkedin_url) or _is_reachable(ground.identities, Channel.LINKEDIN)


def identities(tx: Tx, lead_id: UUID) -> dict[str, str]:
    """The provider ids of a lead by kind; the newest of each."""
    return dict(ground_of(tx, lead_id).identities)


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


def _facts(lead: Lead | Row, channel: str, *, sent_by: str, body: str | None, status: str | None, addresses: tuple[str, ...],
           has_recipient: bool, has_thread: bool, newer: bool, several: bool) -> Facts:
    return Facts(
        channel=channel, by_ai=sent_by == SentBy.AI, opted_out=lead.opted_out_at is not None, sms_dnd=lead.sms_dnd,
        blacklisted=lead.status == LeadStatus.BLACKLISTED or bool(lead.blacklist_reason), has_recipient=has_recipient,
        connected=status is not None, locked=status == ConnectionStatus.LOCKED,
        has_thread=has_thread, newer_reply=newer, body=body, addresses=addresses, several=several)


def _is_reachable(identities: Mapping[str, str], channel: str) -> bool:
    kind = _REACHED_BY.get(channel)
    return kind is not None and kind in identities


def _provider(ground: Ground, channel: str) -> tuple[str | None, bool]:
    """The provider to send through, and whether several e-mail providers are connected and none was chosen."""
    slugs = [each.slug for each in registry.for_channel(channel) if each.slug in ground.connections]
    if channel == Channel.EMAIL and ground.email_provider in slugs:
        return ground.email_provider, False
    return slugs[0] if slugs else None, channel == Channel.EMAIL and len(slugs) > 1


def _answered(ground: Ground, channel: str, keys: Sequence[str], trigger: UUID | None) -> Reply | None:
    """The message to answer: what the draft was written for, else the newest reply, a person's before a machine's."""
    fitting = [reply for reply in ground.replies if reply.channel == channel and all(reply.thread.get(key) for key in keys)]
    for reply in fitting:
        if reply.id == trigger:
            return reply
    return min(fitting, key=lambda reply: reply.is_automatic, default=None)


def _abilities(provider: Provider | None) -> dict[str, bool]:
    if provider is None:
        return {}
    return {"takes_files": not no_files(provider), "takes_copies": provider.no_copies is None,
            "takes_other_recipient": provider.no_other_recipient is None}


def _recipient(lead: Lead | Row, channel: str, answered: Reply | None, *, may_choose: bool) -> tuple[str | None, str | None]:
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


def _is_retired(lead: Lead | Row, address: str) -> bool:
    """Whether an alternate address of the lead accepts no mail."""
    return address.lower() in (lead.facts or {}).get("retired", {}) and address.lower() != (lead.email or "")


def _sender(answered: Reply | None) -> str:
    return str(answered.thread.get("sender_email") or answered.to_address or "") if answered else ""


def _copies(lead: Lead | Row, answered: Reply | None, to_address: str | None) -> tuple[str, ...]:
    """Who got a copy of the message that is answered, and the lead's own address when somebody else answered for it."""
    if answered is None:
        return ()
    not_again = {(address or "").lower() for address in (to_address, answered.to_address, _sender(answered))}
    own = (lead.email,) if lead.email and to_address and lead.current_replier_email == to_address else ()
    copied = dict.fromkeys(address.lower() for address in (*answered.cc, *own))
    return tuple(address for address in copied if address not in not_again and not _is_retired(lead, address))
