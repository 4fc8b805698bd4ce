"""What does a SmartLead webhook say in our words? All events of PROVIDERS 3.3, flat, nested and relayed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from zrg_app.integrations.base import Event, File, NotForUs, NotTheirs, Parsed, Person, Understood
from zrg_app.integrations.fields import addresses, block, identifier, instant, items, key_of, truth, words
from zrg_app.kit import clock
from zrg_app.kit.digest import stable_key

REPLIES = frozenset({"EMAIL_REPLY", "LEAD_CATEGORY_UPDATED"})
KNOWN_UNUSED = frozenset({"EMAIL_LINK_CLICK", "CAMPAIGN_STATUS_CHANGED", "MANUAL_STEP_REACHED", "UNTRACKED_REPLIES"})
# Finer than "interested": what such a reply asks for is read from its words, as with every other provider.
FINER = frozenset({"meetingrequest", "meetingrequested", "meetingbooked", "informationrequest", "informationrequested"})
NEVER_AGAIN = frozenset({"donotcontact"})
# What the answered mail said goes back with an answer as its quotation; the whole mail is kept beside the message.
QUOTED = 4000

_DEEPEST_WRAPPING = 5
_ALIASES = {
    "EMAIL_REPLIED": "EMAIL_REPLY", "EMAIL_OPENED": "EMAIL_OPEN", "LINK_CLICKED": "EMAIL_LINK_CLICK",
    "EMAIL_LINK_CLICKED": "EMAIL_LINK_CLICK", "EMAIL_BOUNCED": "EMAIL_BOUNCE", "LEAD_UNSUBSCRIBE": "LEAD_UNSUBSCRIBED",
    "UNTRACKED_REPLY": "UNTRACKED_REPLIES", "UNTRACKED_REPLY_RECEIVED": "UNTRACKED_REPLIES", "MANUAL_STEP": "MANUAL_STEP_REACHED",
    "CAMPAIGN_STATUS_UPDATED": "CAMPAIGN_STATUS_CHANGED", "LEAD_CATEGORY_UPDATE": "LEAD_CATEGORY_UPDATED",
}
_NOT_STABLE = ("secret_key", "metadata", "webhook_id", "webhook_name", "webhook_url", "description", "app_url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An event's name in SmartLead's spelling, and its fields as the flat format has them."""

    event_type: str
    fields: Mapping


def envelope(payload: Mapping) -> Envelope:
    """Unwrap a body: relay tools put it inside `body`, `data` or `payload`, and a newer format nests lead, email and reply."""
    for _ in range(_DEEPEST_WRAPPING):
        inner = next((payload[name] for name in ("body", "data", "payload") if isinstance(payload.get(name), Mapping)), None)
        if words(payload.get("event_type")) or inner is None:
            break
        payload = inner
    named = words(payload.get("event_type")) or words(payload.get("event")) or words(payload.get("type")) or ""
    event_type = named.upper().replace(" ", "_").replace("-", "_").replace(".", "_")[:80]
    fields = payload if words(payload.get("event_type")) else _flattened(payload)
    return Envelope(event_type=_ALIASES.get(event_type, event_type), fields=fields)


def missing_field(found: Envelope) -> str | None:
    """What an event of this type must carry and this one does not; None when it is complete."""
    if not found.event_type:
        return "event_type"
    if found.event_type not in _READERS:
        return None
    if not (lead_email(found) or lead_of(found)):
        return "sl_lead_email"
    needs_mail = found.event_type in ("EMAIL_REPLY", "EMAIL_SENT", "FIRST_EMAIL_SENT")
    return "message_id" if needs_mail and not (_mail_id(found) or _stats_id(found)) else None


def unused(found: Envelope) -> str | None:
    """Why an event has no effect here, as a stable code; None when it has one."""
    if found.event_type == "LEAD_CATEGORY_UPDATED" and _meaning_of_category(found) is None:
        return "category_not_used"
    if found.event_type == "EMAIL_BOUNCE" and truth(found.fields.get("is_sender_originated_bounce")):
        # Our own mailbox was refused: that says nothing about the lead's address.
        return "sender_originated_bounce"
    if found.event_type in _READERS:
        return None
    return "event_not_used" if found.event_type in KNOWN_UNUSED else "unknown_event"


