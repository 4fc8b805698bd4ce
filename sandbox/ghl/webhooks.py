"""What does GoHighLevel post to the product when a contact or a colleague writes? (reference 1.7 and 1.8)"""

from typing import Any

from sandbox import ids
from sandbox.store import Row


def workflow_body(contact: Row, message: Row | None, custom: dict[str, Any] | None = None) -> dict[str, Any]:
    """Build the body of the workflow "Webhook" action; it has no message id, no conversation id and no message time."""
    body: dict[str, Any] = {
        "contact_id": contact["id"],
        "first_name": contact["firstName"] or "", "last_name": contact["lastName"] or "", "full_name": contact["name"],
        "email": contact["email"] or "", "phone": contact["phone"] or "", "tags": ",".join(contact["tags"]),
        "address1": contact["address1"] or "", "city": contact["city"] or "", "state": contact["state"] or "",
        "country": contact["country"] or "US", "postal_code": contact["postalCode"] or "",
        "company_name": contact["companyName"] or "",
        "full_address": "", "date_created": contact["dateAdded"], "contact_source": contact["source"] or "sandbox",
        "contact_type": "lead",
        "location": {"id": contact["locationId"], "name": "Sandbox location", "address": "", "city": "", "state": "",
                     "country": "US", "postalCode": "", "fullAddress": ""},
        "user": {},
        "workflow": {"id": ids.new_uuid(), "name": "Customer replied"},
        "triggerData": {},
        "contact": {"attributionSource": {"medium": "null"}, "lastAttributionSource": {}},
        "attributionSource": {}, "customData": custom or {},
    }
    if message:
        body["message"] = {"type": message["type"], "body": message["body"]}
    return body


def marketplace_body(kind: str, contact: Row, message: Row) -> dict[str, Any]:
    """Build the body of a marketplace app event, `InboundMessage` or `OutboundMessage`."""
    channel = {3: "Email", 1: "CALL", 10: "VoiceMail"}.get(message["type"], "SMS")
    body: dict[str, Any] = {
        "type": kind, "locationId": contact["locationId"], "attachments": message["attachments"],
        "body": message["body"], "contactId": contact["id"], "contentType": message["contentType"],
        "conversationId": message["conversationId"], "dateAdded": message["dateAdded"],
        "direction": message["direction"], "messageType": channel, "status": message["status"],
        "messageId": message["id"], "timestamp": message["dateAdded"], "webhookId": ids.new_uuid(),
    }
    if kind == "OutboundMessage":
        body |= {"source": message["source"], "userId": message["userId"]}
    return body


def appointment_body(kind: str, appointment: Row) -> dict[str, Any]:
    """Build the body of a marketplace app event about an appointment."""
    return {"type": kind, "locationId": appointment["locationId"], "timestamp": appointment["dateUpdated"],
            "webhookId": ids.new_uuid(),
            "appointment": {name: value for name, value in appointment.items() if name != "locationId"}}
