"""How does the stand-in GoHighLevel API answer? (contacts, conversations, messages; API v2)"""

import hashlib
import re
from typing import Any

from sandbox import clock, ids
from sandbox.exchange import Answer, Call, Provider
from sandbox.ghl import book, calendars
from sandbox.store import Row
from sandbox.world import World

VERSIONS = ("2021-04-15", "2021-07-28", "v3")
CHANNELS = ("SMS", "RCS", "Email", "WhatsApp", "IG", "FB", "Custom", "Live_Chat", "TIKTOK")
_LOCATION_IN_TOKEN = re.compile(r"location[-_:]([\w-]+)$")
_PER_TEN_SECONDS = 100
_ADOPTED = "adopted"


def problem(status: int, message: str | None = None) -> Answer:
    """Word an error as GoHighLevel does; 422 carries a list of sentences."""
    words = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 422: "Unprocessable Entity",
             429: "Too Many Requests"}.get(status, "Internal Server Error")
    text = {401: "Invalid token: the access token is not valid", 429: "Too many requests"}.get(status, words)
    said: Any = [message or text] if status == 422 else message or text
    return Answer(status, {"statusCode": status, "message": said, "error": words, "traceId": ids.new_uuid()})


def refuse(world: World, call: Call) -> Answer | None:
    """Refuse a call without a good bearer token, without a known Version header, or over the limit when enforced."""
    if not call.token or call.token.startswith("bad"):
        return problem(401)
    if "version" not in call.headers:
        return problem(401, "version header was not found.")
    if call.headers["version"] not in VERSIONS:
        return problem(401, "version header is invalid")
    asked = call.query.get("locationId") or call.fields.get("locationId")
    own = _own_location(call)
    if asked and own and asked != own:
        return problem(403, "The token does not have access to this location.")
    left = world.limit_left(f"ghl|{call.token}", clock.now().timestamp(), 10, _PER_TEN_SECONDS)
    return problem(429) if left < 0 and world.options.enforce_limits else None


def limit_headers(world: World, call: Call) -> dict[str, str]:
    """Return the rate-limit headers: 100 requests per 10 s and 200,000 per day and location."""
    used = len(world.windows.get(f"ghl|{call.token}", ()))
    return {
        "X-RateLimit-Limit-Daily": "200000", "X-RateLimit-Daily-Remaining": "199000",
        "X-RateLimit-Interval-Milliseconds": "10000", "X-RateLimit-Max": str(_PER_TEN_SECONDS),
        "X-RateLimit-Remaining": str(max(_PER_TEN_SECONDS - used, 0)),
    }


def upsert_contact(world: World, call: Call) -> Answer:
    """POST /contacts/upsert."""
    location_id = call.fields.get("locationId")
    if not isinstance(location_id, str) or not location_id:
        return problem(422, "locationId must be a string")
    row, new = book.save_contact(world, location_id, call.fields)
    return Answer(200, {"new": new, "contact": row, "traceId": ids.new_uuid()})


def create_contact(world: World, call: Call) -> Answer:
    """POST /contacts/: a contact that is already there is a 400 that names it."""
    location_id = call.fields.get("locationId")
    if not isinstance(location_id, str) or not location_id:
        return problem(422, "locationId must be a string")
    email, phone = (str(call.fields.get(name) or "") for name in ("email", "phone"))
    known = book.find_contact(world, location_id, email, phone)
    if known:
        answer = problem(400, "This location does not allow duplicated contacts.")
        answer.body["meta"] = {"contactId": known["id"], "contactName": known["name"]}
        return answer
    row, _ = book.save_contact(world, location_id, call.fields)
    return Answer(201, {"contact": row, "traceId": ids.new_uuid()})


def get_contact(world: World, call: Call) -> Answer:
    """GET /contacts/{id}."""
    row = _contact_for(world, call, call.params["id"])
    return Answer(200, {"contact": row, "traceId": ids.new_uuid()}) if row else _no_contact(call.params["id"])


def list_contacts(world: World, call: Call) -> Answer:
    """GET /contacts/?locationId=&query=&limit= (deprecated there, still asked by many)."""
    location_id, query = call.query.get("locationId"), call.query.get("query", "")
    if not location_id:
        return problem(422, "locationId must be a string")
    rows = [row for row in world.store.rows("ghl_contacts")
            if row["locationId"] == location_id and _answers_query(row, query)]
    return Answer(200, {"contacts": rows[: call.number("limit", 20, 100)], "count": len(rows)})


def get_location(world: World, call: Call) -> Answer:
    """GET /locations/{id}: the sub-account a token belongs to."""
    if _own_location(call) not in ("", call.params["id"]):
        return problem(403, "The token does not have access to this location.")
    return Answer(200, {"location": {"id": call.params["id"], "name": f"Sandbox location {call.params['id']}",
                                     "timezone": "America/New_York", "country": "US"}})


