"""How does the stand-in Unipile API answer? (accounts, users, invitations, chats, messages; API v1)"""

from typing import Any

from sandbox.exchange import Answer, Call, Provider
from sandbox.store import Row
from sandbox.unipile import network
from sandbox.unipile.forms import read_form
from sandbox.world import World

_V1 = "/api/v1"
_SLUGS = {400: "invalid_parameters", 401: "missing_credentials", 403: "insufficient_permissions", 404: "resource_not_found",
          413: "too_many_characters", 422: "unprocessable_entity", 429: "too_many_requests", 503: "service_unavailable"}
_LONGEST_NOTE, _LONGEST_TEXT = 300, 8000


def problem(status: int, message: str | None = None) -> Answer:
    """Word an error as Unipile does; a message with a slash is its type, others are the detail."""
    kind = message if message and message.startswith("errors/") else f"errors/{_SLUGS.get(status, 'unexpected_error')}"
    title = kind.split("/", 1)[1].replace("_", " ").capitalize()
    return Answer(status, {"status": status, "type": kind, "title": title, "detail": message or title})


def refuse(world: World, call: Call) -> Answer | None:
    """Refuse a call without a good key."""
    key = call.headers.get("x-api-key", "")
    return problem(401) if not key or key.startswith("bad") else None


def limit_headers(world: World, call: Call) -> dict[str, str]:
    """Unipile tells no limits in headers."""
    return {}


def get_account(world: World, call: Call) -> Answer:
    """GET /accounts/{id}: the account with the state of its sources."""
    row = network.account(world, call.params["id"])
    if row["status"] == "DELETED":
        return problem(404)
    state = "OK" if row["status"] in network.WORKING else row["status"]
    return Answer(200, {
        "object": "Account", "id": row["id"], "type": row["type"], "name": row["name"], "created_at": row["created_at"],
        "connection_params": {"im": {"id": row["member_id"], "username": row["name"], "publicIdentifier": "sandbox-owner"}},
        "sources": [{"id": f"{row['id']}_MESSAGING", "status": state}], "groups": []})


def get_user(world: World, call: Call) -> Answer:
    """GET /users/{identifier}: by member id or public name."""
    account_id = call.query.get("account_id", "")
    refusal = _closed(world, account_id)
    if refusal:
        return refusal
    row = network.person(world, call.params["id"])
    if row is None and world.options.adopt_unknown:
        row = network.save_person(world, {"public_identifier": call.params["id"], "first_name": call.params["id"].title()})
    if row is None:
        return problem(404)
    invited = network.invitation_to(world, account_id, row["provider_id"])
    return Answer(200, {
        "object": "UserProfile", "provider": "LINKEDIN", "provider_id": row["provider_id"], "first_name": row["first_name"],
        "last_name": row["last_name"], "public_identifier": row["public_identifier"], "headline": row["headline"],
        "network_distance": row["distance"], "is_relationship": row["distance"] == "FIRST_DEGREE"}
        | ({"invitation": {"type": "SENT", "status": "PENDING"}} if invited else {}))


def list_relations(world: World, call: Call) -> Answer:
    """GET /users/relations: everybody the account is connected with."""
    rows = [{"object": "UserRelation", "member_id": row["provider_id"], "public_identifier": row["public_identifier"],
             "first_name": row["first_name"], "last_name": row["last_name"]}
            for row in world.store.rows("unipile_people") if row["distance"] == "FIRST_DEGREE"]
    return _closed(world, call.query.get("account_id", "")) or _listed("UserRelationsList", rows, call)


def invite_user(world: World, call: Call) -> Answer:
    """POST /users/invite: an invitation with or without a note, or LinkedIn's refusals."""
    account_id, note = str(call.fields.get("account_id") or ""), str(call.fields.get("message") or "")
    refusal = _closed(world, account_id)
    if refusal:
        return refusal
    row = network.person(world, str(call.fields.get("provider_id") or ""))
    owner = network.account(world, account_id)
    if row is None:
        return problem(422, "errors/invalid_recipient")
    if row["distance"] == "FIRST_DEGREE":
        return problem(422, "errors/already_connected")
    if network.invitation_to(world, account_id, row["provider_id"]):
        return problem(422, "errors/already_invited_recently")
    if len(note) > _LONGEST_NOTE:
        return problem(422, "errors/too_many_characters")
    if owner["invited"] >= owner["quota"]:
        return problem(422, "errors/limit_exceeded")
    made, usage = network.invite(world, account_id, row, note)
    return Answer(201, {"object": "UserInvitationSent", "invitation_id": made["id"]} | ({"usage": usage} if usage else {}),
                  effect={"what": "invitation", "id": made["id"], "to": row["public_identifier"], "text": note})


