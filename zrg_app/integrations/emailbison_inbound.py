"""What does an EmailBison webhook say in our words? All events of PROVIDERS 2.5, relayed shapes included."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from zrg_app.integrations.base import Event, File, NotForUs, NotTheirs, Parsed, Person, Understood
from zrg_app.integrations.fields import block, by_key, identifier, instant, items, truth, words
from zrg_app.kit import clock
from zrg_app.kit.digest import stable_key

REPLIES = frozenset({"LEAD_REPLIED", "LEAD_INTERESTED", "UNTRACKED_REPLY_RECEIVED"})
KNOWN_UNUSED = frozenset({
    "LEAD_FIRST_CONTACTED", "EMAIL_ACCOUNT_ADDED", "EMAIL_ACCOUNT_REMOVED", "EMAIL_ACCOUNT_DISCONNECTED",
    "EMAIL_ACCOUNT_RECONNECTED", "WARMUP_DISABLED_RECEIVING_BOUNCES", "WARMUP_DISABLED_CAUSING_BOUNCES", "TAG_ATTACHED",
    "TAG_REMOVED"})

_DEEPEST_WRAPPING = 5
_PHONE_KEYS = ("phone", "phonenumber", "mobile", "mobilephone", "directphone", "cell", "cellphone", "telephone")
_LINKEDIN_KEYS = ("linkedin", "linkedinurl", "linkedinprofile", "personlinkedin", "personlinkedinurl", "linkedinlink")
_NOT_NAME = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The event's head and data, whatever relay wrapped them; `missing` names what the body lacks, if anything."""

    event_type: str
    head: Mapping
    data: Mapping
    missing: str | None = None


def envelope(payload: Mapping) -> Envelope:
    """Unwrap a body: relay tools send `event` as a plain string, or the whole object inside `data` or `payload`."""
    outer, event_name = payload, None
    for _ in range(_DEEPEST_WRAPPING):
        event, data = outer.get("event"), outer.get("data")
        if isinstance(event, str):
            event_name = event
        inner = next((item for item in (data, outer.get("payload"), outer.get("body"))
                      if isinstance(item, Mapping) and _wraps(item)), None)
        if inner is not None:
            outer = inner
            continue
        if not isinstance(event, Mapping) and not isinstance(data, Mapping) and isinstance(outer.get("payload"), Mapping):
            outer = {**outer, "data": outer["payload"]}
            continue
        break
    return _envelope(outer, event_name)


def missing_field(found: Envelope) -> str | None:
    """What an event of this type must carry and this one does not, as a dotted name; None when it is complete."""
    reply, lead = block(found.data, "reply"), block(found.data, "lead")
    needs_reply = found.event_type in REPLIES or found.event_type == "MANUAL_EMAIL_SENT"
    if needs_reply and identifier(reply.get("id")) is None:
        return "reply.id"
    if found.event_type in REPLIES and not (words(reply.get("from_email_address")) or words(lead.get("email"))):
        return "reply.from_email_address"
    if found.event_type in ("EMAIL_SENT", "EMAIL_OPENED") and identifier(block(found.data, "scheduled_email").get("id")) is None:
        return "scheduled_email.id"
    return None


def unused(found: Envelope) -> str | None:
    """Why an event of this type has no effect here, as a stable code; None when it has one."""
    if found.event_type in _READERS:
        return None
    return "event_not_used" if found.event_type in KNOWN_UNUSED else "unknown_event"


def event_key(found: Envelope) -> str:
    """The event's dedupe key inside the workspace: replies by their id, the rest by the campaign event (PROVIDERS 2.5)."""
    reply = identifier(block(found.data, "reply").get("id"))
    campaign = identifier(block(found.data, "campaign_event").get("id"))
    scheduled = identifier(block(found.data, "scheduled_email").get("id"))
    by_reply = f"reply:{reply}" if reply else None
    by_event = f"event:{campaign}" if campaign else f"scheduled:{scheduled}" if scheduled else None
    order = (by_event, by_reply) if found.event_type == "EMAIL_BOUNCED" else (by_reply, by_event)
    given = next((key for key in order if key), None) or stable_key(json.dumps(found.data, sort_keys=True, default=str))
    return f"{found.event_type}:{given}"