def update_contact(world: World, call: Call) -> Answer:
    """PUT /contacts/{id}."""
    row = _contact_for(world, call, call.params["id"])
    if not row:
        return _no_contact(call.params["id"])
    changed, _ = book.save_contact(world, row["locationId"], call.fields, row["id"])
    return Answer(200, {"succeded": True, "contact": changed})


def add_tags(world: World, call: Call) -> Answer:
    """POST /contacts/{id}/tags: adds to the list, unlike an upsert."""
    row = _contact_for(world, call, call.params["id"])
    tags = call.fields.get("tags")
    if not row:
        return _no_contact(call.params["id"])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        return problem(422, "tags must be an array")
    merged = list(dict.fromkeys([*row["tags"], *tags]))
    book.save_contact(world, row["locationId"], {"tags": merged}, row["id"])
    return Answer(201, {"tags": merged})


def duplicate_contact(world: World, call: Call) -> Answer:
    """GET /contacts/search/duplicate?locationId=&email=&number=."""
    if not call.query.get("locationId"):
        return problem(422, "locationId must be a string")
    row = book.find_contact(world, call.query["locationId"], call.query.get("email", ""), call.query.get("number", ""))
    return Answer(200, {"contact": row})


def search_contacts(world: World, call: Call) -> Answer:
    """POST /contacts/search: `query` over name, e-mail and phone, `filters` of field and operator eq or contains."""
    location_id, size = call.fields.get("locationId"), call.fields.get("pageLimit")
    if not isinstance(location_id, str) or not isinstance(size, int) or not 1 <= size <= 500:
        return problem(422, "locationId must be a string and pageLimit a number from 1 to 500")
    page = call.fields.get("page") if isinstance(call.fields.get("page"), int) else 1
    filters = call.fields.get("filters")
    rows = [row for row in world.store.rows("ghl_contacts") if row["locationId"] == location_id
            and _answers_query(row, str(call.fields.get("query") or ""))
            and all(_passes(row, wish) for wish in (filters if isinstance(filters, list) else []))]
    start = (max(page, 1) - 1) * size
    return Answer(200, {"contacts": rows[start : start + size], "total": len(rows), "traceId": ids.new_uuid()})


def search_conversations(world: World, call: Call) -> Answer:
    """GET /conversations/search?locationId=&contactId=&limit=."""
    location_id = call.query.get("locationId")
    if not location_id:
        return problem(422, "locationId must be a string")
    rows = [_conversation_view(world, row) for row in world.store.rows("ghl_conversations")
            if row["locationId"] in (location_id, _ADOPTED)
            and row["contactId"] == call.query.get("contactId", row["contactId"])]
    rows.sort(key=lambda row: row["lastMessageDate"] or "", reverse=True)
    return Answer(200, {"conversations": rows[: call.number("limit", 20, 100)], "total": len(rows)})


def list_messages(world: World, call: Call) -> Answer:
    """GET /conversations/{id}/messages: newest first, `lastMessageId` continues after that message."""
    conversation = world.store.get("ghl_conversations", call.params["id"])
    if not conversation or not _sees(call, conversation):
        return problem(404, f"Conversation not found: {call.params['id']}")
    rows = book.messages(world, conversation["id"])
    kinds = set(filter(None, call.query.get("type", "").split(",")))
    rows = [row for row in rows if not kinds or row["messageType"] in kinds]
    last = call.query.get("lastMessageId")
    start = next((place + 1 for place, row in enumerate(rows) if row["id"] == last), 0)
    size = call.number("limit", 20, 100)
    page = rows[start : start + size]
    more = start + size < len(rows)
    return Answer(200, {"messages": {"lastMessageId": page[-1]["id"] if page else None, "nextPage": more,
                                     "messages": page}, "traceId": ids.new_uuid()})


def get_message(world: World, call: Call) -> Answer:
    """GET /conversations/messages/{id}."""
    home = world.store.get("ghl_message_home", call.params["id"])
    row = world.store.get(f"ghl_messages:{home}", call.params["id"]) if home else None
    return Answer(200, {"message": row}) if row and _sees(call, row) else problem(404, "Message not found")


def create_conversation(world: World, call: Call) -> Answer:
    """POST /conversations/ {locationId, contactId}."""
    row = _contact_for(world, call, str(call.fields.get("contactId") or ""))
    if not row:
        return problem(400, "Contact not found")
    return Answer(201, {"success": True, "conversation": book.conversation_of(world, row)})