def list_invitations(world: World, call: Call) -> Answer:
    """GET /users/invite/sent: the account's pending invitations, newest first."""
    account_id = call.query.get("account_id", "")
    rows = [row for row in world.store.rows("unipile_invitations") if row["account_id"] == account_id][::-1]
    return _closed(world, account_id) or _listed("InvitationList", rows, call)


def start_chat(world: World, call: Call) -> Answer:
    """POST /chats: a first message; LinkedIn does not name it at once."""
    fields, files = read_form(call)
    account_id, members = "".join(fields.get("account_id", [])), fields.get("attendees_ids", [])
    refusal = _closed(world, account_id)
    if refusal:
        return refusal
    row = network.person(world, members[0]) if len(members) == 1 else None
    if row is None:
        return problem(422, "errors/invalid_recipient")
    if row["distance"] != "FIRST_DEGREE":
        return problem(422, "errors/no_connection_with_recipient")
    chat = network.chat_with(world, account_id, row["provider_id"])
    answer = _write(world, chat, fields, files)
    return answer if answer.status >= 400 else Answer(
        201, {"object": "ChatStarted", "chat_id": chat["id"], "message_id": None}, effect=answer.effect)


def send_message(world: World, call: Call) -> Answer:
    """POST /chats/{id}/messages."""
    fields, files = read_form(call)
    chat = world.store.get("unipile_chats", call.params["id"])
    if chat is None:
        return problem(404)
    return _closed(world, chat["account_id"]) or _write(world, chat, fields, files)


def list_chats(world: World, call: Call) -> Answer:
    """GET /chats?account_id=&after=: newest first."""
    account_id, after = call.query.get("account_id", ""), call.query.get("after", "")
    rows = [row for row in world.store.rows("unipile_chats") if row["account_id"] == account_id and row["timestamp"] >= after]
    return _closed(world, account_id) or _listed("ChatList", sorted(rows, key=lambda row: row["timestamp"])[::-1], call)


def list_messages(world: World, call: Call) -> Answer:
    """GET /chats/{id}/messages?after=: newest first."""
    chat = world.store.get("unipile_chats", call.params["id"])
    if chat is None:
        return problem(404)
    rows = [row for row in network.messages(world, chat["id"]) if row["timestamp"] >= call.query.get("after", "")]
    return _closed(world, chat["account_id"]) or _listed("MessageList", rows, call)


def _write(world: World, chat: Row, fields: dict[str, list[str]], files: list[Row]) -> Answer:
    text = "".join(fields.get("text", []))
    if not text.strip() and not files:
        return problem(400, "errors/invalid_message")
    if len(text) > _LONGEST_TEXT:
        return problem(422, "errors/too_many_characters")
    row = network.add_message(world, chat, text=text, ours=True, attachments=[
        {"id": each["file_name"], "type": "file", **each} for each in files])
    to = network.person(world, chat["attendee_provider_id"]) or {}
    return Answer(201, {"object": "MessageSent", "message_id": row["id"]}, effect={
        "what": "linkedin", "id": row["id"], "thread": chat["id"], "to": to.get("public_identifier"), "text": text,
        "files": [each["file_name"] for each in files]})


def _closed(world: World, account_id: str) -> Answer | None:
    if not account_id:
        return problem(400, "account_id is required")
    status = network.account(world, account_id)["status"]
    if status == "DELETED":
        return problem(404)
    return None if status in network.WORKING else problem(401, "errors/disconnected_account")


def _listed(kind: str, rows: list[Any], call: Call) -> Answer:
    size, given = call.number("limit", 100, 250), call.query.get("cursor", "")
    start = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else 0
    following = start + size
    return Answer(200, {"object": kind, "items": rows[start:following], "cursor": str(following) if following < len(rows) else None})


UNIPILE = Provider(
    slug="unipile", title="Unipile", prefix="/unipile", refuse=refuse, problem=problem, headers=limit_headers,
    rules=(
        ("GET", f"{_V1}/accounts/{{id}}", get_account),
        ("GET", f"{_V1}/users/relations", list_relations),
        ("GET", f"{_V1}/users/invite/sent", list_invitations),
        ("POST", f"{_V1}/users/invite", invite_user),
        ("GET", f"{_V1}/users/{{id}}", get_user),
        ("POST", f"{_V1}/chats", start_chat),
        ("GET", f"{_V1}/chats", list_chats),
        ("POST", f"{_V1}/chats/{{id}}/messages", send_message),
        ("GET", f"{_V1}/chats/{{id}}/messages", list_messages),
    ),
)
