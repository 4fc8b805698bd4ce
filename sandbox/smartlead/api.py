"""What does the stand-in SmartLead answer? (reference 3.1 and 3.2)"""

import re

from sandbox import limits
from sandbox.emailbison.mailbox import html_to_text
from sandbox.exchange import Answer, Call, Provider
from sandbox.smartlead import book
from sandbox.store import Row
from sandbox.world import World

_ACCOUNT_IN_KEY = re.compile(r"workspace[-_:](\w+)$")
_ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,]+\.[^@\s<>,]+")
_PER_MINUTE = 60


def problem(status: int, message: str | None = None) -> Answer:
    """Word an error as SmartLead does: one free sentence under `error` or `message`."""
    text = message or {400: "Bad request", 401: "Invalid API key", 404: "Not found", 422: "Validation failed",
                       429: "Too many requests", 503: "Service unavailable"}.get(status, "Internal server error")
    return Answer(status, {"message" if status in (401, 429) else "error": text})


def refuse(world: World, call: Call) -> Answer | None:
    """Refuse a call without a good `api_key` in the query, or over 60 a minute when limits are enforced."""
    key = call.query.get("api_key", "")
    if not key or key.startswith("bad"):
        return problem(401)
    return limits.over(world, f"smartlead|{key}", _PER_MINUTE, problem(429))


def limit_headers(world: World, call: Call) -> dict[str, str]:
    """Return the rate-limit headers."""
    left = limits.left(world, f"smartlead|{call.query.get('api_key', '')}", _PER_MINUTE)
    return {"x-ratelimit-limit": str(_PER_MINUTE), "x-ratelimit-remaining": left, "x-ratelimit-reset": "60"}


def list_campaigns(world: World, call: Call) -> Answer:
    """GET /campaigns/: a bare list."""
    book.campaign(world, _account(call) or book.DEFAULT_ACCOUNT)
    return Answer(200, [book.shown(row) for row in world.store.rows("smartlead_campaigns") if _sees(call, row)])


def get_campaign(world: World, call: Call) -> Answer:
    """GET /campaigns/{id}."""
    row = _campaign(world, call)
    return Answer(200, book.shown(row)) if row else problem(404, "Campaign not found")


def set_status(world: World, call: Call) -> Answer:
    """POST /campaigns/{id}/status: START, PAUSED or STOPPED."""
    row, wanted = _campaign(world, call), call.fields.get("status")
    if not row:
        return problem(404, "Campaign not found")
    if wanted not in ("START", "PAUSED", "STOPPED"):
        return problem(422, '"status" must be one of [START, PAUSED, STOPPED]')
    row = world.store.put("smartlead_campaigns", row["id"], row | {"status": "ACTIVE" if wanted == "START" else wanted})
    return Answer(200, {"success": True, "message": "Status updated", "campaign": {"id": row["id"], "status": row["status"]}})


def list_leads(world: World, call: Call) -> Answer:
    """GET /campaigns/{id}/leads."""
    row = _campaign(world, call)
    if not row:
        return problem(404, "Campaign not found")
    leads = [lead for lead in world.store.rows("smartlead_leads") if lead["_workspace"] == row["_workspace"]]
    start, size = call.number("offset", 0, 1_000_000) if call.query.get("offset", "0") != "0" else 0, call.number("limit", 100, 100)
    return Answer(200, {"total_leads": str(len(leads)), "offset": start, "limit": size, "data": [
        {"campaign_lead_map_id": lead["_map"], "lead_category_id": None, "status": "INPROGRESS", "created_at": row["created_at"],
         "lead": book.shown(lead)} for lead in leads[start:start + size]]})