def send_message(world: World, call: Call) -> Answer:
    """POST /conversations/messages: an outbound message, or the send-time refusals of the reference (1.2, 1.3)."""
    fields = call.fields
    channel, text = fields.get("type"), fields.get("message") or fields.get("html")
    if channel not in CHANNELS:
        return problem(422, f"type must be one of the following values: {', '.join(CHANNELS)}")
    if not isinstance(fields.get("contactId"), str) or not fields["contactId"]:
        return problem(422, "contactId must be a string")
    if not isinstance(text, str) or not (text.strip() or fields.get("attachments")):
        return problem(400, "There is no message or attachments for this message. Skip sending.")
    row = _contact_for(world, call, fields["contactId"])
    if not row:
        return problem(400, f"Contact not found for id: {fields['contactId']}")
    refusal = _send_refusal(row, channel)
    if refusal:
        return problem(400, refusal)
    message = book.add_message(world, row, channel=channel, body=text, direction="outbound", source="api",
                               extra={name: fields[name] for name in ("subject", "attachments") if fields.get(name)})
    recipient = row["email"] if channel == "Email" else fields.get("toNumber") or row["phone"]
    return Answer(200, {"conversationId": message["conversationId"], "messageId": message["id"],
                        "msg": "Message queued successfully."},
                  effect={"what": channel.lower(), "id": message["id"], "thread": message["conversationId"],
                          "contact_id": row["id"], "to": recipient, "subject": fields.get("subject"), "text": text,
                          "files": message["attachments"]})


def _send_refusal(row: Row, channel: str) -> str:
    if row["dnd"]:
        return "Cannot send message as DND is active."
    if row["dndSettings"].get(channel, {}).get("status", "inactive") != "inactive":
        return f"Cannot send message as DND is active for {channel}."
    if channel == "SMS" and not row["phone"]:
        return "Missing phone number"
    return "Missing email" if channel == "Email" and not row["email"] else ""


def _own_location(call: Call) -> str:
    match = _LOCATION_IN_TOKEN.search(call.token)
    return match[1] if match else ""


def _sees(call: Call, row: Row) -> bool:
    return row["locationId"] == _ADOPTED or _own_location(call) in ("", row["locationId"])


def _contact_for(world: World, call: Call, contact_id: str) -> Row | None:
    row = book.contact(world, contact_id)
    if row is None and world.options.adopt_unknown and contact_id:
        row, _ = book.save_contact(world, _own_location(call) or _ADOPTED, {"phone": _phone_of(contact_id)}, contact_id)
    return row if row and _sees(call, row) else None


def _phone_of(contact_id: str) -> str:
    """A number of its own, because contacts with the same number are one."""
    return f"+1555{int(hashlib.sha256(contact_id.encode()).hexdigest(), 16) % 10_000_000:07}"


def _no_contact(contact_id: str) -> Answer:
    return problem(400, f"Contact with id {contact_id} not found")


def _conversation_view(world: World, row: Row) -> Row:
    person = book.contact(world, row["contactId"]) or {}
    return row | {"fullName": person.get("name"), "contactName": person.get("name"), "email": person.get("email"),
                  "phone": person.get("phone")}


def _answers_query(row: Row, query: str) -> bool:
    return query.lower() in " ".join(str(row[name] or "") for name in ("name", "email", "phone", "companyName")).lower()


def _passes(row: Row, wish: Any) -> bool:
    if not isinstance(wish, dict):
        return True
    have, want = str(row.get(str(wish.get("field"))) or "").lower(), str(wish.get("value") or "").lower()
    return want in have if wish.get("operator") == "contains" else want == have


GHL = Provider(
    slug="ghl", title="GoHighLevel", prefix="/ghl", refuse=refuse, problem=problem, headers=limit_headers,
    rules=(
        ("POST", "/contacts/upsert", upsert_contact),
        ("GET", "/contacts/search/duplicate", duplicate_contact),
        ("POST", "/contacts/search", search_contacts),
        ("POST", "/contacts/?", create_contact),
        ("GET", "/contacts/?", list_contacts),
        ("GET", "/locations/{id}", get_location),
        ("GET", "/contacts/{id}", get_contact),
        ("PUT", "/contacts/{id}", update_contact),
        ("POST", "/contacts/{id}/tags", add_tags),
        ("GET", "/conversations/search", search_conversations),
        ("POST", "/conversations/messages", send_message),
        ("GET", "/conversations/messages/{id}", get_message),
        ("POST", "/conversations/?", create_conversation),
        ("GET", "/conversations/{id}/messages", list_messages),
        ("GET", "/calendars/?", calendars.listed),
        ("GET", "/calendars/{id}/free-slots", calendars.free_slots),
    ),
)