def lead_of(found: Envelope) -> str | None:
    """The lead's id at EmailBison, if the event names one."""
    return identifier(block(found.data, "lead").get("id"))


def parse(payload: Mapping, *, received_at: datetime | None = None) -> Parsed:
    """Read a webhook body; `received_at` (default now) stands in for a missing time. Never raises."""
    found = envelope(payload)
    if found.missing:
        return NotTheirs(reason=f"missing_{found.missing}")
    if reason := unused(found):
        return NotForUs(event_type=found.event_type, reason=reason)
    if lacking := missing_field(found):
        return NotTheirs(reason=f"missing_{lacking.replace('.', '_')}")
    event = _READERS[found.event_type](found, received_at or clock.now())
    if event is None:
        return NotForUs(event_type=found.event_type, reason="missing_lead")
    return Understood(event_type=found.event_type, events=(event,))


def _wraps(item: Mapping) -> bool:
    return "event" in item or isinstance(item.get("data"), Mapping) or isinstance(item.get("payload"), Mapping)


def _envelope(outer: Mapping, event_name: str | None) -> Envelope:
    event, data = outer.get("event"), outer.get("data")
    head = event if isinstance(event, Mapping) else {"type": event_name, **{
        name: outer.get(name) for name in ("workspace_id", "workspace_name") if name in outer}}
    if not isinstance(event, Mapping) and not isinstance(data, Mapping) and "reply" in outer:
        data = {name: value for name, value in outer.items() if name != "event"}
    event_type = _NOT_NAME.sub("_", (words(head.get("type")) or words(event_name) or "").upper()).strip("_")[:80]
    missing = "event" if not event_type else None if isinstance(data, Mapping) else "data"
    return Envelope(event_type=event_type, head=head, data=data if isinstance(data, Mapping) else {}, missing=missing)


def _reply(found: Envelope, at: datetime, *, kind: str = "reply") -> Event:
    reply = block(found.data, "reply")
    from_address = words(reply.get("from_email_address"))
    person = _person(found) if found.event_type != "UNTRACKED_REPLY_RECEIVED" else _stranger(reply)
    return _message(found, kind=kind, person=person, at=at, from_address=from_address or person.email,
                    from_name=words(reply.get("from_name")), to_address=words(reply.get("primary_to_email_address")),
                    automatic=truth(reply.get("automated_reply")))


def _interested(found: Envelope, at: datetime) -> Event:
    return _reply(found, at, kind="interested")


def _sent_by_hand(found: Envelope, at: datetime) -> Event | None:
    person = _person(found)
    if not (person.email or person.identities):
        return None
    reply = block(found.data, "reply")
    to = next(iter(_addresses(reply.get("to"))), None)
    return _message(found, kind="outbound", person=person, at=at, to_address=to or person.email,
                    from_address=words(reply.get("from_email_address")), from_name=words(reply.get("from_name")))


def _message(found: Envelope, *, kind: str, person: Person, at: datetime, **more: object) -> Event:
    reply, reply_id = block(found.data, "reply"), identifier(block(found.data, "reply").get("id"))
    sender = block(found.data, "sender_email")
    return Event(
        kind=kind, channel="email", person=person, dedupe_key=f"emailbison:{reply_id}", external_id=reply_id,
        text=words(reply.get("text_body")), html=words(reply.get("html_body")),
        subject=words(reply.get("email_subject")) or words(reply.get("subject")), cc=tuple(_addresses(reply.get("cc"))),
        sent_at=instant(reply.get("date_received")) or instant(reply.get("created_at")) or at,
        thread=_known({
            "reply_id": reply_id, "reply_uuid": words(reply.get("uuid")),
            "sender_email_id": identifier(reply.get("sender_email_id")) or identifier(sender.get("id")),
            "sender_email": words(sender.get("email")), "sender_name": words(sender.get("name")),
            "raw_message_id": words(reply.get("raw_message_id")), "parent_id": identifier(reply.get("parent_id"))}),
        files=tuple(_files(reply)), **_campaign(found), **more)


