"""What does a Unipile webhook say in our words? LinkedIn messages, new relations, and how our account stands (PROVIDERS 5.4-5.6)."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import unquote

from zrg_app.integrations.base import AccountNews, Event, File, NotForUs, NotTheirs, Parsed, Person, Understood
from zrg_app.integrations.fields import block, identifier, instant, items, truth, words
from zrg_app.kit import clock
from zrg_app.kit.digest import stable_key

LINKEDIN = "LINKEDIN"
MESSAGES = frozenset({"message_received", "message.received"})
RELATIONS = frozenset({"new_relation"})
ACCOUNT = "account_status"
# Known, and nothing a thread must show.
_UNUSED = {
    "message_reaction": "reaction", "message_read": "read_receipt", "message_delivered": "delivery_receipt",
    "message_edited": "message_edited", "message_deleted": "message_deleted", "message.sent": "own_message_told_elsewhere",
    "connection.received": "invitation_received", "profile.viewed": "profile_viewed", "mail_received": "not_linkedin",
    "mail_sent": "not_linkedin", "mail_moved": "not_linkedin",
}
_NOT_PERSONAL = frozenset({"sponsored", "linkedin_offer"})
WORKING = frozenset({"OK", "CREATION_SUCCESS", "RECONNECTED", "SYNC_SUCCESS"})
# Why an account does not work, for the person who has to mend it.
BROKEN = {
    "CREDENTIALS": "LinkedIn asks the owner of the account to log in again; reconnect it in Unipile.",
    "ERROR": "Unipile reports an error with the LinkedIn account; reconnect it there.",
    "STOPPED": "The LinkedIn account is stopped in Unipile; start it there.",
    "PERMISSIONS": "Unipile is not permitted to use the LinkedIn account; reconnect it there.",
    "DELETED": "The LinkedIn account was removed from Unipile; connect it again and enter its new id.",
}
# A profile address may end in the member's id instead of the public name; such an address identifies nobody elsewhere.
_MEMBER_ID = re.compile(r"(?:ACoA|ACwA|AEMA|ADsA)[\w-]{10,}", re.IGNORECASE)
_SLUG = re.compile(r"/in/([^/?#]+)", re.IGNORECASE)


def account_of(payload: Mapping) -> str | None:
    """The Unipile account the webhook is about: our tenant key."""
    return identifier(block(payload, "AccountStatus").get("account_id")) or identifier(payload.get("account_id"))


def event_type_of(payload: Mapping) -> str:
    """The event's name for the ledger, in lower case; account status has none of its own."""
    if "AccountStatus" in payload or ("event" not in payload and words(payload.get("status"))):
        return ACCOUNT
    return (words(payload.get("event")) or "").lower()[:80]


def event_key(payload: Mapping, received_at: datetime) -> str:
    """The webhook's dedupe key. Status changes carry neither id nor time: one of a kind counts once in ten seconds."""
    kind = event_type_of(payload)
    if kind == ACCOUNT:
        return f"unipile:{kind}:{account_of(payload)}:{_status(payload)[:40]}:{int(received_at.timestamp() // 10)}"
    own = message_id_of(payload) if kind in MESSAGES else None
    if kind in RELATIONS:
        own = identifier(payload.get("user_provider_id"))
    whole = stable_key(json.dumps(payload, sort_keys=True, default=str))
    return f"unipile:{kind}:{account_of(payload)}:{own or whole}"


def message_id_of(payload: Mapping) -> str | None:
    """Unipile's id of the message told."""
    return identifier(payload.get("message_id")) or identifier(block(payload, "message").get("id"))


def member_of(payload: Mapping) -> str | None:
    """The member id of the person the event is about, so that one person's events keep their order."""
    if event_type_of(payload) in RELATIONS:
        return identifier(payload.get("user_provider_id"))
    other = _other(payload)
    return identifier(other.get("attendee_provider_id")) if other else None


