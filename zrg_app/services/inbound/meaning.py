"""What does one neutral event change? A message, a lead's consent, or what is known of a mail."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations.base import Event, Person
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Channel, Direction, Sentiment, SentimentSource
from zrg_app.services import events, leads, reading, sentiment
from zrg_app.services.inbox import ingest
from zrg_app.services.sentiment.policy import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The event was taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """The event is kept and has no effect; `reason` is a stable code."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    tx: Tx
    scope: Scope
    event: Event
    provider: str
    webhook_event_id: UUID | None
    lead_id: UUID


Outcome = Done | Ignored

_OPENED = text("""
update lead set facts = facts || jsonb_build_object('email_opened_at', greatest(facts->>'email_opened_at', cast(:at as text)))
where id = :lead_id
""")
_BOUNCED_MAIL = text("""
update message set delivery = 'bounced', delivery_reason = :reason
where workspace_id = :workspace_id and dedupe_key = :key and delivery <> 'bounced'
""")
_REMEMBER_BOUNCE = text("""
update lead set facts = facts || jsonb_build_object('bounced', coalesce(facts->'bounced', '{}') || jsonb_build_object(
  cast(:key as text), cast(:reason as text))) where id = :lead_id
""")
_BOUNCED_BEFORE = text("select facts->'bounced'->>:key from lead where id = :lead_id")
_UNDECIDED = text("""
select true from conversation c, message told
where c.lead_id = :lead_id and told.id = :message_id and c.sentiment <> :blacklist
  and not exists (select from message later where later.id = c.sentiment_message_id and later.sent_at > told.sent_at)
  and not (c.sentiment_message_id is not distinct from told.id and c.sentiment_source in ('person', 'provider'))
""")
_NO_MORE_MAIL = text("""
update conversation set sentiment = :blacklist, sentiment_source = 'provider', sentiment_reason = :reason, sentiment_at = :now,
                        updated_at = :now
where lead_id = :lead_id and sentiment <> :blacklist
""")


def apply(tx: Tx, scope: Scope, event: Event, *, provider: str, webhook_event_id: UUID | None, region: str | None,
          at: datetime) -> Outcome:
    """Do what `event` means, once, whatever arrived before it; `at` is its plausible time."""
    event = dataclasses.replace(event, sent_at=at)
    if event.kind == "reply" and event.channel == Channel.EMAIL and reading.is_bounce_sender(event.from_address):
        return _mail_system(tx, scope, event, provider=provider, region=region)
    from_address = event.from_address if event.kind in ("reply", "interested") else None
    match = leads.find_or_create(tx, scope, event.person, region=region, from_address=from_address)
    if match is None:
        return Ignored(reason="nobody_to_recognise")
    if event.campaign_id:
        leads.join_campaign(tx, scope, match.lead_id, provider, event.campaign_id, name=event.campaign_name)
    _MEANINGS[event.kind](_Case(tx=tx, scope=scope, event=event, provider=provider, webhook_event_id=webhook_event_id,
                                lead_id=match.lead_id))
    return Done()


def _reply(case: _Case) -> UUID:
    event = case.event
    inserted = _insert(case)
    if event.channel == Channel.EMAIL:
        leads.remember_address(case.tx, case.scope, case.lead_id, event.from_address)
        ingest.update_replier(case.tx, case.lead_id)
    if inserted.is_new:
        ingest.roll_up(case.tx, case.scope, case.lead_id, unread=1, reopen=not event.automatic)
        events.record(case.tx, case.scope, events.ReplyReceived(
            lead_id=case.lead_id, message_id=inserted.message_id, channel=event.channel))
    return inserted.message_id


def _interested(case: _Case) -> UUID:
    message_id = _reply(case)
    if case.tx.execute(_UNDECIDED, {"lead_id": case.lead_id, "message_id": message_id,
                                    "blacklist": Sentiment.BLACKLIST}).scalar_one_or_none():
        sentiment.decide(case.tx, case.scope, case.lead_id, message_id, Verdict(
            sentiment=Sentiment.INTERESTED, source=SentimentSource.PROVIDER,
            reason="Marked as interested at the e-mail provider."))
    return message_id


