"""Which contacts, conversations and messages does the stand-in GoHighLevel hold?"""

from datetime import datetime, timedelta
from typing import Any

from sandbox import clock, ids
from sandbox.store import Row
from sandbox.world import World

WRITABLE = (
    "firstName", "lastName", "name", "email", "phone", "companyName", "website", "timezone", "source", "country",
    "assignedTo", "tags", "dnd", "dndSettings", "address1", "city", "state", "postalCode",
)
NUMBER_OF_TYPE = {"SMS": 2, "Email": 3, "CALL": 1, "VoiceMail": 10}
_CHANNEL_STOP_WORDS = {"stop", "stopall", "unsubscribe", "cancel", "end", "quit"}


def contact(world: World, contact_id: str | None) -> Row | None:
    """Return one contact by id, or None."""
    return world.store.get("ghl_contacts", contact_id)


def find_contact(world: World, location_id: str, email: str = "", phone: str = "") -> Row | None:
    """Return the contact of a location with this e-mail, else with this phone, or None."""
    for kind, value in (("email", email), ("phone", phone)):
        known = world.store.get("ghl_contact_keys", _key(location_id, kind, value)) if value else None
        if known:
            return contact(world, known)
    return None


def save_contact(world: World, location_id: str, fields: dict[str, Any], contact_id: str = "") -> tuple[Row, bool]:
    """Create a contact or change the one that matches by id, e-mail or phone; return it and whether it is new.

    Tags given replace the list, as an upsert does there.
    """
    known = contact(world, contact_id) if contact_id else None
    known = known or find_contact(world, location_id, _text(fields.get("email")), _text(fields.get("phone")))
    row = dict(known) if known else _blank_contact(location_id, contact_id or ids.new_handle())
    row |= {name: fields[name] for name in WRITABLE if _fits(name, fields.get(name))}
    if isinstance(fields.get("customFields"), list):
        row["customFields"] = [{"id": item.get("id"), "value": item.get("field_value", item.get("value"))}
                               for item in fields["customFields"] if isinstance(item, dict)]
    row["name"] = _text(fields.get("name")) or f"{row['firstName'] or ''} {row['lastName'] or ''}".strip()
    row["emailLowerCase"] = _text(row["email"]).lower() or None
    row["dateUpdated"] = clock.now_iso()
    for kind in ("email", "phone"):
        if row[kind]:
            world.store.put("ghl_contact_keys", _key(location_id, kind, _text(row[kind])), row["id"])
    return world.store.put("ghl_contacts", row["id"], row), known is None


def conversation_of(world: World, contact_row: Row) -> Row:
    """Return the one conversation of a contact; it is opened when there is none."""
    known = world.store.get("ghl_conversation_of", contact_row["id"])
    if known:
        return world.store.get("ghl_conversations", known)
    row = {"id": ids.new_handle(), "contactId": contact_row["id"], "locationId": contact_row["locationId"],
           "type": "TYPE_PHONE", "unreadCount": 0, "lastMessageBody": "", "lastMessageType": None,
           "lastMessageDate": None, "dateAdded": clock.now_iso()}
    world.store.put("ghl_conversation_of", contact_row["id"], row["id"])
    return world.store.put("ghl_conversations", row["id"], row)


def add_message(
    world: World, contact_row: Row, *, channel: str, body: str, direction: str, source: str,
    at: datetime | None = None, extra: dict[str, Any] | None = None,
) -> Row:
    """Append a message (channel SMS or Email, direction inbound or outbound) to the contact's conversation."""
    conversation = conversation_of(world, contact_row)
    row = {
        "id": ids.new_handle(), "type": NUMBER_OF_TYPE.get(channel, 2), "messageType": f"TYPE_{channel.upper()}",
        "locationId": contact_row["locationId"], "contactId": contact_row["id"], "conversationId": conversation["id"],
        "dateAdded": clock.iso(at or clock.now()), "body": body, "direction": direction, "status": "delivered",
        "contentType": "text/plain", "attachments": [], "source": source, "userId": None,
    } | (extra or {})
    world.store.put(f"ghl_messages:{conversation['id']}", row["id"], row)
    world.store.put("ghl_message_home", row["id"], conversation["id"])
    unread = conversation["unreadCount"] + 1 if direction == "inbound" else 0
    world.store.put("ghl_conversations", conversation["id"], conversation | {
        "lastMessageBody": body, "lastMessageType": row["messageType"], "lastMessageDate": row["dateAdded"],
        "unreadCount": unread})
    if direction == "inbound" and channel == "SMS" and body.strip().strip(".!").lower() in _CHANNEL_STOP_WORDS:
        set_dnd(world, contact_row["id"], "SMS", "permanent")
    return row


