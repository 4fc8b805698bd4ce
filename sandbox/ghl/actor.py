"""What happens at GoHighLevel when a person plays a lead? (reference 1.7 and 1.8)"""

from collections.abc import Mapping
from datetime import datetime

from sandbox.ghl import book, signing
from sandbox.ghl import webhooks as ghl_webhooks
from sandbox.store import Row
from sandbox.wish import Act, Actor, Happened, known
from sandbox.world import World

_APPOINTMENTS = ("AppointmentCreate", "AppointmentUpdate", "AppointmentDelete")
EVENTS = ("LEAD_REPLIED", "InboundMessage", "OutboundMessage", *_APPOINTMENTS)


def _play(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Happened:
    lead = act.lead
    named = {"firstName": lead.get("first_name"), "lastName": lead.get("last_name"), "email": lead.get("email"),
             "phone": lead.get("phone"), "companyName": lead.get("company"), "tags": lead.get("tags"),
             "timezone": lead.get("timezone"), "city": lead.get("city"), "state": lead.get("state")}
    key = str(lead.get("contact_id") or lead.get("id") or "")
    contact, _ = book.save_contact(world, act.workspace_ref, named, key)
    if act.event in _APPOINTMENTS:
        row = book.appointment(world, contact, key=act.of, title=subject, starts_at=at, status=str(lead.get("status") or ""))
        return Happened(ghl_webhooks.appointment_body(act.event, row), {"contact_id": contact["id"], "appointment_id": row["id"]})
    message = _message(world, act, contact, body, at)
    if message and lead.get("status"):
        message = world.store.put(f"ghl_messages:{message['conversationId']}", message["id"], message | {"status": lead["status"]})
    if act.event == "LEAD_REPLIED" or message is None:
        webhook = ghl_webhooks.workflow_body(contact, message, act.custom_data)
    else:
        webhook = ghl_webhooks.marketplace_body(act.event, contact, message)
    conversation = book.conversation_of(world, contact)
    return Happened(webhook, {"contact_id": contact["id"], "conversation_id": conversation["id"],
                              "message_id": message["id"] if message else None})


def _message(world: World, act: Act, contact: Row, body: str, at: datetime | None) -> Row | None:
    if act.of:
        return known(world.store.get(f"ghl_messages:{world.store.get('ghl_message_home', act.of)}", act.of), act.of)
    if not body:
        return None
    outbound = act.event == "OutboundMessage"
    return book.add_message(
        world, contact, channel=str(act.lead.get("channel") or "SMS"), body=body, at=at,
        direction="outbound" if outbound else "inbound", source="app" if outbound else "workflow")


def _people(world: World) -> list[Row]:
    return [{"provider": "ghl", "workspace_ref": row["locationId"], "contact_id": row["id"], "dnd": row["dnd"] or any(
        each["status"] != "inactive" for each in row["dndSettings"].values()), "first_name": row["firstName"],
        "last_name": row["lastName"], "email": row["email"], "phone": row["phone"], "company": row["companyName"]}
        for row in world.store.rows("ghl_contacts")]


def _sign(world: World, act: Act, body: bytes) -> Mapping[str, str]:
    """App events carry a signature when the act asks for one; a workflow action never does."""
    asked = act.secret_in == "signature" and act.event != "LEAD_REPLIED"
    return {signing.HEADER: signing.signature(body)} if asked else {}


ACTOR = Actor(slug="ghl", events=EVENTS, path="/api/webhooks/ghl/sms", play=_play, people=_people, sign=_sign,
              headers={"content-type": "application/json", "user-agent": "axios/1.7 (sandbox GoHighLevel)"}, title="GoHighLevel",
              way="text message", workspace_label="Location id")
