"""What does a GoHighLevel webhook say in our words? Workflow actions and marketplace app events (PROVIDERS 1.7, 1.8)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from zrg_app.integrations import ghl_meetings
from zrg_app.integrations.base import Event, File, NotForUs, NotTheirs, Parsed, Person, Understood
from zrg_app.integrations.fields import block, by_key, identifier, instant, items, truth, words
from zrg_app.kit import clock
from zrg_app.kit.digest import stable_key

_TEXT_KEYS = ("message", "messagebody", "body", "smsbody", "smsmessage", "messagetext", "smstext", "text", "sms", "content",
              "reply", "replytext", "inboundmessage", "lastmessage", "contactreply")
_PHONE_KEYS = ("phone", "phonenumber", "mobile", "mobilephone", "cell")
_NOT_SMS = frozenset({"3", "10"})
_AUTOMATED_SOURCES = frozenset({"workflow", "campaign", "bulk_actions", "bulk_action"})
_BLOCKED = frozenset({"active", "permanent"})
# What a carrier says of a text of ours after it was taken: our sentence for people.
_UNDELIVERED = {"failed": "The carrier did not take this text.", "undelivered": "The carrier could not deliver this text.",
                "opt_out": "This number has asked for no more texts."}
# How long after the turn of a minute a repeat still belongs to the minute before.
REPEAT_WINDOW = timedelta(seconds=60)


def is_app_event(payload: Mapping) -> bool:
    """Whether this is a marketplace app event (camelCase, named by `type`) and not a workflow action."""
    return words(payload.get("type")) is not None and "location" not in payload


def location_of(payload: Mapping) -> str | None:
    """The location the event belongs to: our tenant key."""
    return identifier(block(payload, "location").get("id")) or identifier(payload.get("locationId"))


def contact_of(payload: Mapping) -> str | None:
    """The contact the event is about."""
    found = identifier(payload.get("contact_id")) or identifier(payload.get("contactId"))
    if found is None and is_app_event(payload) and _type(payload) in ghl_meetings.EVENTS:
        found = ghl_meetings.contact_of(payload)
    if found is None and is_app_event(payload) and _type(payload) == "ContactDndUpdate":
        found = identifier(payload.get("id")) or identifier(block(payload, "contact").get("id"))
    return found


def text_of(payload: Mapping) -> str | None:
    """The text of a workflow action: the message block, else what the workflow's author put into custom data."""
    message = payload.get("message")
    found = words(block(payload, "message").get("body")) or words(block(payload, "message").get("text"))
    return found or (words(message) if isinstance(message, str) else None) or _from_custom(payload, _TEXT_KEYS)


def event_type_of(payload: Mapping) -> str:
    """The event's name for the ledger."""
    return _type(payload)[:80] if is_app_event(payload) else "workflow"


def event_keys(payload: Mapping, received_at: datetime) -> tuple[str, str | None]:
    """The event's dedupe key, and the key it would have had a moment ago where the key depends on the minute.

    A workflow action carries no id at all: contact, text and minute stand for it (PROVIDERS section 0).
    """
    if not is_app_event(payload):
        return "workflow:" + _fingerprint(payload, received_at), _earlier(payload, received_at)
    given = identifier(payload.get("messageId")) or identifier(payload.get("webhookId"))
    # The same message is told again when its fate is known: that is other news.
    fate = f":{_status(payload)}" if _status(payload) in _UNDELIVERED else ""
    return f"{_type(payload)[:80]}:{given or _whole(payload)}{fate}", None


def parse(payload: Mapping, *, received_at: datetime | None = None) -> Parsed:
    """Read a webhook body; `received_at` (default now) is the time of messages that carry none. Never raises."""
    at = received_at or clock.now()
    if location_of(payload) is None:
        return NotTheirs(reason="missing_location")
    if not is_app_event(payload):
        return _workflow(payload, at)
    if _type(payload) in ghl_meetings.EVENTS:
        return ghl_meetings.parse(payload, event_type=_type(payload), at=at)
    reader = {"InboundMessage": _inbound, "OutboundMessage": _outbound, "ContactDndUpdate": _dnd}.get(_type(payload))
    return reader(payload, at) if reader else NotForUs(event_type=event_type_of(payload), reason="event_not_used")


def _workflow(payload: Mapping, at: datetime) -> Parsed:
    message = block(payload, "message")
    text = text_of(payload)
    if contact_of(payload) is None:
        return NotTheirs(reason="missing_contact")
    if identifier(message.get("type")) in _NOT_SMS:
        return NotForUs(event_type="workflow", reason="not_sms")
    files = _files(message.get("attachments"))
    if text is None and not files:
        return NotForUs(event_type="workflow", reason="empty_message")
    outbound = (words(message.get("direction")) or "").lower() == "outbound"
    return Understood(event_type="workflow", events=(Event(
        kind="outbound" if outbound else "reply", channel="sms", person=_person(payload), text=text or "",
        files=files, dedupe_key="ghl:workflow:" + _fingerprint(payload, at), sent_at=at, by_campaign=outbound,
        thread={"contact_id": contact_of(payload)}),))


def _inbound(payload: Mapping, at: datetime) -> Parsed:
    # The vendor's own samples contradict themselves, so both marks must agree (PROVIDERS 1.8).
    if (words(payload.get("direction")) or "").lower() != "inbound":
        return NotForUs(event_type="InboundMessage", reason="direction_contradicts")
    return _message(payload, at, kind="reply")


