"""What does EmailBison post to the product when something happens to a lead? (reference 2.5)"""

from typing import Any

from sandbox.emailbison import mailbox
from sandbox.store import Row
from sandbox.world import World

EVENTS = ("LEAD_REPLIED", "LEAD_INTERESTED", "UNTRACKED_REPLY_RECEIVED", "MANUAL_EMAIL_SENT", "EMAIL_SENT",
          "EMAIL_BOUNCED", "LEAD_UNSUBSCRIBED")
_CAMPAIGN_EVENT = {"LEAD_REPLIED": "replied", "LEAD_INTERESTED": "interested", "EMAIL_SENT": "sent",
                   "EMAIL_BOUNCED": "bounce", "LEAD_UNSUBSCRIBED": "unsubscribed"}
_IN_WEBHOOK = ("id", "uuid", "interested", "automated_reply", "html_body", "text_body", "raw_body", "headers",
               "date_received", "from_name", "from_email_address", "primary_to_email_address", "to", "cc", "bcc",
               "parent_id", "type", "folder", "raw_message_id", "created_at", "updated_at", "attachments")


def event_body(world: World, event: str, workspace_id: str, lead: Row | None, reply: Row | None) -> dict[str, Any]:
    """Build the body of one event; untracked replies carry the reply and our mailbox only."""
    sender, campaign = mailbox.open_workspace(world, workspace_id)
    data: dict[str, Any] = {}
    if reply:
        sender = world.store.get("bison_senders", reply["sender_email_id"]) or sender
        data["reply"] = {name: reply[name] for name in _IN_WEBHOOK} | {"email_subject": reply["subject"]}
    if event in _CAMPAIGN_EVENT and lead:
        data["campaign_event"] = _campaign_event(world, event, lead, reply)
    if lead and event != "UNTRACKED_REPLY_RECEIVED":
        data["lead"] = mailbox.shown(lead)
        data["campaign"] = {"id": campaign["id"], "name": campaign["name"]}
        data["scheduled_email"] = mailbox.shown(mailbox.first_mail(world, lead))
    data["sender_email"] = mailbox.shown(sender)
    return {
        "event": {"type": event, "name": event.replace("_", " ").title(), "instance_url": "https://sandbox.example",
                  "workspace_id": int(workspace_id) if workspace_id.isdigit() else workspace_id,
                  "workspace_name": f"Sandbox workspace {workspace_id}"},
        "data": data,
    }


def _campaign_event(world: World, event: str, lead: Row, reply: Row | None) -> dict[str, Any]:
    moment = reply["date_received"] if reply else mailbox.first_mail(world, lead)["sent_at"]
    return {"id": world.store.next_number("bison_campaign_event", 80001), "type": _CAMPAIGN_EVENT[event],
            "created_at": moment, "created_at_local": moment, "local_timezone": "America/New_York"}
