"""What does a Calendly webhook say in our words, and was it Calendly who signed it? (PROVIDERS 6.4 to 6.6)"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from zrg_app.integrations.base import Event, Meeting, NotForUs, NotTheirs, Parsed, Person, Understood
from zrg_app.integrations.fields import block, identifier, instant, items, key_of, truth, words
from zrg_app.kit import clock
from zrg_app.kit.digest import same, stable_key

SIGNATURE_HEADER = "calendly-webhook-signature"
WINDOW = timedelta(minutes=3)
"""How far the signed time may be from ours, either way: the vendor's sample."""

CREATED, CANCELED, NO_SHOW, NO_SHOW_TAKEN_BACK = (
    "invitee.created", "invitee.canceled", "invitee_no_show.created", "invitee_no_show.deleted")
EVENTS = (CREATED, CANCELED, NO_SHOW, NO_SHOW_TAKEN_BACK)
_NOT_USED = frozenset({"routing_form_submission.created"})
_PHONE_QUESTION = re.compile(r"phone|mobile|number|cell|whatsapp|tel", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_TRACKED = ("utm_content", "utm_term", "utm_source", "utm_medium", "utm_campaign", "salesforce_uuid")


def signature_problem(header: str | None, body: bytes, key: str, now: datetime) -> str | None:
    """Why the signature of `body` is not good, in a sentence; None when it is.

    The header is `t=<unix seconds>,v1=<hex>`; what is signed is t, a full stop and the raw bytes. Several `v1` may be given.
    """
    parts = [part.strip().partition("=") for part in (header or "").split(",")]
    times = [value for name, _, value in parts if name == "t"]
    offered = [value.lower() for name, _, value in parts if name == "v1"]
    if len(times) != 1 or not offered or not re.fullmatch(r"[0-9]{1,12}", times[0]):
        return "The request carries no Calendly signature."
    expected = hmac.new(key.encode(), times[0].encode() + b"." + body, hashlib.sha256).hexdigest()
    # Every offer is compared, so that the time taken says nothing.
    matches = [same(one, expected) for one in offered]
    if not any(matches):
        return "The signature does not fit the body."
    if abs(now.timestamp() - int(times[0])) > WINDOW.total_seconds():
        return "The signature is too old."
    return None


def event_type_of(payload: Mapping) -> str:
    """The event's name for the ledger; `unknown` when the body names none."""
    return (words(payload.get("event")) or "unknown").lower()[:80]


def event_key(payload: Mapping) -> str:
    """What makes two deliveries the same: the event and what it is about."""
    told = block(payload, "payload")
    about = identifier(told.get("uri")) or _old_id(told) or stable_key(json.dumps(payload, sort_keys=True, default=str))
    return f"calendly:{event_type_of(payload)}:{about}"


def calendar_of(payload: Mapping) -> str | None:
    """The kind of meeting (the event type's address) the event is about."""
    told = block(payload, "payload")
    return identifier(block(told, "scheduled_event").get("event_type")) or identifier(block(told, "event_type").get("uuid"))


def email_of(payload: Mapping) -> str | None:
    """The invitee's address, lower case."""
    email = _person(block(payload, "payload")).email
    return email.lower() if email else None


def unused(payload: Mapping) -> str | None:
    """Why an event will have no effect, as far as its body tells."""
    parsed = parse(payload)
    return None if isinstance(parsed, Understood) else parsed.reason


def parse(payload: Mapping, *, received_at: datetime | None = None) -> Parsed:
    """Read a webhook body; `received_at` (default now) stands in for times it does not tell. Never raises."""
    event_type, told = event_type_of(payload), block(payload, "payload")
    if words(payload.get("event")) is None:
        return NotForUs(event_type=event_type, reason="missing_event")
    if event_type in _NOT_USED:
        return NotForUs(event_type=event_type, reason="event_not_used")
    if event_type not in EVENTS:
        return NotForUs(event_type=event_type, reason="event_unknown")
    at = instant(payload.get("created_at")) or instant(payload.get("time")) or received_at or clock.now()
    if event_type in (NO_SHOW, NO_SHOW_TAKEN_BACK):
        return _no_show(event_type, told, at)
    meeting = _meeting(event_type, told, at)
    if meeting is None:
        return NotTheirs(reason="missing_invitee")
    kind = "meeting_cancelled" if event_type == CANCELED else "meeting_booked"
    return Understood(event_type=event_type, events=(Event(
        kind=kind, channel="calendar", person=_person(told), dedupe_key=event_key(payload), external_id=meeting.external_id,
        sent_at=meeting.told_at, about_lead=_tracked_lead(told), meeting=meeting),))


def _no_show(event_type: str, told: Mapping, at: datetime) -> Parsed:
    """An invitee did not come, or did after all; the event names the invitee by address only."""
    invitee = identifier(told.get("invitee")) or identifier(block(told, "invitee").get("uri"))
    if invitee is None:
        return NotTheirs(reason="missing_invitee")
    status = "no_show" if event_type == NO_SHOW else "confirmed"
    return Understood(event_type=event_type, events=(Event(
        kind="meeting_outcome", channel="calendar", person=Person(), dedupe_key=f"calendly:{event_type}:{invitee}",
        external_id=invitee, sent_at=at, meeting=Meeting(external_id=invitee, status=status, told_at=at)),))


def _meeting(event_type: str, told: Mapping, at: datetime) -> Meeting | None:
    external_id = identifier(told.get("uri")) or _old_id(told)
    if external_id is None:
        return None
    booked, old = block(told, "scheduled_event"), block(told, "event")
    cancellation = block(told, "cancellation") or block(booked, "cancellation")
    is_off = event_type == CANCELED
    replaced_by = identifier(told.get("new_invitee"))
    created_at = instant(told.get("created_at")) or instant(block(told, "invitee").get("created_at"))
    cancelled_at = instant(cancellation.get("created_at")) or instant(told.get("updated_at")) or at
    return Meeting(
        external_id=external_id, status="canceled" if is_off else "confirmed", booked_at=created_at,
        told_at=max(cancelled_at, created_at or cancelled_at) if is_off else created_at or at,
        starts_at=instant(booked.get("start_time")) or instant(old.get("start_time")),
        ends_at=instant(booked.get("end_time")) or instant(old.get("end_time")),
        title=words(booked.get("name")) or words(block(told, "event_type").get("name")),
        timezone=words(told.get("timezone")) or words(block(told, "invitee").get("timezone")),
        calendar=calendar_of({"payload": told}), join_url=_web(block(booked, "location").get("join_url")),
        cancel_url=_web(told.get("cancel_url")), reschedule_url=_web(told.get("reschedule_url")),
        replaces=identifier(told.get("old_invitee")), replaced_by=replaced_by,
        rescheduled=is_off and (truth(told.get("rescheduled")) or replaced_by is not None),
        cancelled_by=_who(cancellation, told) if is_off else None,
        reason=(words(cancellation.get("reason")) or words(block(told, "invitee").get("cancel_reason"))) if is_off else None,
        handles=_handles(told, booked))


def _handles(told: Mapping, booked: Mapping) -> dict[str, str]:
    owner = next((block(one) for one in items(booked.get("event_memberships")) if isinstance(one, Mapping)), {})
    named = {"event": identifier(told.get("event")) or identifier(booked.get("uri")), "event_type": identifier(
        booked.get("event_type")), "host": identifier(owner.get("user")), "host_email": words(owner.get("user_email"))}
    return {name: value for name, value in named.items() if value}


def _person(told: Mapping) -> Person:
    holder = told if told.get("email") else block(told, "invitee")
    first, last = words(holder.get("first_name")) or "", words(holder.get("last_name")) or ""
    if not (first or last):
        first, _, last = (words(holder.get("name")) or "").partition(" ")
    email = words(holder.get("email"))
    return Person(first_name=first, last_name=last.strip(), email=email if email and "@" in email else None, phone=_phone(told, holder),
                  timezone=words(holder.get("timezone")))


def _phone(told: Mapping, holder: Mapping) -> str | None:
    reminder = words(told.get("text_reminder_number")) or words(holder.get("text_reminder_number"))
    location = block(told, "scheduled_event", "location")
    called = words(location.get("location")) if words(location.get("type")) == "outbound_call" else None
    asked = (words(one.get("answer")) for one in items(told.get("questions_and_answers"))
             if isinstance(one, Mapping) and _PHONE_QUESTION.search(words(one.get("question")) or ""))
    # A question about a "number" may be about anything; an answer with too few digits is no phone.
    return reminder or called or next((answer for answer in asked if answer and sum(c.isdigit() for c in answer) >= 7), None)


def _tracked_lead(told: Mapping) -> str | None:
    """Our own lead id, when the link that was opened carried one in its tracking fields."""
    tracking = block(told, "tracking")
    found = (_UUID.search(words(tracking.get(name)) or "") for name in _TRACKED)
    return next((match[0].lower() for match in found if match), None)


def _who(cancellation: Mapping, told: Mapping) -> str | None:
    return words(cancellation.get("canceled_by")) or words(block(told, "invitee").get("canceler_name")) or words(
        cancellation.get("canceler_type"))


def _old_id(told: Mapping) -> str | None:
    """The invitee of a body of the first version, which knew short ids only."""
    short = identifier(block(told, "invitee").get("uuid"))
    return f"v1:{short}" if short and key_of(short) else None


def _web(value: object) -> str | None:
    address = words(value)
    return address if address and address.startswith("https://") and len(address) <= 2_000 else None