def parse(payload: Mapping, *, received_at: datetime | None = None) -> Parsed:
    """Read a webhook body; `received_at` (default now) is the time of what carries none. Never raises."""
    kind, at = event_type_of(payload), received_at or clock.now()
    if account_of(payload) is None:
        return NotTheirs(reason="missing_account")
    if not _is_linkedin(payload):
        return NotForUs(event_type=kind, reason="not_linkedin")
    if kind == ACCOUNT:
        return _account(payload)
    if kind in MESSAGES:
        return _message(payload, kind, at)
    if kind in RELATIONS or kind == "connection.accepted":
        return _relation(payload, kind, at)
    if kind in _UNUSED:
        return NotForUs(event_type=kind, reason=_UNUSED[kind])
    return NotTheirs(reason="unknown_event")


def slug_of(address: object) -> str | None:
    """The public name in a profile's address, lower-case; None for other addresses and for those that end in a member id."""
    found = _SLUG.search(words(address) or "")
    slug = unquote(found[1]).strip().lower() if found else ""
    return slug if slug and not _MEMBER_ID.fullmatch(slug) else None


def profile_url(slug: str | None) -> str | None:
    """The address of the profile called `slug`."""
    return f"https://www.linkedin.com/in/{slug}" if slug else None


def files_of(payload: Mapping) -> tuple[File, ...]:
    """The attachments of a message, of webhooks and of its REST form alike; they stay at the provider."""
    found = []
    for each in items(payload.get("attachments")):
        if isinstance(each, Mapping):
            kind = words(each.get("type")) or words(each.get("attachment_type")) or "file"
            name = words(each.get("file_name")) or words(each.get("name")) or words(each.get("attachment_name")) or kind
            size = each.get("file_size") or each.get("size")
            url = words(each.get("url")) or words(each.get("attachment_url")) or ""
            # Unipile's own addresses (att://) open nothing in a browser.
            found.append(File(name=name[:300], url=url if url.startswith(("https://", "http://")) else None,
                              content_type=words(each.get("mimetype")), size_bytes=size if type(size) is int else None))
    return tuple(found)


def is_personal(chat: Mapping) -> bool:
    """Whether a chat, as the REST interface lists it, is one with one other member and no advertisement."""
    content = (words(chat.get("content_type")) or "").lower()
    return identifier(chat.get("type")) in (None, "0") and content not in _NOT_PERSONAL


def _account(payload: Mapping) -> Parsed:
    status = _status(payload)
    if status in WORKING:
        return Understood(event_type=ACCOUNT, account=AccountNews(works=True, sentence="The LinkedIn account works."))
    if status in BROKEN:
        return Understood(event_type=ACCOUNT, account=AccountNews(works=False, sentence=BROKEN[status]))
    if status == "CONNECTING":
        return Understood(event_type=ACCOUNT, account=AccountNews(works=None, sentence="The LinkedIn account is connecting."))
    return NotTheirs(reason="unknown_account_status")