def find_lead(world: World, call: Call) -> Answer:
    """GET /leads/?email=: the lead with its campaigns, or an empty object."""
    asked = call.query.get("email", "")
    lead = next((row for row in world.store.rows("smartlead_leads")
                 if row["email"].lower() == asked.lower() and _sees(call, row)), None)
    if not lead:
        return Answer(200, {})
    replied = [row["time"] for row in book.mails(world, lead) if row["type"] == "REPLY"]
    return Answer(200, book.shown(lead) | {"lead_campaign_data": [{
        "campaign_id": book.campaign(world, lead["_workspace"])["id"], "campaign_lead_map_id": lead["_map"],
        "lead_category_id": None, "last_reply_at": replied[-1] if replied else None, "client_id": None}]})


def message_history(world: World, call: Call) -> Answer:
    """GET /campaigns/{id}/leads/{lead}/message-history."""
    row, lead = _campaign(world, call), world.store.get("smartlead_leads", call.params["lead"])
    if not row or not lead or lead["_workspace"] != row["_workspace"]:
        return problem(404, "Lead not found in campaign")
    return Answer(200, {"history": book.mails(world, lead), "from": book.mailbox(lead["_workspace"]), "to": lead["email"]})


def inbox_replies(world: World, call: Call) -> Answer:
    """POST /master-inbox/inbox-replies: who replied, the newest reply first, in the spelling accounts answer with."""
    offset, limit = call.fields.get("offset", 0), call.fields.get("limit", 20)
    if type(limit) is not int or not 1 <= limit <= 20:
        return problem(422, '"limit" must be between 1 and 20')
    span = (call.fields.get("filters") or {}).get("replyTimeBetween") or ["", "9"]
    rows = [_inbox_row(world, lead) for lead in world.store.rows("smartlead_leads") if _sees(call, lead)]
    wanted = [row for row in rows if row["last_reply_time"] and span[0] <= row["last_reply_time"] <= span[1]]
    wanted.sort(key=lambda row: row["last_reply_time"], reverse=True)
    shown = wanted[offset:offset + limit]
    if call.query.get("fetch_message_history") != "true":
        shown = [{name: value for name, value in row.items() if name != "email_history"} for row in shown]
    return Answer(200, {"ok": True, "data": shown, "total_count": len(wanted), "offset": offset, "limit": limit})


def _inbox_row(world: World, lead: Row) -> Row:
    mails, campaign = book.mails(world, lead), book.campaign(world, lead["_workspace"])
    replied = [row["time"] for row in mails if row["type"] == "REPLY"]
    return {"email_lead_id": lead["id"], "email_lead_map_id": lead["_map"], "lead_email": lead["email"],
            "lead_first_name": lead["first_name"], "lead_last_name": lead["last_name"], "email_campaign_id": campaign["id"],
            "email_campaign_name": campaign["name"], "last_reply_time": replied[-1] if replied else None,
            "lead_category_id": None, "email_history": mails}


def reply(world: World, call: Call) -> Answer:
    """POST /campaigns/{id}/reply-email-thread: a mail in the thread of a stats id; the answer names no message."""
    fields, row = call.fields, _campaign(world, call)
    if not isinstance(fields.get("email_body"), str) or not fields["email_body"].strip():
        return problem(400, '"email_body" is required')
    lead = book.lead_of_stats(world, fields.get("email_stats_id")) or _adopted(world, call)
    if not row and not (lead and world.options.adopt_unknown):
        return problem(404, "Campaign not found")
    if not lead or not _sees(call, lead):
        return problem(400, "Email stats not found for the given email_stats_id")
    copies = [address.strip() for address in str(fields.get("cc") or "").split(",") if address.strip()]
    to = str(fields.get("to_email") or lead["email"])
    if not all(_ADDRESS.fullmatch(address) for address in (to, *copies)):
        return problem(400, '"to_email" must be a valid email')
    before = book.mails(world, lead)
    subject = before[-1]["subject"] if before else "Hello"
    quoted = f"<br><div class=\"gmail_quote\">{fields['reply_email_body']}</div>" if fields.get("reply_email_body") else ""
    sent = book.add_mail(
        world, lead, kind="SENT", body=fields["email_body"] + quoted, sender=book.mailbox(lead["_workspace"]), to=to, cc=copies,
        subject=subject if subject.lower().startswith("re:") else f"Re: {subject}", stats_id=str(fields["email_stats_id"]))
    return Answer(200, {"success": True, "message": "Email sent successfully"}, effect={
        "what": "email", "id": sent["message_id"], "thread": sent["stats_id"], "parent_id": fields.get("reply_message_id"),
        "to": [to], "cc": copies, "from": sent["from"], "subject": sent["subject"], "text": html_to_text(fields["email_body"]),
        "html": fields["email_body"]})


