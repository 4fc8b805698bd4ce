"""What do GoHighLevel's appointment events say in our words, and did GoHighLevel sign a body? (PROVIDERS 1.6 and 1.8)"""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from zrg_app.integrations.base import Event, Meeting, NotTheirs, Parsed, Person, Understood
from zrg_app.integrations.fields import block, identifier, instant, key_of, words
from zrg_app.kit.errors import Invalid

SIGNATURE_HEADER = "x-ghl-signature"
DELETED = "AppointmentDelete"
EVENTS = frozenset({"AppointmentCreate", "AppointmentUpdate", DELETED})
# FACTS section 12.7; whatever else is told (new, pending, invalid) stands.
_STATUS = {"cancelled": "canceled", "canceled": "canceled", "showed": "showed", "completed": "showed", "noshow": "no_show"}


def is_signed(header: str, body: bytes, public_key: str) -> bool:
    """Whether `header` (base64) is the Ed25519 signature of the raw `body` under `public_key` (SPKI, base64).

    Raises Invalid when the public key itself cannot be read.
    """
    try:
        key = load_der_public_key(base64.b64decode(public_key, validate=True))
    except (ValueError, binascii.Error) as error:
        raise Invalid("ZRG_GHL_WEBHOOK_PUBLIC_KEY is not a public key in base64.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise Invalid("ZRG_GHL_WEBHOOK_PUBLIC_KEY is not an Ed25519 key.")
    try:
        key.verify(base64.b64decode(header, validate=True), body)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def contact_of(payload: Mapping) -> str | None:
    """The contact an appointment is with."""
    return identifier(_appointment(payload).get("contactId"))


def parse(payload: Mapping, *, event_type: str, at: datetime) -> Parsed:
    """Read an appointment event; `at` stands in for a time it does not tell. Never raises."""
    told = _appointment(payload)
    external_id = identifier(told.get("id")) or identifier(told.get("appointmentId"))
    if external_id is None:
        return NotTheirs(reason="missing_appointment")
    contact = contact_of(payload)
    if contact is None:
        return NotTheirs(reason="missing_contact")
    meeting = _meeting(external_id, told, payload, at, is_deleted=event_type == DELETED)
    kind = "meeting_cancelled" if meeting.status == "canceled" else "meeting_booked"
    return Understood(event_type=event_type, events=(Event(
        kind=kind, channel="calendar", person=Person(identities={"ghl_contact": contact}), dedupe_key=f"ghl:appointment:{external_id}",
        external_id=external_id, sent_at=meeting.told_at, meeting=meeting),))


def _meeting(external_id: str, told: Mapping, payload: Mapping, at: datetime, *, is_deleted: bool) -> Meeting:
    status = "canceled" if is_deleted else _STATUS.get(key_of(told.get("appointmentStatus") or ""), "confirmed")
    updated = instant(told.get("dateUpdated")) or instant(told.get("dateAdded"))
    sent = instant(payload.get("timestamp"))
    # What is deleted keeps the time of its last change.
    told_at = (sent or at if is_deleted else updated or sent) or at
    named = {"calendar": identifier(told.get("calendarId")), "assigned_user": identifier(told.get("assignedUserId")),
             "source": words(told.get("source")), "contact": identifier(told.get("contactId"))}
    address = words(told.get("address"))
    return Meeting(
        external_id=external_id, status=status, told_at=told_at, booked_at=instant(told.get("dateAdded")),
        starts_at=instant(told.get("startTime")), ends_at=instant(told.get("endTime")), title=words(told.get("title")),
        timezone=words(told.get("timezone")) or words(told.get("selectedTimezone")), calendar=named["calendar"],
        join_url=address if address and address.startswith("https://") else None,
        reason="It was deleted in GoHighLevel." if is_deleted else None,
        handles={name: value for name, value in named.items() if value})


def _appointment(payload: Mapping) -> Mapping:
    # FACTS 12.7: the object stands alone, or under appointment, or under event.
    return block(payload, "appointment") or block(payload, "event") or payload