def event_key(found: Envelope) -> str:
    """The event's dedupe key inside the workspace: by the mail it tells of, else by lead and time (PROVIDERS 3.3)."""
    fields = found.fields
    campaign, at = identifier(fields.get("campaign_id")), words(fields.get("event_timestamp"))
    if found.event_type in ("EMAIL_REPLY", "EMAIL_SENT", "FIRST_EMAIL_SENT") and _mail_id(found):
        key = stable_key(campaign, _mail_id(found))
    elif at and (_stats_id(found) or lead_of(found) or lead_email(found)):
        key = stable_key(campaign, lead_of(found), lead_email(found), _stats_id(found), at, _category(found))
    else:
        stable = {name: value for name, value in fields.items() if name not in _NOT_STABLE}
        key = stable_key(json.dumps(stable, sort_keys=True, default=str))
    return f"smartlead:{found.event_type}:{key}"


def lead_of(found: Envelope) -> str | None:
    """The lead's id at SmartLead, if the event names one."""
    fields = found.fields
    return identifier(fields.get("sl_email_lead_id")) or identifier(fields.get("lead_id")) or identifier(
        block(fields, "lead_data").get("id"))


def lead_email(found: Envelope) -> str | None:
    """The address of the lead the thread belongs to, whoever replied."""
    fields = found.fields
    return (_correspondence(fields, "targetLeadEmail") or words(fields.get("sl_lead_email")) or words(fields.get("lead_email"))
            or words(block(fields, "lead_data").get("email")) or words(fields.get("to_email")))


def secret_of(payload: Mapping) -> str | None:
    """The shared secret that SmartLead puts into a body, wherever a relay has wrapped it."""
    return words(envelope(payload).fields.get("secret_key")) or words(payload.get("secret_key"))


def message_id(value: object) -> str | None:
    """A Message-ID as we name messages by it: without angle brackets, which not every answer has."""
    return identifier((words(value) or "").strip("<> "))


def parse(payload: Mapping, *, received_at: datetime | None = None) -> Parsed:
    """Read a webhook body; `received_at` (default now) stands in for a missing time. Never raises."""
    found = envelope(payload)
    if (lacking := missing_field(found)) == "event_type":
        return NotTheirs(reason="missing_event_type")
    if reason := unused(found):
        return NotForUs(event_type=found.event_type, reason=reason)
    if lacking:
        return NotTheirs(reason=f"missing_{lacking}")
    at = _first_instant(found.fields, "event_timestamp") or received_at or clock.now()
    return Understood(event_type=found.event_type, events=(_READERS[found.event_type](found, at),))


def message(row: Mapping, *, campaign_id: str | None, lead_id: str | None, person: Person) -> Event | None:
    """A row of a message history as the event a webhook would have told, or None when it is no mail at all."""
    kind = {"REPLY": "reply", "SENT": "outbound"}.get((words(row.get("type")) or "").upper())
    at, mail = instant(row.get("time")), message_id(row.get("message_id"))
    stats = identifier(row.get("stats_id"))
    if kind is None or not (mail or (stats and at)):
        return None
    markup = words(row.get("email_body")) or words(row.get("html"))
    return Event(
        kind=kind, channel="email", person=person, external_id=mail, html=markup, subject=words(row.get("subject")),
        dedupe_key=_dedupe_key(mail, stats, row.get("time")), sent_at=at, from_address=words(row.get("from")),
        to_address=words(row.get("to")), cc=addresses(row.get("cc")), files=_files(row),
        by_campaign=kind == "outbound" and identifier(row.get("email_seq_number")) not in (None, "0"), campaign_id=campaign_id,
        thread=_thread(campaign_id=campaign_id, stats_id=stats, lead_id=lead_id, message_id=words(row.get("message_id")),
                       reply_time=words(row.get("time")),
                       sender_email=words(row.get("to" if kind == "reply" else "from"))))