def messages(world: World, conversation_id: str) -> list[Row]:
    """Return the messages of a conversation, newest first."""
    rows = world.store.rows(f"ghl_messages:{conversation_id}")
    return sorted(rows, key=lambda row: row["dateAdded"])[::-1]


def appointment(world: World, contact_row: Row, *, key: str, title: str, starts_at: datetime | None, status: str) -> Row:
    """Make an appointment of a contact, or change the one called `key`: what is given replaces what was there."""
    known = world.store.get("ghl_appointments", key) if key else None
    start = starts_at or clock.now() + timedelta(days=1)
    row = known or {"id": key or ids.new_handle(), "locationId": contact_row["locationId"], "contactId": contact_row["id"],
                    "title": title or "Intro call", "calendarId": "cal_sandbox", "groupId": None, "appointmentStatus": "confirmed",
                    "assignedUserId": None, "users": [], "notes": None, "source": "booking_widget", "address": None,
                    "startTime": clock.iso(start), "endTime": clock.iso(start + timedelta(minutes=30)), "dateAdded": clock.now_iso()}
    given = {"title": title, "appointmentStatus": status} | (
        {"startTime": clock.iso(starts_at), "endTime": clock.iso(starts_at + timedelta(minutes=30))} if starts_at else {})
    row = row | {name: value for name, value in given.items() if value} | {"dateUpdated": clock.now_iso()}
    return world.store.put("ghl_appointments", row["id"], row)


def set_dnd(world: World, contact_id: str, channel: str, status: str) -> Row | None:
    """Set do-not-disturb for one channel (SMS, Email, ...) or for `all`; status active, permanent or inactive.

    Returns the changed contact, or None when there is no such contact.
    """
    row = contact(world, contact_id)
    if row is None:
        return None
    if channel == "all":
        return world.store.put("ghl_contacts", contact_id, row | {"dnd": status != "inactive"})
    settings = dict(row["dndSettings"]) | {channel: {"status": status, "message": "Set in the sandbox", "code": ""}}
    return world.store.put("ghl_contacts", contact_id, row | {"dndSettings": settings})


def _blank_contact(location_id: str, contact_id: str) -> Row:
    return {
        "id": contact_id, "locationId": location_id, "firstName": None, "lastName": None, "name": "", "email": None,
        "emailLowerCase": None, "phone": None, "companyName": None, "website": None, "timezone": None, "source": None,
        "country": None, "assignedTo": None, "tags": [], "dnd": False, "dndSettings": {}, "customFields": [],
        "type": "lead", "address1": None, "city": None, "state": None, "postalCode": None,
        "dateAdded": clock.now_iso(), "dateUpdated": clock.now_iso(), "lastActivity": None, "attributionSource": {},
    }


def _key(location_id: str, kind: str, value: str) -> str:
    plain = value.strip().lower() if kind == "email" else "".join(c for c in value if c.isdigit())
    return f"{location_id}|{kind}|{plain}"


def _fits(name: str, value: Any) -> bool:
    """Say whether a value has the type its column holds; others are passed over, as are missing ones."""
    if name == "tags":
        return isinstance(value, list) and all(isinstance(tag, str) for tag in value)
    if name == "dndSettings":
        return isinstance(value, dict) and all(isinstance(each, dict) for each in value.values())
    return isinstance(value, bool if name == "dnd" else str)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
