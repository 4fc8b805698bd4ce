"""How does a message get into a thread, exactly once, and what does the inbox list then show?"""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations.base import Event
from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Delivery, Direction, SentBy
from zrg_app.services import events, reading
from zrg_app.services.inbox import echo, namesakes, twins
from zrg_app.services.inbox.answered import ANSWERED
from zrg_app.services.inbox.marks import AI_SENT

# The search index takes about a megabyte of words; the raw text is kept whole.
LONGEST_BODY = 100_000
SNIPPET = 160

_INSERT = text("""
insert into message (id, workspace_id, lead_id, channel, direction, provider, external_id, dedupe_key, subject, body, raw_text,
                     raw_html, from_address, from_name, to_address, to_name, cc, thread, sent_at, created_at, sent_by, delivery,
                     is_automatic, webhook_event_id)
values (:id, :workspace_id, :lead_id, :channel, :direction, :provider, :external_id, :dedupe_key, :subject, :body, :raw_text,
        :raw_html, :from_address, :from_name, :to_address, :to_name, cast(:cc as text[]), cast(:thread as jsonb), :sent_at, :now,
        :sent_by, :delivery, :is_automatic, :webhook_event_id)
on conflict (workspace_id, dedupe_key) do nothing
returning id
""")
# The same reply is told by several events, and not each carries its body, subject and copies (PROVIDERS sections 2.5 and 3.3). Nor its
# time: some tell when it was marked or when it reached us, so the first of the moments told is when it was written.
_COMPLETE = text("""
with known as (
  select id, body = '' and :body <> '' as lacked_words, direction = 'inbound' and sent_at > :sent_at as is_earlier from message
  where id = :known and (body = '' and :body <> '' or subject is null and cast(:subject as text) is not null
                         or cc = '{}' and cast(:cc as text[]) <> '{}'
                         or from_address is null and cast(:from_address as text) is not null
                         or direction = 'inbound' and sent_at > :sent_at) for update
)
update message m set body = case when m.body = '' then :body else m.body end, raw_text = coalesce(m.raw_text, :raw_text),
                     raw_html = coalesce(m.raw_html, :raw_html), subject = coalesce(m.subject, :subject),
                     from_address = coalesce(m.from_address, :from_address), from_name = coalesce(m.from_name, :from_name),
                     cc = case when m.cc = '{}' then cast(:cc as text[]) else m.cc end, thread = cast(:thread as jsonb) || m.thread,
                     sent_at = case when known.is_earlier then :sent_at else m.sent_at end
from known where m.id = known.id
returning known.lacked_words, known.is_earlier, m.lead_id
""")
_ANY = text("select true from message where lead_id = :lead_id limit 1")
_BY_KEY = text("select id from message where workspace_id = :workspace_id and dedupe_key = :dedupe_key")
_ATTACH = text("""
insert into attachment (id, workspace_id, message_id, file_name, content_type, size_bytes, url)
select :id, :workspace_id, :message_id, :file_name, :content_type, :size_bytes, :url
where not exists (select from attachment where message_id = :message_id and url = :url)
""")
_ROLL_UP = text(f"""
with newest as (
  select channel, body, sent_at, direction from message where lead_id = :lead_id order by sent_at desc, id desc limit 1
), subject_line as (
  select subject from message where lead_id = :lead_id and channel = 'email' and subject <> ''
  order by sent_at desc, id desc limit 1
), sums as (
  select count(*) as messages, max(sent_at) filter (where direction = 'inbound') as last_inbound_at,
         max(sent_at) filter (where direction = 'outbound') as last_outbound_at, {AI_SENT} as ai_sent
  from message where lead_id = :lead_id
), former as (
  select done_at is not null as was_done, snoozed_until is not null as was_asleep from conversation where lead_id = :lead_id
), asked as (
  select lead_id, sent_at, created_at from message where lead_id = :lead_id and direction = 'inbound' and not is_automatic
  order by sent_at desc, id desc limit 1
), state as (
  select sums.*, lead.status = 'blacklisted' as is_blacklisted, lead.blacklist_reason, lead.status = 'meeting-booked' as has_booked,
         lead.status <> 'blacklisted' and exists (select from asked where not {ANSWERED.format(reply="asked")}) as open_question
  from sums, lead where lead.id = :lead_id
)
insert into conversation as c (lead_id, workspace_id, channel, subject, snippet, last_message_at, last_direction, last_inbound_at,
                               last_outbound_at, unread_count, message_count, needs_reply, ai_sent, sentiment, sentiment_source,
                               sentiment_reason, updated_at)
select :lead_id, :workspace_id, newest.channel, (select subject from subject_line),
       left(regexp_replace(newest.body, '\\s+', ' ', 'g'), :snippet), newest.sent_at, newest.direction, state.last_inbound_at,
       state.last_outbound_at, :unread, state.messages, state.open_question, state.ai_sent,
       case when state.is_blacklisted then 'Blacklist' when state.has_booked then 'Meeting Booked' else 'New' end,
       case when state.is_blacklisted or state.has_booked then 'provider' else 'rule' end,
       case when state.is_blacklisted then 'The provider reported before the first message: ' || state.blacklist_reason || '.'
            when state.has_booked then 'The calendar told of a meeting before the first message.' end, :now
from newest, state
on conflict (lead_id) do update set
  channel = excluded.channel, subject = excluded.subject, snippet = excluded.snippet, last_message_at = excluded.last_message_at,
  last_direction = excluded.last_direction, last_inbound_at = excluded.last_inbound_at,
  last_outbound_at = excluded.last_outbound_at, message_count = excluded.message_count, updated_at = excluded.updated_at,
  unread_count = c.unread_count + :unread, ai_sent = excluded.ai_sent,
  needs_reply = excluded.needs_reply and (c.needs_reply or :reopen),
  done_at = case when :reopen then null else c.done_at end,
  snoozed_until = case when :reopen then null else c.snoozed_until end,
  woke_at = case when :reopen or excluded.last_outbound_at is distinct from c.last_outbound_at then null else c.woke_at end,
  returns_on = case when :reopen then null else c.returns_on end
returning (select case when was_done then 'done' when was_asleep then 'snoozed' else '' end from former) as was
""")
# Who writes now: the sender of the newest reply when it is not the lead's own address, since their first one in a row.
_REPLIER = text("""
with inbound as (
  select lower(from_address) as address, from_name, sent_at, id from message
  where lead_id = :lead_id and channel = 'email' and direction = 'inbound' and not is_automatic and from_address is not null
), newest as (select address, from_name from inbound order by sent_at desc, id desc limit 1), run as (
  select newest.address, newest.from_name, (
    select min(sent_at) from inbound where inbound.address = newest.address and sent_at > coalesce(
      (select max(sent_at) from inbound other where other.address <> newest.address), '-infinity')) as since
  from newest
)
update lead set current_replier_email = case when run.address is distinct from lead.email then run.address end,
                current_replier_name = case when run.address is distinct from lead.email then run.from_name end,
                current_replier_since = case when run.address is distinct from lead.email then run.since end
from run where lead.id = :lead_id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inserted:
    """The message's id, whether this call put it there, and whether it gave a message that had none its words."""

    message_id: UUID
    is_new: bool
    completed: bool = False


def insert(tx: Tx, scope: Scope, lead_id: UUID, event: Event, *, provider: str, webhook_event_id: UUID | None = None,
           outbound_id: UUID | None = None) -> Inserted:
    """Put what `event` tells into the lead's thread, once per `event.dedupe_key` and once per provider message id.

    The caller holds the lead's lock. `body` becomes the reply-only text of mails; raw text and HTML are kept beside it. A
    message that came without a body before gets it now. `outbound_id` is given when the event records a message of the outbox.
    """
    named = namesakes.look(tx, scope, event, provider=provider)
    values = _values(scope, lead_id, event, provider, webhook_event_id) | {"dedupe_key": named.dedupe_key}
    if named.message_id:
        return _told_again(tx, scope, named.message_id, values)
    if twin := twins.same_text(tx, scope, lead_id, event, provider=provider):
        # Which of the two times is the message's own is decided there.
        told = _told_again(tx, scope, twin, values | {"sent_at": None})
        _attach(tx, scope, twin, event)
        roll_up(tx, scope, lead_id)
        return told
    if event.kind == "outbound" and event.sent_at and (told := echo.recognise(
            tx, scope, lead_id, event, provider=provider, outbound_id=outbound_id)):
        return Inserted(message_id=told, is_new=False)
    made = tx.execute(_INSERT, values).scalar_one_or_none()
    if made is None:
        return _told_again(tx, scope, tx.execute(_BY_KEY, values).scalar_one(), values)
    _attach(tx, scope, made, event)
    return Inserted(message_id=made, is_new=True)


def _told_again(tx: Tx, scope: Scope, message_id: UUID, values: dict[str, object]) -> Inserted:
    known = tx.execute(_COMPLETE, values | {"known": message_id}).one_or_none()
    if known and known.is_earlier:
        roll_up(tx, scope, known.lead_id)
    return Inserted(message_id=message_id, is_new=False, completed=bool(known and known.lacked_words))


def _attach(tx: Tx, scope: Scope, message_id: UUID, event: Event) -> None:
    for file in event.files:
        tx.execute(_ATTACH, {"id": ids.new_id(), "workspace_id": scope.workspace_id, "message_id": message_id,
                             "file_name": file.name[:300], "content_type": file.content_type, "size_bytes": file.size_bytes,
                             "url": file.url})


def roll_up(tx: Tx, scope: Scope, lead_id: UUID, *, unread: int = 0, reopen: bool = False) -> None:
    """Recompute what the list shows of a conversation from its messages, so that their order of arrival cannot matter.

    `unread` is how many new unread messages to add. `reopen` says that a person wrote: done and snoozed end, and the
    conversation asks for an answer unless one was already given or the lead is blacklisted; that it was out of sight is told.
    Raises NotFound without messages.
    """
    made = tx.execute(_ROLL_UP, {"lead_id": lead_id, "workspace_id": scope.workspace_id, "unread": unread, "reopen": reopen,
                                 "snippet": SNIPPET, "now": clock.now()}).one_or_none()
    if made is None:
        raise NotFound("This lead has no messages yet.")
    if reopen and made.was:
        events.record(tx, scope, events.ConversationChanged(lead_id=lead_id, change="returned", detail=made.was))


def update_replier(tx: Tx, lead_id: UUID) -> None:
    """Recompute who answers for the lead at present (FACTS section 13.2): nobody else when the lead writes."""
    tx.execute(_REPLIER, {"lead_id": lead_id})


def rejoin(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """Recompute what the list shows and who answers, after messages came from or went to another lead."""
    if tx.execute(_ANY, {"lead_id": lead_id}).scalar_one_or_none():
        roll_up(tx, scope, lead_id)
        update_replier(tx, lead_id)


def body_of(event: Event) -> str:
    """The text a person reads: what was newly written in a mail, SMS as it is. Pure."""
    if event.channel != "email":
        return (event.text or "").strip()[:LONGEST_BODY]
    return (reading.clean_body(event.text, event.html) or (event.text or "")).strip()[:LONGEST_BODY]


def _values(scope: Scope, lead_id: UUID, event: Event, provider: str, webhook_event_id: UUID | None) -> dict[str, object]:
    inbound = event.kind != "outbound"
    elsewhere = SentBy.CAMPAIGN if event.by_campaign else SentBy.ELSEWHERE
    return {
        "id": ids.new_id(), "workspace_id": scope.workspace_id, "lead_id": lead_id, "channel": event.channel,
        "direction": Direction.INBOUND if inbound else Direction.OUTBOUND, "provider": provider, "external_id": event.external_id,
        "dedupe_key": event.dedupe_key, "subject": (event.subject or "")[:1000] or None, "body": body_of(event),
        "raw_text": event.text, "raw_html": event.html, "from_address": _address(event.from_address),
        "from_name": event.from_name,
        "to_address": _address(event.to_address), "to_name": event.to_name, "cc": _unique(event.cc),
        "thread": json.dumps(dict(event.thread)), "sent_at": event.sent_at or clock.now(), "now": clock.now(),
        "sent_by": None if inbound else elsewhere, "delivery": Delivery.RECEIVED if inbound else Delivery.DELIVERED,
        "is_automatic": event.automatic, "webhook_event_id": webhook_event_id}


def _address(given: str | None) -> str | None:
    return reading.normalize_email(given or "") or ((given or "").strip()[:320] or None)


def _unique(addresses: tuple[str, ...]) -> list[str]:
    normal = [address for given in addresses if (address := reading.normalize_email(given))]
    return list(dict.fromkeys(normal))[:20]