def _reply(found: Envelope, at: datetime) -> Event:
    fields, told = found.fields, block(found.fields, "reply_message")
    mail, stats = _mail_id(found), _stats_id(found)
    person, ours = _person(found), words(fields.get("from_email"))
    from_address = _correspondence(fields, "replyReceivedFrom") or words(fields.get("to_email")) or person.email
    markup = words(told.get("html")) or words(fields.get("reply_body"))
    text = words(told.get("text")) or (None if markup else words(fields.get("preview_text")))
    same_person = (from_address or "").lower() == (words(fields.get("to_email")) or "").lower()
    return Event(
        kind="reply", channel="email", person=person, external_id=mail, text=text, html=markup,
        dedupe_key=_dedupe_key(mail, stats, fields.get("event_timestamp")), subject=words(fields.get("subject")),
        from_address=from_address, from_name=words(fields.get("to_name")) if same_person else None, to_address=ours,
        cc=addresses(fields.get("cc_emails")), files=_files(told) or _files(fields),
        sent_at=instant(told.get("time")) or _first_instant(fields, "time_replied") or at,
        thread=_thread(
            campaign_id=identifier(fields.get("campaign_id")), stats_id=stats, lead_id=lead_of(found), sender_email=ours,
            message_id=words(told.get("message_id")) or words(fields.get("message_id")),
            reply_time=words(told.get("time")) or words(fields.get("event_timestamp")) or words(fields.get("time_replied")),
            reply_text=(text or words(fields.get("preview_text")) or "")[:QUOTED] or None), **_campaign(fields))


def _sent(found: Envelope, at: datetime) -> Event:
    fields, told = found.fields, block(found.fields, "sent_message")
    mail, stats, person = _mail_id(found), _stats_id(found), _person(found)
    ours = words(fields.get("from_email"))
    # Without a Message-ID the mail is known by SmartLead's own number of it, as its bounce names it.
    return Event(
        kind="outbound", channel="email", person=person, external_id=mail, dedupe_key=f"smartlead:{mail or f'stats:{stats}'}",
        text=words(told.get("text")), html=words(told.get("html")) or words(fields.get("custom_email_message")) or words(
            fields.get("sent_message_body")) or words(fields.get("sent_message")),
        subject=words(fields.get("custom_subject")) or words(fields.get("subject")), from_address=ours,
        to_address=words(fields.get("to_email")) or person.email, to_name=words(fields.get("to_name")),
        cc=addresses(fields.get("cc_emails")), by_campaign=identifier(fields.get("sequence_number")) not in (None, "0"),
        sent_at=_first_instant(fields, "time_sent") or instant(told.get("time")) or at,
        thread=_thread(campaign_id=identifier(fields.get("campaign_id")), stats_id=stats, lead_id=lead_of(found),
                       message_id=mail, sender_email=ours), **_campaign(fields))


def _category_changed(found: Envelope, at: datetime) -> Event:
    kind = _meaning_of_category(found) or "interested"
    row = _last_reply(found.fields)
    told = message({"type": "REPLY"} | dict(row), campaign_id=identifier(found.fields.get("campaign_id")), lead_id=lead_of(found),
                   person=_person(found)) if kind == "interested" else None
    if told is not None and told.external_id and told.html:
        return Event(
            kind=kind, channel="email", person=told.person, external_id=told.external_id, dedupe_key=told.dedupe_key,
            html=told.html, subject=told.subject, from_address=told.from_address or lead_email(found),
            to_address=told.to_address, cc=told.cc, sent_at=told.sent_at or at, thread=told.thread, **_campaign(found.fields))
    # Nothing names the mail: the label is for whatever the lead wrote last.
    return Event(kind=kind, channel="email", person=_person(found), dedupe_key=event_key(found), sent_at=at,
                 **_campaign(found.fields))


def _about(kind: str) -> Callable[[Envelope, datetime], Event]:
    def read(found: Envelope, at: datetime) -> Event:
        fields = found.fields
        told = block(fields, "bounce_message")
        mail = message_id(block(fields, "sent_message").get("message_id")) or message_id(fields.get("message_id"))
        stats = _stats_id(found)
        return Event(
            kind=kind, channel="email", person=_person(found), dedupe_key=event_key(found), sent_at=at,
            text=words(told.get("text")) or words(fields.get("bounce_reply_email_preview")),
            about_message=mail or (f"stats:{stats}" if stats else None), **_campaign(fields))

    return read


_READERS: dict[str, Callable[[Envelope, datetime], Event]] = {
    "EMAIL_REPLY": _reply, "EMAIL_SENT": _sent, "FIRST_EMAIL_SENT": _sent, "EMAIL_OPEN": _about("opened"),
    "EMAIL_BOUNCE": _about("bounced"), "LEAD_UNSUBSCRIBED": _about("unsubscribed"), "LEAD_CATEGORY_UPDATED": _category_changed,
}