def _outbound(payload: Mapping, at: datetime) -> Parsed:
    if (words(payload.get("direction")) or "outbound").lower() != "outbound":
        return NotForUs(event_type="OutboundMessage", reason="direction_contradicts")
    parsed = _message(payload, at, kind="outbound")
    if not isinstance(parsed, Understood):
        return parsed
    return replace(parsed, events=(*parsed.events, *_fate(parsed.events[0], _status(payload), at)))


def _fate(sent: Event, status: str, at: datetime) -> tuple[Event, ...]:
    if status not in _UNDELIVERED or sent.external_id is None:
        return ()
    told = {"channel": "sms", "person": sent.person, "text": _UNDELIVERED[status], "sent_at": at}
    failed = Event(kind="delivery_failed", dedupe_key=f"{sent.dedupe_key}:{status}", about_message=sent.external_id, **told)
    blocked = Event(kind="sms_blocked", dedupe_key=f"{sent.dedupe_key}:blocked", **told)
    return (failed, blocked) if status == "opt_out" else (failed,)


def _status(payload: Mapping) -> str:
    return (words(payload.get("status")) or "").lower()


def _message(payload: Mapping, at: datetime, *, kind: str) -> Parsed:
    event_type, text = _type(payload), words(payload.get("body"))
    files = _files(payload.get("attachments"))
    if (words(payload.get("messageType")) or "SMS").upper().removeprefix("TYPE_") != "SMS":
        return NotForUs(event_type=event_type, reason="not_sms")
    if contact_of(payload) is None:
        return NotTheirs(reason="missing_contact")
    if text is None and not files:
        return NotForUs(event_type=event_type, reason="empty_message")
    sent_at = instant(payload.get("dateAdded")) or instant(payload.get("timestamp")) or at
    message_id = identifier(payload.get("messageId"))
    key = message_id or f"{kind}:{_minute_key(payload, text or '', sent_at)}"
    return Understood(event_type=event_type, events=(Event(
        kind=kind, channel="sms", person=_person(payload), text=text or "", dedupe_key=f"ghl:{key}", external_id=message_id,
        sent_at=sent_at, files=files, by_campaign=(words(payload.get("source")) or "").lower() in _AUTOMATED_SOURCES,
        thread={"contact_id": contact_of(payload), "conversation_id": identifier(payload.get("conversationId"))}),))


def _files(told: object) -> tuple[File, ...]:
    return tuple(File(name=url.rsplit("/", 1)[-1].split("?")[0] or "file", url=url) for url in map(words, items(told)) if url)


def _dnd(payload: Mapping, at: datetime) -> Parsed:
    if contact_of(payload) is None:
        return NotTheirs(reason="missing_contact")
    sms = block(payload, "dndSettings", "SMS")
    blocked = truth(payload.get("dnd")) or (words(sms.get("status")) or "").lower() in _BLOCKED
    return Understood(event_type="ContactDndUpdate", events=(Event(
        kind="sms_blocked" if blocked else "sms_allowed", channel="sms", person=_person(payload),
        dedupe_key=f"ghl:dnd:{_whole(payload)}", text=words(sms.get("message")),
        sent_at=instant(payload.get("dateUpdated")) or instant(payload.get("timestamp")) or at),))


def _person(payload: Mapping) -> Person:
    first, last = _name(payload)
    email = words(payload.get("email"))
    return Person(
        first_name=first, last_name=last, email=email if email and "@" in email else None,
        phone=words(payload.get("phone")) or _from_custom(payload, _PHONE_KEYS),
        company=words(payload.get("company_name")) or words(payload.get("companyName")), website=words(payload.get("website")),
        timezone=words(payload.get("timezone")), identities={"ghl_contact": contact_of(payload) or ""})


def _name(payload: Mapping) -> tuple[str, str]:
    first = words(payload.get("first_name")) or words(payload.get("firstName")) or ""
    last = words(payload.get("last_name")) or words(payload.get("lastName")) or ""
    whole = words(payload.get("full_name")) or words(payload.get("name"))
    if first or last or not whole:
        return first, last
    first, _, last = whole.partition(" ")
    return first, last.strip()


def _from_custom(payload: Mapping, keys: tuple[str, ...]) -> str | None:
    custom = payload.get("customData")
    if isinstance(custom, str):
        try:
            custom = json.loads(custom)
        except (ValueError, RecursionError):
            return None
    named = by_key(custom) if isinstance(custom, Mapping) else {}
    return next((text for key in keys if (text := words(named.get(key)))), None)


def _type(payload: Mapping) -> str:
    return words(payload.get("type")) or ""


def _fingerprint(payload: Mapping, at: datetime) -> str:
    text = text_of(payload)
    return _minute_key(payload, text, at) if text else f"{_whole(payload)}:{int(at.timestamp() // 60)}"


def _minute_key(payload: Mapping, text: str, at: datetime) -> str:
    direction = (words(block(payload, "message").get("direction")) or "inbound").lower()
    return stable_key(location_of(payload), contact_of(payload), direction, text, int(at.timestamp() // 60))


def _earlier(payload: Mapping, at: datetime) -> str | None:
    before = at - REPEAT_WINDOW
    return "workflow:" + _fingerprint(payload, before) if int(before.timestamp() // 60) != int(at.timestamp() // 60) else None


def _whole(payload: Mapping) -> str:
    return stable_key(json.dumps(payload, sort_keys=True, default=str))
