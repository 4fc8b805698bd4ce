"""Which workspaces, campaigns, leads and e-mails does the stand-in Instantly hold?"""

from datetime import datetime, timedelta
from html import escape
from typing import Any

from sandbox import clock, ids
from sandbox.emailbison.mailbox import html_to_text
from sandbox.store import Row
from sandbox.world import World

DEFAULT_WORKSPACE = "1"
CAMPAIGN, RECEIVED, MANUAL = 1, 2, 3
_LEAD_FIELDS = {"first_name": "first_name", "last_name": "last_name", "phone": "phone", "company": "company_name",
                "title": "job_title", "website": "website"}


def shown(row: Row) -> Row:
    """Return a row without the sandbox's own columns, whose names begin with an underscore."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def campaign(world: World, workspace: str) -> Row:
    """Return the campaign of a workspace; made at the first call."""
    known = world.store.get("instantly_campaign_of", workspace)
    if known:
        return world.store.get("instantly_campaigns", known)
    key = world.store.put("instantly_campaign_of", workspace, ids.new_uuid())
    return world.store.put("instantly_campaigns", key, {
        "id": key, "name": "Founders, autumn", "status": 1, "timestamp_created": clock.now_iso(), "_workspace": workspace})


def tenant(world: World, workspace: str) -> str:
    """Return the UUID that webhooks name a workspace by."""
    return world.store.get("instantly_tenants", workspace) or world.store.put("instantly_tenants", workspace, ids.new_uuid())


def mailbox(workspace: str) -> str:
    """Return our mailbox of a workspace."""
    return f"alex@instant-{workspace}.example"


def save_lead(world: World, workspace: str, person: dict[str, Any]) -> Row:
    """Create the lead with this address or change the fields that are given."""
    email = str(person["email"])
    name = f"{workspace}|{email.lower()}"
    row = world.store.get("instantly_leads", world.store.get("instantly_lead_keys", name)) or {
        "id": ids.new_uuid(), "email": email, "first_name": "", "last_name": "", "company_name": None, "job_title": None,
        "phone": None, "website": None, "campaign": campaign(world, workspace)["id"], "status": 1, "lt_interest_status": None,
        "payload": {}, "email_open_count": 0, "email_reply_count": 0, "timestamp_created": clock.now_iso(),
        "_workspace": workspace}
    row = row | {column: str(person[name]) for name, column in _LEAD_FIELDS.items() if person.get(name) is not None}
    world.store.put("instantly_lead_keys", name, row["id"])
    return world.store.put("instantly_leads", row["id"], row)


def emails(world: World, lead: Row) -> list[Row]:
    """Return the e-mails exchanged with a lead, oldest first."""
    rows = [world.store.get("instantly_emails", key) for key in world.store.rows(f"instantly_mails:{lead['id']}")]
    return sorted(rows, key=lambda row: row["timestamp_email"])


def first_mail(world: World, lead: Row, at: datetime | None = None) -> Row:
    """Return the campaign mail that opened the talk with a lead; written at the first call, a day before `at`."""
    known = next((row for row in emails(world, lead) if row["ue_type"] == CAMPAIGN), None)
    if known:
        return known
    html = (f"<p>Hi {escape(lead['first_name'] or 'there')},</p><p>We set up qualified sales conversations. "
            "Would a short look at how make sense?</p><p>Alex Rivera</p>")
    return add_mail(world, lead, kind=CAMPAIGN, subject="A quick question", html=html, to=lead["email"],
                    at=(at or clock.now()) - timedelta(days=1))


def add_mail(world: World, lead: Row, *, kind: int, subject: str, html: str, to: str, text: str = "", cc: str = "",
             sender: str = "", automatic: bool = False, at: datetime | None = None) -> Row:
    """Append one e-mail as the Email object of reference 4.2."""
    ours, key, moment = mailbox(lead["_workspace"]), ids.new_uuid(), clock.iso(at or clock.now())
    sender = sender or (lead["email"] if kind == RECEIVED else ours)
    thread = f"thread-{lead['id']}"
    world.store.put(f"instantly_mails:{lead['id']}", key, key)
    return world.store.put("instantly_emails", key, {
        "id": key, "timestamp_created": moment, "timestamp_email": moment, "message_id": f"<{ids.new_handle(24)}@mail.example>",
        "subject": subject, "to_address_email_list": to, "cc_address_email_list": cc or None, "bcc_address_email_list": None,
        "reply_to": None, "body": {"html": html, "text": text or html_to_text(html)}, "eaccount": ours,
        "from_address_email": sender, "campaign_id": lead["campaign"], "subsequence_id": None, "list_id": None,
        "organization_id": tenant(world, lead["_workspace"]), "lead": lead["email"], "lead_id": lead["id"], "ue_type": kind,
        "step": "0_0_0" if kind == CAMPAIGN else None, "is_unread": int(kind == RECEIVED), "is_auto_reply": int(automatic),
        "i_status": None, "thread_id": thread, "content_preview": (text or html_to_text(html))[:80], "attachment_json": None,
        "_workspace": lead["_workspace"]})