def _outbound(case: _Case) -> UUID:
    inserted = _insert(case)
    if not inserted.is_new:
        return inserted.message_id
    bounced = case.tx.execute(_BOUNCED_BEFORE, {"lead_id": case.lead_id, "key": case.event.dedupe_key}).scalar_one_or_none()
    if bounced is not None:
        _mark_bounced(case, case.event.dedupe_key, bounced)
    ingest.roll_up(case.tx, case.scope, case.lead_id)
    events.record(case.tx, case.scope, events.MessageObserved(
        lead_id=case.lead_id, message_id=inserted.message_id, channel=case.event.channel, direction=Direction.OUTBOUND))
    return inserted.message_id


def _bounced(case: _Case) -> None:
    scheduled = case.event.thread.get("scheduled_email_id")
    if scheduled:
        key, reason = f"{case.provider}:scheduled:{scheduled}", (case.event.subject or "The mail came back.")[:300]
        case.tx.execute(_REMEMBER_BOUNCE, {"lead_id": case.lead_id, "key": key, "reason": reason})
        _mark_bounced(case, key, reason)
    _stop(case.tx, case.scope, case.lead_id, reason="bounce")


def _unsubscribed(case: _Case) -> None:
    _stop(case.tx, case.scope, case.lead_id, reason="unsubscribed")


def _stop(tx: Tx, scope: Scope, lead_id: UUID, *, reason: str) -> None:
    leads.blacklist(tx, scope, lead_id, reason=reason)
    tx.execute(_NO_MORE_MAIL, {"lead_id": lead_id, "blacklist": Sentiment.BLACKLIST, "now": clock.now(),
                               "reason": f"The e-mail provider reports: {reason}."})


def _opened(case: _Case) -> None:
    case.tx.execute(_OPENED, {"lead_id": case.lead_id, "at": case.event.sent_at.isoformat()})


def _sms_blocked(case: _Case) -> None:
    leads.block_sms(case.tx, case.scope, case.lead_id, reason=case.event.text or "Do not disturb is set in the CRM.",
                    at=case.event.sent_at)


def _sms_allowed(case: _Case) -> None:
    leads.allow_sms(case.tx, case.scope, case.lead_id, at=case.event.sent_at)


_MEANINGS: dict[str, Callable[[_Case], UUID | None]] = {
    "reply": _reply, "interested": _interested, "outbound": _outbound, "bounced": _bounced, "unsubscribed": _unsubscribed,
    "opened": _opened, "sms_blocked": _sms_blocked, "sms_allowed": _sms_allowed,
}


def _insert(case: _Case) -> ingest.Inserted:
    return ingest.insert(case.tx, case.scope, case.lead_id, case.event, provider=case.provider,
                         webhook_event_id=case.webhook_event_id)


def _mark_bounced(case: _Case, key: str, reason: str) -> None:
    case.tx.execute(_BOUNCED_MAIL, {"workspace_id": case.scope.workspace_id, "key": key, "reason": reason})


def _mail_system(tx: Tx, scope: Scope, event: Event, *, provider: str, region: str | None) -> Outcome:
    # A mail system is nobody's lead: its report counts for the person whose mail failed.
    report = reading.detect_bounce({"from": event.from_address, "subject": event.subject, "text": event.text, "html": event.html})
    if not report["is_bounce"] or report["kind"] == "temporary":
        return Ignored(reason="mail_system_notice")
    person = event.person
    if reading.is_bounce_sender(person.email):
        person = next((Person(email=address) for address in report["recipients"]), Person())
    match = leads.find_or_create(tx, scope, person, region=region)
    if match is None:
        return Ignored(reason="bounce_of_unknown_lead")
    _stop(tx, scope, match.lead_id, reason="bounce")
    return Done()
