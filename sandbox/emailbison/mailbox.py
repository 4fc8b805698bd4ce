"""Which workspaces, leads, campaigns, senders and replies does the stand-in EmailBison hold?"""

import re
from datetime import datetime, timedelta
from html import escape
from typing import Any

from sandbox import clock, ids
from sandbox.store import Row
from sandbox.world import World

DEFAULT_WORKSPACE = "1"
LEAD_FIELDS = ("first_name", "last_name", "email", "title", "company", "notes", "custom_variables")


def shown(row: Row) -> Row:
    """Return a row without the sandbox's own columns, whose names begin with an underscore."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def open_workspace(world: World, workspace_id: str) -> tuple[Row, Row]:
    """Return the sender and the campaign of a workspace; both are made at the first call."""
    for row in world.store.rows("bison_senders"):
        if row["_workspace"] == workspace_id:
            campaigns = [c for c in world.store.rows("bison_campaigns") if c["_workspace"] == workspace_id]
            return row, campaigns[0]
    sender = add_sender(world, workspace_id, "Alex Rivera", f"alex@outreach-{workspace_id}.example")
    return sender, add_campaign(world, workspace_id, "Founders, autumn")


def add_sender(world: World, workspace_id: str, name: str, email: str) -> Row:
    """Add one of our own mailboxes to a workspace."""
    stats = dict.fromkeys(("emails_sent", "replied", "opened", "bounced", "unsubscribed", "unique_replies",
                           "unique_opens", "total_leads_contacted", "interested"), 0)
    row = {"id": world.store.next_number("bison_sender", 11), "name": name, "email": email, "status": "Connected",
           "type": "google_workspace_oauth", "daily_limit": 40, "_workspace": workspace_id} | stats | _stamps()
    return world.store.put("bison_senders", row["id"], row)


def add_campaign(world: World, workspace_id: str, name: str) -> Row:
    """Add a campaign to a workspace."""
    row = {"id": world.store.next_number("bison_campaign", 301), "name": name, "status": "active", "type": "outbound",
           "total_leads": 0, "emails_sent": "0", "replied": "0", "_workspace": workspace_id} | _stamps()
    return world.store.put("bison_campaigns", row["id"], row)


def find_lead(world: World, workspace_id: str, email: str) -> Row | None:
    """Return the lead of a workspace with this e-mail address, or None."""
    return world.store.get("bison_leads", world.store.get("bison_lead_keys", f"{workspace_id}|{email.lower()}"))


def save_lead(world: World, workspace_id: str, fields: dict[str, Any], known: Row | None = None) -> Row:
    """Create a lead or change `known`; only the fields given change."""
    row = dict(known) if known else _blank_lead(world, workspace_id)
    row |= {name: fields[name] for name in LEAD_FIELDS if name in fields} | {"updated_at": clock.now_iso()}
    world.store.put("bison_lead_keys", f"{workspace_id}|{str(row['email']).lower()}", row["id"])
    return world.store.put("bison_leads", row["id"], row)


def first_mail(world: World, lead: Row, at: datetime | None = None) -> Row:
    """Return the campaign mail that opened the talk with a lead; it is written at the first call, a day before `at`."""
    known = world.store.get("bison_first_mail", lead["id"])
    if known:
        return known
    sender, campaign = open_workspace(world, lead["_workspace"])
    sent_at = clock.iso((at or clock.now()) - timedelta(days=1))
    name, company = escape(str(lead["first_name"] or "there")), escape(str(lead["company"] or "your team"))
    row = {
        "id": world.store.next_number("bison_scheduled", 9001), "lead_id": lead["id"], "sequence_step_id": 71,
        "sequence_step_order": 1, "sequence_step_variant": None, "email_subject": f"Outbound at {lead['company']}"
        if lead["company"] else "A quick question",
        "email_body": f"<p>Hi {name},</p><p>We set up qualified sales conversations for companies like {company}. "
                      f"Would a short look at how make sense?</p><p>{escape(sender['name'])}</p>",
        "status": "sent", "scheduled_date_est": sent_at, "scheduled_date_local": sent_at,
        "local_timezone": "America/New_York", "sent_at": sent_at, "opens": 0, "replies": 0, "unique_opens": 0,
        "unique_replies": 0, "interested": None, "raw_message_id": _message_id(sender["email"]),
        "_sender_id": sender["id"], "_campaign_id": campaign["id"], "_workspace": lead["_workspace"],
    }
    return world.store.put("bison_first_mail", lead["id"], row)


def add_reply(world: World, workspace_id: str, thread: str, fields: dict[str, Any], at: datetime | None = None) -> Row:
    """Append one mail (inbound or sent) to a thread; `fields` are columns of the reply object (reference 2.2)."""
    moment = clock.iso(at or clock.now())
    row = {
        "id": fields.get("id") or _free_reply_id(world), "uuid": ids.new_uuid(), "folder": "Inbox",
        "type": "Tracked Reply", "subject": "", "read": False, "interested": False, "automated_reply": False,
        "tracked_reply": True, "html_body": None, "text_body": None, "raw_body": None, "headers": None,
        "date_received": moment, "raw_message_id": _message_id(fields.get("from_email_address") or "sandbox.example"),
        "parent_id": None, "scheduled_email_id": None, "campaign_id": None, "lead_id": None, "sender_email_id": None,
        "from_name": "", "from_email_address": "", "primary_to_email_address": "", "to": [], "cc": None, "bcc": None,
        "attachments": [], "created_at": moment, "updated_at": moment, "_workspace": workspace_id, "_thread": thread,
    } | fields
    world.store.put(f"bison_thread:{thread}", row["id"], row["id"])
    return world.store.put("bison_replies", row["id"], row)


def add_files(world: World, row: Row, files: list[dict[str, Any]]) -> Row:
    """Put files onto a mail; each can be downloaded at `download_url` with the key of the workspace."""
    made = []
    for file in files:
        number = world.store.next_number("bison_file", 501)
        world.store.put("bison_files", number, file)
        shown_file = {name: value for name, value in file.items() if name != "content"}
        made.append(shown_file | {"id": number, "uuid": ids.new_uuid(), "reply_id": row["id"], "created_at": row["created_at"],
                                  "updated_at": row["created_at"],
                                  "download_url": f"{world.options.own_url}/emailbison/api/attachments/{number}"})
    return world.store.put("bison_replies", row["id"], row | {"attachments": made})


def thread_rows(world: World, thread: str) -> list[Row]:
    """Return the mails of one thread, oldest first."""
    rows = [world.store.get("bison_replies", key) for key in world.store.rows(f"bison_thread:{thread}")]
    return sorted(rows, key=lambda row: (row["date_received"], row["id"]))


def thread_of_lead(world: World, lead: Row, subject: str | None) -> str:
    """Return the thread a lead writes in: the one of this subject, else the last one, else a new one."""
    wanted = _plain_subject(subject or "") or world.store.get("bison_last_subject", lead["id"]) or ""
    wanted = wanted or _plain_subject(first_mail(world, lead)["email_subject"])
    world.store.put("bison_last_subject", lead["id"], wanted)
    return f"{lead['id']}-{ids.fingerprint(wanted)}"


def text_to_html(text: str) -> str:
    """Return plain text as simple HTML paragraphs, every character that means something escaped."""
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in text.strip().split("\n\n"))


def html_to_text(html: str) -> str:
    """Return the words of a small HTML mail, one line per block."""
    text = re.sub(r"(?i)<br\s*/?>|</p>|</div>", "\n", html)
    return re.sub(r"<[^>]*>", "", text).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").strip()


def _free_reply_id(world: World) -> int:
    number = world.store.next_number("bison_reply", 50001)
    return number if world.store.get("bison_replies", number) is None else _free_reply_id(world)


def _plain_subject(subject: str) -> str:
    return re.sub(r"(?i)^((re|fwd?|aw)\s*:\s*)+", "", subject.strip()).lower()


def _blank_lead(world: World, workspace_id: str) -> Row:
    zeros = dict.fromkeys(("emails_sent", "opens", "unique_opens", "replies", "unique_replies", "bounces"), 0)
    return {"id": world.store.next_number("bison_lead", 7001), "email": "", "first_name": "", "last_name": "",
            "title": None, "company": None, "notes": None, "status": "in_sequence", "custom_variables": [], "tags": [],
            "_workspace": workspace_id} | zeros | _stamps()


def _stamps() -> Row:
    return {"created_at": clock.now_iso(), "updated_at": clock.now_iso()}


def _message_id(address: str) -> str:
    return f"<{ids.new_handle(24)}@{address.rpartition('@')[2]}>"
