"""What does an Instantly webhook say in our words? All events of PROVIDERS 4.3, relayed and older shapes included."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from zrg_app.integrations.base import Event, File, NotForUs, NotTheirs, Parsed, Person, Understood
from zrg_app.integrations.fields import addresses, block, by_key, identifier, instant, items, truth, words
from zrg_app.kit import clock
from zrg_app.kit.digest import stable_key

REPLIES = frozenset({"reply_received", "auto_reply_received", "lead_interested"})
KNOWN_UNUSED = frozenset({
    "link_clicked", "account_error", "campaign_completed", "lead_neutral", "lead_not_interested", "lead_meeting_booked",
    "lead_meeting_completed", "lead_closed", "lead_out_of_office", "lead_wrong_person", "lead_no_show",
    "supersearch_enrichment_completed"})

_ALIASES = {"email_link_clicked": "link_clicked", "email_link_click": "link_clicked", "email_reply_received": "reply_received",
            "reply": "reply_received", "auto_reply": "auto_reply_received", "email_open": "email_opened",
            "email_bounce": "email_bounced", "lead_unsubscribe": "lead_unsubscribed"}
_DEEPEST_WRAPPING = 5
_EARLIEST, _LATEST = 1_000_000_000, 4_000_000_000
_RECEIVED, _BY_CAMPAIGN, _BY_HAND = "2", "1", "3"
_NAMES = {"first": ("firstname",), "last": ("lastname",), "phone": ("phone", "phonenumber", "mobile", "mobilephone"),
          "linkedin": ("linkedin", "linkedinurl", "linkedinprofile", "personlinkedin", "personlinkedinurl"),
          "title": ("jobtitle", "title"), "company": ("companyname", "company"),
          "website": ("website", "companywebsite", "companydomain")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An event's name in Instantly's spelling, and its flat fields."""

    event_type: str
    fields: Mapping


def envelope(payload: Mapping) -> Envelope:
    """Unwrap a body: relay tools and older senders put the fields inside `body` or `data`, the event's name outside."""
    outer, named = payload, None
    for _ in range(_DEEPEST_WRAPPING):
        named = words(outer.get("event_type")) or words(outer.get("event")) or words(outer.get("type")) or named
        inner = next((outer[name] for name in ("body", "data", "payload") if isinstance(outer.get(name), Mapping)), None)
        if inner is None:
            break
        outer = {**outer, **inner}
        for name in ("body", "data", "payload"):
            if not isinstance(inner.get(name), Mapping):
                outer.pop(name, None)
    event_type = (named or "").lower().replace(" ", "_").replace("-", "_").replace(".", "_")[:80]
    return Envelope(event_type=_ALIASES.get(event_type, event_type), fields=outer)


def missing_field(found: Envelope) -> str | None:
    """What an event of this type must carry and this one does not; None when it is complete."""
    if not found.event_type:
        return "event_type"
    if found.event_type not in _READERS:
        return None
    if lead_email(found) is None:
        return "lead_email"
    needs_mail = found.event_type in ("reply_received", "auto_reply_received", "email_sent")
    return "email_id" if needs_mail and _email_id(found) is None else None


def unused(found: Envelope) -> str | None:
    """Why an event has no effect here, as a stable code; None when it has one. Labels of a customer's own are unknown events."""
    if found.event_type in _READERS:
        return None
    return "event_not_used" if found.event_type in KNOWN_UNUSED else "unknown_event"


def event_key(found: Envelope) -> str:
    """The event's dedupe key inside the workspace: type, mail and time, else type, campaign, lead and time (PROVIDERS 4.3)."""
    fields, at = found.fields, words(found.fields.get("timestamp"))
    if at and _email_id(found):
        key = stable_key(_email_id(found), at)
    elif at and lead_email(found):
        key = stable_key(identifier(fields.get("campaign_id")), (lead_email(found) or "").lower(), at)
    else:
        key = stable_key(json.dumps(dict(fields), sort_keys=True, default=str))
    return f"instantly:{found.event_type}:{key}"


