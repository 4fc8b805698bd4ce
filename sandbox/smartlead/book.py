"""Which accounts, campaigns, leads and mails does the stand-in SmartLead hold?"""

from datetime import datetime, timedelta
from html import escape
from typing import Any

from sandbox import clock, ids
from sandbox.store import Row
from sandbox.world import World

DEFAULT_ACCOUNT = "1"
_LEAD_FIELDS = {"first_name": "first_name", "last_name": "last_name", "phone": "phone_number", "company": "company_name",
                "linkedin_url": "linkedin_profile", "website": "website"}


def shown(row: Row) -> Row:
    """Return a row without the sandbox's own columns, whose names begin with an underscore."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def campaign(world: World, account: str) -> Row:
    """Return the campaign of an account; made at the first call."""
    known = world.store.get("smartlead_account", account)
    if known:
        return world.store.get("smartlead_campaigns", known)
    number = world.store.next_number("smartlead_campaign", 4101)
    world.store.put("smartlead_account", account, number)
    return world.store.put("smartlead_campaigns", number, {
        "id": number, "user_id": 77, "name": "Founders, autumn", "status": "ACTIVE", "created_at": clock.now_iso(),
        "track_settings": [], "client_id": None, "parent_campaign_id": None, "_workspace": account})


def mailbox(account: str) -> str:
    """Return our mailbox of an account."""
    return f"alex@smart-{account}.example"


def find_lead(world: World, account: str, email: str) -> Row | None:
    """Return the lead of an account with this e-mail address, or None."""
    return world.store.get("smartlead_leads", world.store.get("smartlead_lead_keys", f"{account}|{email.lower()}"))


def save_lead(world: World, account: str, person: dict[str, Any]) -> Row:
    """Create the lead with this address or change the fields that are given."""
    email = str(person["email"])
    row = find_lead(world, account, email) or {
        "id": world.store.next_number("smartlead_lead", 9_800_001), "email": email, "first_name": "", "last_name": "",
        "phone_number": None, "company_name": None, "website": None, "location": None, "custom_fields": {},
        "linkedin_profile": None, "company_url": None, "is_unsubscribed": False, "_workspace": account,
        "_map": world.store.next_number("smartlead_map", 55_001)}
    row = row | {column: str(person[name]) for name, column in _LEAD_FIELDS.items() if person.get(name) is not None}
    world.store.put("smartlead_lead_keys", f"{account}|{email.lower()}", row["id"])
    return world.store.put("smartlead_leads", row["id"], row)


def mails(world: World, lead: Row) -> list[Row]:
    """Return the history of a lead, oldest first."""
    return sorted(world.store.rows(f"smartlead_mails:{lead['id']}"), key=lambda row: row["time"])


def mail(world: World, key: str) -> Row | None:
    """Return the mail with a Message-ID, or None."""
    return world.store.get(f"smartlead_mails:{world.store.get('smartlead_mail_home', key)}", key)


def first_mail(world: World, lead: Row, at: datetime | None = None) -> Row:
    """Return the campaign mail that opened the talk with a lead; written at the first call, a day before `at`."""
    known = next((row for row in mails(world, lead) if row["type"] == "SENT"), None)
    if known:
        return known
    ours = mailbox(lead["_workspace"])
    body = (f"<p>Hi {escape(lead['first_name'] or 'there')},</p><p>We set up qualified sales conversations. "
            "Would a short look at how make sense?</p><p>Alex Rivera</p>")
    return add_mail(world, lead, kind="SENT", body=body, subject="A quick question", sender=ours, to=lead["email"],
                    at=(at or clock.now()) - timedelta(days=1), stats_id=ids.new_uuid(), sequence=1)


def add_mail(world: World, lead: Row, *, kind: str, body: str, subject: str, sender: str, to: str, stats_id: str,
             at: datetime | None = None, sequence: int | None = None, cc: list[str] | None = None) -> Row:
    """Append one mail to a lead's history; `body` is HTML, `kind` SENT or REPLY."""
    key = f"<{ids.new_handle(24)}@{sender.rpartition('@')[2]}>"
    world.store.put("smartlead_mail_home", key, lead["id"])
    world.store.put("smartlead_stats", stats_id, lead["id"])
    return world.store.put(f"smartlead_mails:{lead['id']}", key, {
        "stats_id": stats_id, "from": sender, "to": to, "type": kind, "message_id": key, "time": clock.iso(at or clock.now()),
        "email_body": body, "subject": subject, "email_seq_number": str(sequence) if sequence else None, "open_count": 0,
        "click_count": 0, "cc": cc or []})


def lead_of_stats(world: World, stats_id: object) -> Row | None:
    """Return the lead in whose thread a stats id stands, or None."""
    return world.store.get("smartlead_leads", world.store.get("smartlead_stats", str(stats_id)))
