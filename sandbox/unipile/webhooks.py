"""What does Unipile post to the product? (reference 5.5 and 5.6, and live captures: the profile's address ends in the member id)"""

from typing import Any

from sandbox import clock
from sandbox.store import Row


def message_body(account: Row, person: Row, message: Row, event: str, *, tells_slug: bool = False) -> dict[str, Any]:
    """Build the body of a messaging event; the members listed are the others, never the account's owner."""
    other = _attendee(person, tells_slug)
    owner = {"attendee_id": f"owner-{account['id']}", "attendee_provider_id": account["member_id"],
             "attendee_name": account["name"], "attendee_profile_url": f"https://www.linkedin.com/in/{account['member_id']}"}
    ours = bool(message["is_sender"])
    body: dict[str, Any] = {
        "event": event, "account_id": account["id"], "account_type": account["type"], "webhook_name": "Sandbox",
        "account_info": {"type": account["type"], "feature": "classic", "user_id": account["member_id"]},
        "chat_id": message["chat_id"], "attendees": [other], "sender": owner if ours else other, "subject": message["subject"],
        "message": message["text"] or None, "message_id": message["id"], "timestamp": message["timestamp"],
        "attachments": message["attachments"], "is_sender": ours, "provider_chat_id": message["chat_provider_id"],
        "provider_message_id": message["provider_id"], "is_event": 0, "chat_pinned": 0, "quoted": None, "reply_to": None,
        "is_forwarded": None, "chat_content_type": None, "message_type": message["message_type"], "is_group": False,
        "folder": ["INBOX", "INBOX_LINKEDIN_CLASSIC"], "event_type": None,
    }
    if event == "message_reaction":
        body |= {"reaction": "👍", "reaction_sender": other}
    return body


def relation_body(account: Row, person: Row) -> dict[str, Any]:
    """Build the body of a new relation."""
    return {"event": "new_relation", "account_id": account["id"], "account_type": account["type"], "webhook_name": "Sandbox",
            "user_full_name": _name(person), "user_provider_id": person["provider_id"],
            "user_public_identifier": person["public_identifier"],
            "user_profile_url": f"https://www.linkedin.com/in/{person['public_identifier']}", "user_picture_url": None}


def status_body(account: Row, status: str) -> dict[str, Any]:
    """Build the body of a change of the account's state; it has no event name."""
    return {"AccountStatus": {"account_id": account["id"], "account_type": account["type"], "message": status}}


def viewed_body(account: Row, person: Row) -> dict[str, Any]:
    """Build the body of an event nobody needs: somebody looked at the profile."""
    return {"event": "profile.viewed", "account_id": account["id"], "account_type": account["type"],
            "viewer": {"name": _name(person)}, "timestamp": clock.now_iso()}


def _attendee(person: Row, tells_slug: bool) -> Row:
    last = person["public_identifier"] if tells_slug else person["provider_id"]
    return {"attendee_id": f"att-{person['provider_id'][-12:]}", "attendee_provider_id": person["provider_id"],
            "attendee_name": _name(person), "attendee_profile_url": f"https://www.linkedin.com/in/{last}",
            "attendee_public_identifier": person["public_identifier"] if tells_slug else None,
            "attendee_specifics": {"provider": "LINKEDIN", "occupation": person["headline"], "network_distance": "DISTANCE_1"}}


def _name(person: Row) -> str:
    return f"{person['first_name']} {person['last_name']}".strip()