def lead_email(found: Envelope) -> str | None:
    """The address of the lead, under any of the names in use."""
    fields = found.fields
    lead = fields.get("lead")
    return (words(fields.get("lead_email")) or words(fields.get("contact_email"))
            or words(lead.get("email") if isinstance(lead, Mapping) else lead) or words(fields.get("email")))


def parse(payload: Mapping, *, received_at: datetime | None = None) -> Parsed:
    """Read a webhook body; `received_at` (default now) stands in for a missing time. Never raises."""
    found = envelope(payload)
    if (lacking := missing_field(found)) == "event_type":
        return NotTheirs(reason="missing_event_type")
    if reason := unused(found):
        return NotForUs(event_type=found.event_type, reason=reason)
    if lacking:
        return NotTheirs(reason=f"missing_{lacking}")
    at = moment(found.fields.get("timestamp")) or received_at or clock.now()
    return Understood(event_type=found.event_type, events=(_READERS[found.event_type](found, at),))


def moment(value: object) -> datetime | None:
    """An instant from ISO text, or from seconds or milliseconds since 1970, which some senders write."""
    text = words(value)
    if text is None or instant(text):
        return instant(text)
    try:
        seconds = float(text)
    except ValueError:
        return None
    seconds = seconds / 1000 if seconds > _LATEST else seconds
    return datetime.fromtimestamp(seconds, UTC) if _EARLIEST < seconds < _LATEST else None


def message(mail: Mapping, *, person: Person) -> Event | None:
    """An Email object (PROVIDERS 4.2) as the event a webhook would have told; None when it is neither ours nor theirs."""
    told, key = _number(mail.get("ue_type")), identifier(mail.get("id"))
    if key is None or told not in (_RECEIVED, _BY_CAMPAIGN, _BY_HAND):
        return None
    inbound, ours = told == _RECEIVED, words(mail.get("eaccount"))
    sender, lead_id = words(mail.get("from_address_email")), identifier(mail.get("lead_id"))
    person = person if not lead_id else Person(first_name=person.first_name, last_name=person.last_name, email=person.email,
                                               identities={"instantly_lead": lead_id})
    to = next(iter(addresses(mail.get("to_address_email_list"))), None)
    return Event(
        kind="reply" if inbound else "outbound", channel="email", person=person, external_id=key, dedupe_key=f"instantly:{key}",
        text=words(block(mail, "body").get("text")), html=words(block(mail, "body").get("html")),
        subject=words(mail.get("subject")), from_address=sender if inbound else sender or ours,
        to_address=(to or ours) if inbound else to or person.email, cc=addresses(mail.get("cc_address_email_list")),
        sent_at=moment(mail.get("timestamp_email")) or moment(mail.get("timestamp_created")),
        automatic=_number(mail.get("is_auto_reply")) == "1", by_campaign=told == _BY_CAMPAIGN,
        campaign_id=identifier(mail.get("campaign_id")), files=_files(mail.get("attachment_json")),
        thread=_thread(reply_to_uuid=key, eaccount=ours, sender_email=ours, thread_id=identifier(mail.get("thread_id")),
                       message_id=words(mail.get("message_id"))))


def _reply(found: Envelope, at: datetime, *, kind: str = "reply") -> Event:
    fields, key, ours = found.fields, _email_id(found), _mailbox(found.fields)
    # A webhook names the lead, who need not be the one who wrote; the history says who it was.
    writer = words(fields.get("from_address_email")) or words(fields.get("reply_from"))
    return Event(
        kind=kind, channel="email", person=_person(found), external_id=key, shares_id=True,
        dedupe_key=f"instantly:{key}" if key else event_key(found),
        text=words(fields.get("reply_text")) or (None if words(fields.get("reply_html")) else words(
            fields.get("reply_text_snippet"))),
        html=words(fields.get("reply_html")), subject=words(fields.get("reply_subject")) or words(fields.get("subject")),
        from_address=writer, to_address=ours, cc=addresses(fields.get("cc_address_email_list")), sent_at=at,
        automatic=found.event_type == "auto_reply_received" or truth(fields.get("is_auto_reply")),
        files=_files(fields.get("attachment_json")),
        thread=_thread(reply_to_uuid=key, eaccount=ours, sender_email=ours), **_campaign(fields))