def _message(payload: Mapping, kind: str, at: datetime) -> Parsed:
    unused = _not_a_message(payload)
    if unused:
        return NotForUs(event_type=kind, reason=unused)
    other, ours = _other(payload), _is_ours(payload)
    person = _person(other) if other else _legacy_person(payload)
    if person is None:
        return NotForUs(event_type=kind, reason="nobody_to_recognise")
    text, files, message_id = _text(payload), files_of(payload), message_id_of(payload)
    if not text and not files:
        return NotForUs(event_type=kind, reason="empty_message")
    sent_at = instant(payload.get("timestamp")) or at
    key = message_id or stable_key(account_of(payload), str(ours), str(dict(person.identities)), text or "",
                                   int(sent_at.timestamp() // 60))
    return Understood(event_type=kind, events=(Event(
        kind="outbound" if ours else "reply", channel="linkedin", person=person, text=text or "", dedupe_key=f"unipile:{key}",
        external_id=message_id, subject=words(payload.get("subject")), sent_at=sent_at, files=files,
        from_name=None if ours else _full_name(person), to_name=_full_name(person) if ours else None,
        thread=thread_of(payload)),))


def thread_of(payload: Mapping) -> dict[str, str]:
    """What is needed to answer in the same chat."""
    chat = identifier(payload.get("chat_id"))
    return {"chat_id": chat} if chat else {}


def _not_a_message(payload: Mapping) -> str | None:
    if truth(payload.get("is_event")):
        return "system_notice"
    # Without our own id in the body, a chat of two names two others.
    most = 1 if _own_id(payload) or payload.get("is_group") is None else 2
    if truth(payload.get("is_group")) or len(_others(payload)) > most:
        return "group_chat"
    if payload.get("reaction"):
        return "reaction"
    if (words(payload.get("chat_content_type")) or "").lower() in _NOT_PERSONAL:
        return "sponsored"
    return None


def _relation(payload: Mapping, kind: str, at: datetime) -> Parsed:
    told = {"provider_id": payload.get("user_provider_id"), "slug": payload.get("user_public_identifier"),
            "url": payload.get("user_profile_url"), "name": payload.get("user_full_name")}
    legacy = block(payload, "connection")
    if legacy:
        told = {"provider_id": legacy.get("provider_id") or legacy.get("linkedin_id"), "slug": legacy.get("public_identifier"),
                "url": legacy.get("linkedin_url") or legacy.get("profile_url"), "name": legacy.get("name")}
    person = _named(told["provider_id"], told["slug"], told["url"], told["name"])
    if person is None:
        return NotTheirs(reason="missing_person")
    who = person.identities.get("linkedin_member") or person.linkedin_url
    return Understood(event_type=kind, events=(Event(
        kind="relation", channel="linkedin", person=person, dedupe_key=f"unipile:relation:{account_of(payload)}:{who}",
        sent_at=instant(payload.get("timestamp")) or at),))


def _is_linkedin(payload: Mapping) -> bool:
    told = (words(block(payload, "AccountStatus").get("account_type")) or words(payload.get("account_type"))
            or words(block(payload, "account_info").get("type")))
    return told is None or told.upper() == LINKEDIN


def _status(payload: Mapping) -> str:
    return (words(block(payload, "AccountStatus").get("message")) or words(payload.get("status")) or "").upper()


def _own_id(payload: Mapping) -> str | None:
    told = identifier(block(payload, "account_info").get("user_id"))
    sender = identifier(block(payload, "sender").get("attendee_provider_id"))
    return told or (sender if truth(payload.get("is_sender")) else None)


def _is_ours(payload: Mapping) -> bool:
    if payload.get("is_sender") is not None:
        return truth(payload.get("is_sender"))
    sender = identifier(block(payload, "sender").get("attendee_provider_id"))
    return sender is not None and sender == _own_id(payload)


def _others(payload: Mapping) -> list[Mapping]:
    """The members of the chat that are not us, each once; what names nobody is left out."""
    found, own = {}, _own_id(payload)
    for each in [block(payload, "sender"), *items(payload.get("attendees"))]:
        who = identifier(each.get("attendee_provider_id")) if isinstance(each, Mapping) else None
        if who and who != own:
            found.setdefault(who, each)
    return list(found.values())


def _other(payload: Mapping) -> Mapping | None:
    return next(iter(_others(payload)), None)


def _person(attendee: Mapping) -> Person | None:
    return _named(attendee.get("attendee_provider_id"), attendee.get("attendee_public_identifier"),
                  attendee.get("attendee_profile_url"), attendee.get("attendee_name"))


def _legacy_person(payload: Mapping) -> Person | None:
    message = block(payload, "message")
    return _named(message.get("sender_id"), None, message.get("sender_linkedin_url"), message.get("sender_name"))


def _named(provider_id: object, slug: object, url: object, name: object) -> Person | None:
    member, public = identifier(provider_id), slug_of(f"/in/{words(slug)}" if words(slug) else None) or slug_of(url)
    if member is None and public is None:
        return None
    first, _, last = (words(name) or "").partition(" ")
    return Person(first_name=first, last_name=last.strip(), linkedin_url=profile_url(public),
                  identities={"linkedin_member": member} if member else {})


def _full_name(person: Person) -> str | None:
    return f"{person.first_name} {person.last_name}".strip() or None


def _text(payload: Mapping) -> str | None:
    message = payload.get("message")
    if isinstance(message, Mapping):
        return said(message.get("text")) or said(message.get("message"))
    return said(message) or said(payload.get("text"))


def said(value: object) -> str | None:
    """What a person wrote, trimmed; unlike `words` of a field, "None" and "null" are words here."""
    text = value.replace("\x00", "").encode("utf-8", errors="ignore").decode("utf-8").strip() if isinstance(value, str) else ""
    return text or None
