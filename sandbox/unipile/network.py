"""Which accounts, people, chats and invitations does the stand-in LinkedIn hold?"""

from datetime import datetime
from typing import Any

from sandbox import clock, ids
from sandbox.store import Row
from sandbox.world import World

WORKING = ("OK", "CREATION_SUCCESS", "RECONNECTED", "SYNC_SUCCESS")
STATUSES = (*WORKING, "CONNECTING", "CREDENTIALS", "ERROR", "STOPPED", "PERMISSIONS", "DELETED")
QUOTA = 200
_STEPS = (95, 90, 75, 50)


def account(world: World, account_id: str) -> Row:
    """Return a connected LinkedIn account; it is opened when it is named for the first time."""
    known = world.store.get("unipile_accounts", account_id)
    return known or world.store.put("unipile_accounts", account_id, {
        "id": account_id, "name": "Sandbox Owner", "type": "LINKEDIN", "status": "OK", "quota": QUOTA, "invited": 0,
        "member_id": new_member_id(), "created_at": clock.now_iso()})


def change_account(world: World, account_id: str, **columns: Any) -> Row:
    """Change columns of an account, such as `status` or `quota`."""
    return world.store.put("unipile_accounts", account_id, account(world, account_id) | columns)


def new_member_id() -> str:
    """Return a member id as LinkedIn writes them."""
    return f"ACoAA{ids.new_handle(34)}"


def person(world: World, name: str) -> Row | None:
    """Return a member by member id or by public name, or None."""
    return world.store.get("unipile_people", name) or world.store.get(
        "unipile_people", world.store.get("unipile_slugs", name.lower()))


def save_person(world: World, given: dict[str, Any]) -> Row:
    """Create a member or change the one that matches by `provider_id`, else by `public_identifier`."""
    slug = str(given.get("public_identifier") or "").lower()
    name = str(given.get("provider_id") or slug)
    row = (person(world, name) if name else None) or {
        "provider_id": str(given.get("provider_id") or new_member_id()), "public_identifier": slug or ids.new_handle(12).lower(),
        "first_name": "", "last_name": "", "headline": "", "distance": "FIRST_DEGREE"}
    row |= {column: str(given[column]) for column in ("first_name", "last_name", "headline", "distance") if given.get(column)}
    world.store.put("unipile_slugs", row["public_identifier"], row["provider_id"])
    return world.store.put("unipile_people", row["provider_id"], row)


def chat_with(world: World, account_id: str, member_id: str) -> Row:
    """Return the one chat of an account with a member; it is opened when there is none."""
    key = f"{account_id}|{member_id}"
    known = world.store.get("unipile_chats", world.store.get("unipile_chat_of", key))
    if known:
        return known
    row = {"object": "Chat", "id": ids.new_handle(22), "account_id": account_id, "account_type": "LINKEDIN", "type": 0,
           "provider_id": f"2-{ids.new_handle(24)}", "attendee_provider_id": member_id, "name": None, "unread_count": 0,
           "timestamp": clock.now_iso(), "folder": ["INBOX", "INBOX_LINKEDIN_CLASSIC"]}
    world.store.put("unipile_chat_of", key, row["id"])
    return world.store.put("unipile_chats", row["id"], row)


def add_message(world: World, chat: Row, *, text: str, ours: bool, at: datetime | None = None, subject: str = "",
                attachments: list[Row] | None = None) -> Row:
    """Append a message to a chat and return it as the REST interface shows it."""
    written = clock.iso(at or clock.now())
    owner = account(world, chat["account_id"])["member_id"]
    row = {"object": "Message", "id": ids.new_handle(22), "chat_id": chat["id"], "chat_provider_id": chat["provider_id"],
           "provider_id": f"2-{ids.new_handle(24)}", "account_id": chat["account_id"], "text": text, "is_sender": int(ours),
           "sender_id": owner if ours else chat["attendee_provider_id"], "timestamp": written, "message_type": "MESSAGE",
           "seen": 0, "delivered": 1, "edited": 0, "hidden": 0, "deleted": 0, "is_event": 0, "reactions": [],
           "attachments": attachments or [], "subject": subject or None}
    world.store.put("unipile_chats", chat["id"], chat | {"timestamp": written})
    world.store.put("unipile_message_home", row["id"], chat["id"])
    return world.store.put(f"unipile_messages:{chat['id']}", row["id"], row)


def message(world: World, message_id: str) -> Row | None:
    """Return one message, or None."""
    home = world.store.get("unipile_message_home", message_id)
    return world.store.get(f"unipile_messages:{home}", message_id) if home else None


def messages(world: World, chat_id: str) -> list[Row]:
    """Return the messages of a chat, newest first."""
    return sorted(world.store.rows(f"unipile_messages:{chat_id}"), key=lambda row: row["timestamp"])[::-1]


def invitation_to(world: World, account_id: str, member_id: str) -> Row | None:
    """Return the pending invitation of an account to a member, or None."""
    return world.store.get("unipile_invitations", f"{account_id}|{member_id}")


def invite(world: World, account_id: str, member: Row, note: str) -> tuple[Row, int | None]:
    """Write an invitation; return it and the share of the quota that is used, when a step of it is reached."""
    owner = account(world, account_id)
    row = {"object": "InvitationSent", "id": str(7_400_000_000_000_000_000 + world.store.next_number("unipile_invitation")),
           "account_id": account_id, "date": "Sent today", "parsed_datetime": clock.now_iso(), "invitation_text": note or None,
           "invited_user": f"{member['first_name']} {member['last_name']}".strip(), "invited_user_id": member["provider_id"],
           "invited_user_public_id": member["public_identifier"], "invited_user_description": member["headline"]}
    world.store.put("unipile_invitations", f"{account_id}|{member['provider_id']}", row)
    changed = change_account(world, account_id, invited=owner["invited"] + 1)
    used = 100 * changed["invited"] / changed["quota"]
    return row, next((step for step in _STEPS if used >= step), None)


def accept(world: World, account_id: str, member: Row) -> None:
    """Let a member accept: the invitation is gone, its note opens the chat, and the two are connected."""
    pending = invitation_to(world, account_id, member["provider_id"])
    save_person(world, {"provider_id": member["provider_id"], "distance": "FIRST_DEGREE"})
    if pending:
        world.store.delete("unipile_invitations", f"{account_id}|{member['provider_id']}")
        if pending["invitation_text"]:
            add_message(world, chat_with(world, account_id, member["provider_id"]), text=pending["invitation_text"], ours=True,
                        at=clock.read(pending["parsed_datetime"]))