def _interested(found: Envelope, at: datetime) -> Event:
    fields = found.fields
    if _email_id(found) and (words(fields.get("reply_text")) or words(fields.get("reply_html"))):
        return _reply(found, at, kind="interested")
    # The label alone: it is for whatever the lead wrote last.
    return Event(kind="interested", channel="email", person=_person(found), dedupe_key=event_key(found), sent_at=at,
                 **_campaign(fields))


def _sent(found: Envelope, at: datetime) -> Event:
    fields, key, ours = found.fields, _email_id(found), _mailbox(found.fields)
    return Event(
        kind="outbound", channel="email", person=_person(found), external_id=key, dedupe_key=f"instantly:{key}",
        text=words(fields.get("email_text")), html=words(fields.get("email_html")), subject=words(fields.get("email_subject")),
        from_address=ours, to_address=lead_email(found), sent_at=at, by_campaign=identifier(fields.get("step")) is not None,
        thread=_thread(reply_to_uuid=key, eaccount=ours, sender_email=ours), **_campaign(fields))


def _about(kind: str) -> Callable[[Envelope, datetime], Event]:
    def read(found: Envelope, at: datetime) -> Event:
        return Event(kind=kind, channel="email", person=_person(found), dedupe_key=event_key(found), sent_at=at,
                     about_message=_email_id(found), **_campaign(found.fields))

    return read


_READERS: dict[str, Callable[[Envelope, datetime], Event]] = {
    "reply_received": _reply, "auto_reply_received": _reply, "lead_interested": _interested, "email_sent": _sent,
    "email_opened": _about("opened"), "email_bounced": _about("bounced"), "lead_unsubscribed": _about("unsubscribed"),
}


def _email_id(found: Envelope) -> str | None:
    return identifier(found.fields.get("email_id")) or identifier(found.fields.get("reply_to_uuid"))


def _mailbox(fields: Mapping) -> str | None:
    return words(fields.get("email_account")) or words(fields.get("eaccount"))


def _person(found: Envelope) -> Person:
    told = by_key(found.fields) | by_key(block(found.fields, "lead"))

    def first(name: str) -> str | None:
        return next((text for key in _NAMES[name] if (text := words(told.get(key)))), None)

    lead_id = identifier(found.fields.get("lead_id"))
    return Person(
        first_name=first("first") or "", last_name=first("last") or "", email=lead_email(found), phone=first("phone"),
        linkedin_url=first("linkedin"), job_title=first("title"), company=first("company"), website=first("website"),
        identities={"instantly_lead": lead_id} if lead_id else {})


def _files(given: object) -> tuple[File, ...]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            return ()
    listed = items(given.get("files")) if isinstance(given, Mapping) else items(given)
    return tuple(File(
        name=words(item.get("filename")) or words(item.get("name")) or "file", url=words(item.get("url")),
        content_type=words(item.get("type")) or words(item.get("content_type")), size_bytes=_size(item.get("size")))
        for item in listed if isinstance(item, Mapping))


def _size(value: object) -> int | None:
    text = identifier(value)
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


def _number(value: object) -> str | None:
    """A flag as Instantly writes it: a number, which may come as true or false."""
    return str(int(value)) if isinstance(value, bool) else identifier(value)


def _campaign(fields: Mapping) -> dict[str, str | None]:
    return {"campaign_id": identifier(fields.get("campaign_id")), "campaign_name": words(fields.get("campaign_name"))}


def _thread(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