def _campaign_mail(found: Envelope, at: datetime) -> Event | None:
    mail, sender, person = block(found.data, "scheduled_email"), block(found.data, "sender_email"), _person(found)
    if not (person.email or person.identities):
        return None
    scheduled_id = identifier(mail.get("id"))
    return Event(
        kind="outbound", channel="email", person=person, dedupe_key=f"emailbison:scheduled:{scheduled_id}",
        external_id=f"scheduled:{scheduled_id}", html=words(mail.get("email_body")), subject=words(mail.get("email_subject")),
        from_address=words(sender.get("email")), from_name=words(sender.get("name")), to_address=person.email, by_campaign=True,
        sent_at=instant(mail.get("sent_at")) or instant(block(found.data, "campaign_event").get("created_at")) or at,
        thread=_known({"scheduled_email_id": scheduled_id, "sender_email_id": identifier(sender.get("id")),
                       "raw_message_id": words(mail.get("raw_message_id"))}), **_campaign(found))


def _about(kind: str) -> Callable[[Envelope, datetime], Event | None]:
    def read(found: Envelope, at: datetime) -> Event | None:
        person, reply = _person(found), block(found.data, "reply")
        scheduled = identifier(block(found.data, "scheduled_email").get("id"))
        # A bounce names the mail it answers when that was one of ours in the thread, and the campaign's mail beside it.
        answered = identifier(reply.get("parent_id")) if kind == "bounced" else None
        if not (person.email or person.identities):
            return None
        return Event(
            kind=kind, channel="email", person=person, dedupe_key=f"emailbison:{event_key(found)}",
            text=words(reply.get("text_body")), subject=words(reply.get("email_subject")),
            sent_at=instant(block(found.data, "campaign_event").get("created_at")) or at,
            about_message=answered or (f"scheduled:{scheduled}" if scheduled else None), **_campaign(found))

    return read


_READERS: dict[str, Callable[[Envelope, datetime], Event | None]] = {
    "LEAD_REPLIED": _reply, "UNTRACKED_REPLY_RECEIVED": _reply, "LEAD_INTERESTED": _interested,
    "MANUAL_EMAIL_SENT": _sent_by_hand, "EMAIL_SENT": _campaign_mail, "EMAIL_OPENED": _about("opened"),
    "EMAIL_BOUNCED": _about("bounced"), "LEAD_UNSUBSCRIBED": _about("unsubscribed"),
}


def _person(found: Envelope) -> Person:
    lead, lead_id = block(found.data, "lead"), lead_of(found)
    custom = _custom(lead.get("custom_variables"))
    email = words(lead.get("email"))
    if not lead and found.event_type in REPLIES:
        return _stranger(block(found.data, "reply"))
    return Person(
        first_name=words(lead.get("first_name")) or "", last_name=words(lead.get("last_name")) or "", email=email,
        phone=words(lead.get("phone")) or _first(custom, _PHONE_KEYS),
        linkedin_url=words(lead.get("linkedin_url")) or _first(custom, _LINKEDIN_KEYS), job_title=words(lead.get("title")),
        company=words(lead.get("company")), website=_first(custom, ("website", "companywebsite", "domain")),
        timezone=_first(custom, ("timezone",)), identities={"emailbison_lead": lead_id} if lead_id else {})


def _stranger(reply: Mapping) -> Person:
    first, _, last = (words(reply.get("from_name")) or "").partition(" ")
    return Person(first_name=first if "@" not in first else "", last_name=last.strip(),
                  email=words(reply.get("from_email_address")))


def _custom(given: object) -> dict[str, object]:
    if isinstance(given, Mapping):
        return by_key({name: value.get("value") if isinstance(value, Mapping) else value for name, value in given.items()})
    return by_key({str(item.get("name")): item.get("value") for item in items(given) if isinstance(item, Mapping)})


def _first(values: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
    return next((text for key in keys if (text := words(values.get(key)))), None)


def _addresses(given: object) -> list[str]:
    found = [words(item.get("address")) or words(item.get("email_address")) if isinstance(item, Mapping) else words(item)
             for item in items(given)]
    return [address for address in found if address][:20]


def _files(reply: Mapping) -> list[File]:
    return [File(name=words(item.get("file_name")) or "file", url=words(item.get("download_url")),
                 content_type=words(item.get("content_type"))) for item in items(reply.get("attachments"))
            if isinstance(item, Mapping)]


def _campaign(found: Envelope) -> dict[str, str | None]:
    campaign = block(found.data, "campaign")
    return {"campaign_id": identifier(campaign.get("id")), "campaign_name": words(campaign.get("name"))}


def _known(values: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