def change_lead(world: World, call: Call) -> Answer:
    """POST .../pause, /resume and /unsubscribe."""
    lead = world.store.get("smartlead_leads", call.params["lead"])
    if not lead or not _sees(call, lead):
        return problem(404, "Lead not found")
    if call.path.endswith("/unsubscribe"):
        world.store.put("smartlead_leads", lead["id"], lead | {"is_unsubscribed": True})
    return Answer(200, {"ok": True, "data": "success"})


def save_webhook(world: World, call: Call) -> Answer:
    """POST /campaigns/{id}/webhooks."""
    fields = call.fields
    if not fields.get("webhook_url") or not fields.get("event_types") or not fields.get("categories"):
        return problem(400, '"webhook_url", "event_types" and "categories" are required')
    number = fields.get("id") or world.store.next_number("smartlead_webhook", 301)
    return Answer(200, {"ok": True, "data": world.store.put("smartlead_webhooks", number, fields | {"id": number})})


def list_webhooks(world: World, call: Call) -> Answer:
    """GET /campaigns/{id}/webhooks."""
    return Answer(200, world.store.rows("smartlead_webhooks"))


def _account(call: Call) -> str:
    match = _ACCOUNT_IN_KEY.search(call.query.get("api_key", ""))
    return match[1] if match else ""


def _sees(call: Call, row: Row) -> bool:
    return _account(call) in ("", row["_workspace"])


def _campaign(world: World, call: Call) -> Row | None:
    row = world.store.get("smartlead_campaigns", call.params["id"])
    return row if row and _sees(call, row) else None


def _adopted(world: World, call: Call) -> Row | None:
    """Take on a thread the sandbox never issued, when it was told to, so that seeded conversations can be answered."""
    to, stats = call.fields.get("to_email"), call.fields.get("email_stats_id")
    if not world.options.adopt_unknown or not stats or not isinstance(to, str) or not _ADDRESS.fullmatch(to):
        return None
    return book.save_lead(world, _account(call) or book.DEFAULT_ACCOUNT, {"email": to})


SMARTLEAD = Provider(
    slug="smartlead", title="SmartLead", prefix="/smartlead", refuse=refuse, problem=problem, headers=limit_headers,
    rules=(
        ("GET", "/campaigns/?", list_campaigns),
        ("GET", "/campaigns/{id}", get_campaign),
        ("POST", "/campaigns/{id}/status", set_status),
        ("GET", "/campaigns/{id}/leads", list_leads),
        ("GET", "/campaigns/{id}/leads/{lead}/message-history", message_history),
        ("POST", "/campaigns/{id}/leads/{lead}/pause", change_lead),
        ("POST", "/campaigns/{id}/leads/{lead}/resume", change_lead),
        ("POST", "/campaigns/{id}/leads/{lead}/unsubscribe", change_lead),
        ("POST", "/campaigns/{id}/reply-email-thread", reply),
        ("POST", "/campaigns/{id}/webhooks", save_webhook),
        ("GET", "/campaigns/{id}/webhooks", list_webhooks),
        ("POST", "/master-inbox/inbox-replies", inbox_replies),
        ("GET", "/leads/?", find_lead),
        ("POST", "/leads/{lead}/unsubscribe", change_lead),
    ),
)