def _flattened(payload: Mapping) -> Mapping:
    """The nested format under the names of the flat one; what is there already wins."""
    lead, mail, reply = block(payload, "lead"), block(payload, "email"), block(payload, "reply")
    campaign = block(payload, "campaign")
    flat = {
        "event_timestamp": payload.get("timestamp"), "sl_lead_email": lead.get("email"), "sl_email_lead_id": lead.get("id"),
        "lead_data": lead, "campaign_id": campaign.get("id") or mail.get("campaign_id"), "campaign_name": campaign.get("name"),
        "from_email": mail.get("from_email") or mail.get("from"), "subject": reply.get("subject") or mail.get("subject"),
        "stats_id": mail.get("stats_id") or reply.get("stats_id"), "reply_body": reply.get("body") or reply.get("html"),
        "message_id": reply.get("message_id") or mail.get("message_id"), "sent_message_body": mail.get("body"),
    }
    return {name: value for name, value in flat.items() if value is not None} | dict(payload)


def _mail_id(found: Envelope) -> str | None:
    told = block(found.fields, "sent_message" if "SENT" in found.event_type else "reply_message")
    return message_id(told.get("message_id")) or message_id(found.fields.get("message_id"))


def _stats_id(found: Envelope) -> str | None:
    return identifier(found.fields.get("stats_id"))


def _dedupe_key(mail: str | None, stats: str | None, at: object) -> str:
    return f"smartlead:{mail}" if mail else f"smartlead:{stable_key('stats', stats, instant(at))}"


def _correspondence(fields: Mapping, name: str) -> str | None:
    told = block(fields, "leadCorrespondence") or block(fields, "lead_correspondence")
    return next((text for given, value in told.items() if key_of(given) == key_of(name) and (text := words(value))), None)


def _category(found: Envelope) -> str | None:
    fields = found.fields
    named = block(fields, "lead_data", "category").get("name")
    category = fields.get("category")
    return words(block(fields, "lead_category").get("new_name")) or words(named) or words(
        category.get("name") if isinstance(category, Mapping) else category)


def _meaning_of_category(found: Envelope) -> str | None:
    name = key_of(_category(found))
    mood = words(block(found.fields, "lead_data", "category").get("sentiment_type")) or ""
    if name in NEVER_AGAIN:
        return "unsubscribed"
    return "interested" if name == "interested" or (mood.lower() == "positive" and name not in FINER) else None


def _last_reply(fields: Mapping) -> Mapping:
    """The mail a category was given for: as told, else the newest reply of the history that came along."""
    told = block(fields, "lastReply") or block(fields, "last_reply")
    rows = [row for row in items(fields.get("history")) if isinstance(row, Mapping) and words(row.get("type")) == "REPLY"]
    newest = max(rows, key=lambda row: words(row.get("time")) or "", default={})
    mail = message_id(told.get("message_id"))
    known = next((row for row in rows if mail and message_id(row.get("message_id")) == mail), {} if mail else newest)
    return {**known, **{name: value for name, value in told.items() if value is not None}} if told else newest


def _person(found: Envelope) -> Person:
    fields, lead, lead_id = found.fields, block(found.fields, "lead_data"), lead_of(found)
    email = lead_email(found)
    told = (words(fields.get("to_email")) or "").lower()
    is_them = not told or told == (email or "").lower()
    first, _, last = (words(fields.get("lead_name")) or (words(fields.get("to_name")) if is_them else None) or "").partition(" ")
    return Person(
        first_name=words(lead.get("first_name")) or ("" if "@" in first else first),
        last_name=words(lead.get("last_name")) or last.strip(), email=email, phone=words(lead.get("phone_number")),
        linkedin_url=words(lead.get("linkedin_profile")), company=words(lead.get("company_name")),
        website=words(lead.get("website")) or words(lead.get("company_url")),
        identities={"smartlead_lead": lead_id} if lead_id else {})


def _files(holder: Mapping) -> tuple[File, ...]:
    return tuple(File(
        name=words(item.get("file_name")) or words(item.get("filename")) or words(item.get("name")) or "file",
        url=words(item.get("file_url")) or words(item.get("url")),
        content_type=words(item.get("file_type")) or words(item.get("content_type")))
        for item in items(holder.get("attachments")) if isinstance(item, Mapping))


def _campaign(fields: Mapping) -> dict[str, str | None]:
    return {"campaign_id": identifier(fields.get("campaign_id")), "campaign_name": words(fields.get("campaign_name"))}


def _first_instant(fields: Mapping, *names: str) -> datetime | None:
    return next((at for name in names if (at := instant(fields.get(name)))), None)


def _thread(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
