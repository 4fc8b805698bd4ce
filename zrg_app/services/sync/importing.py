"""How does a history get into the thread? Compared, healed, told, in one transaction with the lead locked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations import registry
from zrg_app.integrations.base import Event
from zrg_app.kit import clock
from zrg_app.kit.db import Tx, driver, fetch_all
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Channel, SentBy
from zrg_app.services import events as facts
from zrg_app.services import reading
from zrg_app.services.inbound.meaning import Case, tell
from zrg_app.services.inbox import fates, ingest
from zrg_app.services.leads import identity
from zrg_app.services.leads.matching import Identity
from zrg_app.services.sync.policy import Row, plan

_LOCK = text("select id from lead where id = :lead_id and workspace_id = :workspace_id for no key update")
_ROWS = """
select id, external_id, dedupe_key, direction, case when external_id is null or %(worded)s then body else '' end as text, sent_at,
       body = '' and raw_html is null or from_address is null and channel = 'email' and direction = 'inbound' as is_empty
from message where lead_id = %(lead)s and workspace_id = %(workspace)s and provider = %(provider)s
"""
# The key stays, and is noted as the one the row was told under before: a replay of that webhook must find it again, and no
# other telling with an id may take the row for one that still lacks it.
_HEAL = text("""
update message set external_id = :external_id, sent_at = :sent_at,
       thread = thread || cast(:thread as jsonb) || jsonb_build_object('told_as', dedupe_key),
       sent_by = case when direction = 'inbound' or outbound_id is not null then sent_by else :sent_by end
where id = :id and external_id is null
  and not exists (select from message other where other.workspace_id = :workspace_id and other.provider = message.provider
                  and other.external_id = :external_id)
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many messages were new, and how many rows got the id, time and sender they lacked."""

    new: int = 0
    healed: int = 0


def take_in(tx: Tx, scope: Scope, lead_id: UUID, provider: str, events: Sequence[Event]) -> Imported:
    """Put what a provider's history tells of one lead into the thread, without doubling anything.

    Replies are late news: they ask for something only if they still wait for an answer. Does nothing when the lead is gone,
    or when the history turns out to be another lead's.
    """
    if not lock(tx, scope, lead_id) or not _is_theirs(tx, scope, lead_id, events):
        return Imported()
    wanted = plan(known_rows(tx, scope, lead_id, provider), [event for event in events if _is_said(event)],
                  shares_ids=registry.provider(provider).shares_ids)
    healed = heal(tx, scope, lead_id, wanted.heal)
    before = _count(tx, lead_id)
    for event in wanted.new:
        tell(Case(tx=tx, scope=scope, event=event, provider=provider, webhook_event_id=None, lead_id=lead_id, late=True))
    _note_failures(tx, scope, provider, events)
    return Imported(new=_count(tx, lead_id) - before, healed=healed)


def lock(tx: Tx, scope: Scope, lead_id: UUID) -> bool:
    """Lock the lead for the rest of the transaction; False when it is gone."""
    return tx.execute(_LOCK, {"lead_id": lead_id, "workspace_id": scope.workspace_id}).one_or_none() is not None


def known_rows(tx: Tx, scope: Scope, lead_id: UUID, provider: str) -> list[Row]:
    """The lead's messages of one provider, as far as the comparison needs them."""
    found = fetch_all(tx, _ROWS, {"lead": lead_id, "workspace": scope.workspace_id, "provider": provider,
                                  "worded": registry.provider(provider).shares_ids})
    return [Row(id=str(row["id"]), external_id=row["external_id"], dedupe_key=row["dedupe_key"], direction=row["direction"],
                text=row["text"], at=row["sent_at"], is_empty=row["is_empty"]) for row in found]


def heal(tx: Tx, scope: Scope, lead_id: UUID, pairs: Mapping[str, Event]) -> int:
    """Give rows without an id the id, time and handle of the event each was paired with. Returns how many."""
    for row_id, event in pairs.items():
        tx.execute(_HEAL, {
            "id": row_id, "workspace_id": scope.workspace_id, "external_id": event.external_id, "sent_at": event.sent_at,
            "thread": json.dumps({name: value for name, value in event.thread.items() if value is not None}),
            "sent_by": SentBy.CAMPAIGN if event.by_campaign else SentBy.ELSEWHERE})
    if pairs:
        ingest.roll_up(tx, scope, lead_id)
        facts.tell_screens(tx, scope, ("list", "thread"), lead_id)
    return len(pairs)


def _is_theirs(tx: Tx, scope: Scope, lead_id: UUID, events: Sequence[Event]) -> bool:
    wanted = {Identity(kind, value) for event in events for kind, value in event.person.identities.items() if value}
    known = identity.read(tx, scope, sorted(wanted))
    if any(found.lead_id != lead_id for found in known):
        return False
    own = identity.primary_of(tx, lead_id)
    identity.claim(tx, scope, lead_id, [one for one in wanted if one.kind not in own])
    return True


def _is_said(event: Event) -> bool:
    """Whether somebody said something at a plausible time: what a mail system reports is no message, a far future is none yet,
    and without a word or a file nothing was said."""
    from_machine = event.kind != "outbound" and event.channel == Channel.EMAIL and reading.is_bounce_sender(event.from_address)
    has_content = event.text or event.html or event.files or event.kind == "delivery_failed"
    return bool(has_content) and not from_machine and event.sent_at is not None and event.sent_at <= clock.now() + timedelta(minutes=10)


def _note_failures(tx: Tx, scope: Scope, provider: str, events: Sequence[Event]) -> None:
    for event in events:
        if event.kind == "delivery_failed" and event.about_message:
            fates.tell(tx, scope, f"{provider}:{event.about_message}", fate="failed", at=event.sent_at or clock.now(),
                       reason=event.text or "The provider says it was not delivered.")


def _count(tx: Tx, lead_id: UUID) -> int:
    return driver(tx).execute("select count(*) from message where lead_id = %s", (lead_id,)).fetchone()[0]
