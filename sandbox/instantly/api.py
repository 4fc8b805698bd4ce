"""What does the stand-in Instantly answer? (reference 4.1 and 4.2)"""

import re

from sandbox import clock
from sandbox.exchange import Answer, Call, Provider
from sandbox.instantly import book
from sandbox.store import Row
from sandbox.world import World

_WORKSPACE_IN_TOKEN = re.compile(r"workspace[-_:](\w+)$")
_ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,]+\.[^@\s<>,]+")
_TITLES = {400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
           422: "Unprocessable Entity", 429: "Too Many Requests", 503: "Service Unavailable"}
_LISTS_PER_MINUTE, _PER_SECOND = 20, 100


def problem(status: int, message: str | None = None) -> Answer:
    """Word an error as Instantly does."""
    title = _TITLES.get(status, "Internal Server Error")
    return Answer(status, {"statusCode": status, "error": title, "message": message or title})


def refuse(world: World, call: Call) -> Answer | None:
    """Refuse a call without a good bearer token, over 100 a second, or over 20 lists of e-mails a minute, when limits count."""
    if not call.token or call.token.startswith("bad"):
        return problem(401, "Invalid API key")
    now = clock.now().timestamp()
    left = world.limit_left(f"instantly|{call.token}", now, 1, _PER_SECOND)
    if call.method == "GET" and call.path == "/emails":
        left = min(left, world.limit_left(f"instantly-emails|{call.token}", now, 60, _LISTS_PER_MINUTE))
    return problem(429) if left < 0 and world.options.enforce_limits else None


def limit_headers(world: World, call: Call) -> dict[str, str]:
    """Return the rate-limit headers."""
    used = len(world.windows.get(f"instantly|{call.token}", ()))
    return {"x-ratelimit-limit": str(_PER_SECOND), "x-ratelimit-remaining": str(max(_PER_SECOND - used, 0))}


def list_campaigns(world: World, call: Call) -> Answer:
    """GET /campaigns."""
    book.campaign(world, _workspace(call) or book.DEFAULT_WORKSPACE)
    return _paged(call, [row for row in world.store.rows("instantly_campaigns") if _sees(call, row)])


def get_campaign(world: World, call: Call) -> Answer:
    """GET /campaigns/{id}."""
    row = world.store.get("instantly_campaigns", call.params["id"])
    return Answer(200, book.shown(row)) if row and _sees(call, row) else problem(404)


def list_emails(world: World, call: Call) -> Answer:
    """GET /emails: newest first unless asked otherwise."""
    asked = call.query
    rows = [row for row in world.store.rows("instantly_emails") if _sees(call, row) and not row.get("_adopted")
            and all(not asked.get(name) or str(row[name]).lower() == asked[name].lower()
                    for name in ("lead", "eaccount", "campaign_id"))
            and row["timestamp_created"] >= asked.get("min_timestamp_created", "")
            and (asked.get("email_type") != "received" or row["ue_type"] == book.RECEIVED)
            and (asked.get("email_type") != "sent" or row["ue_type"] != book.RECEIVED)]
    rows.sort(key=lambda row: row["timestamp_email"], reverse=asked.get("sort_order", "desc") != "asc")
    return _paged(call, rows)


def get_email(world: World, call: Call) -> Answer:
    """GET /emails/{id}."""
    row = world.store.get("instantly_emails", call.params["id"])
    return Answer(200, book.shown(row)) if row and _sees(call, row) else problem(404, "Email not found")


def reply(world: World, call: Call) -> Answer:
    """POST /emails/reply: an answer to whoever wrote the e-mail; there is no other recipient."""
    fields = call.fields
    missing = [name for name in ("reply_to_uuid", "eaccount", "subject", "body") if not fields.get(name)]
    if missing:
        return problem(400, f"body must have required property '{missing[0]}'")
    words = fields["body"] if isinstance(fields["body"], dict) else {}
    if not (words.get("html") or words.get("text")):
        return problem(400, "body must have html or text")
    answered = world.store.get("instantly_emails", fields["reply_to_uuid"]) or _adopted(world, call)
    if not answered or not _sees(call, answered):
        return problem(404, "Email not found")
    if answered["eaccount"] != fields["eaccount"] and not world.options.adopt_unknown:
        return Answer(200, {"error": "ACC_NOT_FOUND"})
    copies = [address.strip() for address in str(fields.get("cc_address_email_list") or "").split(",") if address.strip()]
    if not all(_ADDRESS.fullmatch(address) for address in copies):
        return problem(400, "cc_address_email_list must hold valid email addresses")
    lead = world.store.get("instantly_leads", answered["lead_id"])
    to = answered["from_address_email"] if answered["ue_type"] == book.RECEIVED else lead["email"]
    sent = book.add_mail(world, lead, kind=book.MANUAL, subject=str(fields["subject"]), html=str(words.get("html") or ""),
                         text=str(words.get("text") or ""), to=to, cc=",".join(copies))
    return Answer(200, book.shown(sent), effect={
        "what": "email", "id": sent["id"], "thread": sent["thread_id"], "parent_id": answered["id"], "to": [to], "cc": copies,
        "from": sent["eaccount"], "subject": sent["subject"], "text": sent["body"]["text"],
        "html": sent["body"]["html"]})


def list_leads(world: World, call: Call) -> Answer:
    """POST /leads/list."""
    text = str(call.fields.get("search") or "").lower()
    return _paged(call, [row for row in world.store.rows("instantly_leads") if _sees(call, row) and text in row["email"].lower()])


def get_lead(world: World, call: Call) -> Answer:
    """GET /leads/{id}."""
    row = world.store.get("instantly_leads", call.params["id"])
    return Answer(200, book.shown(row)) if row and _sees(call, row) else problem(404)


def set_interest(world: World, call: Call) -> Answer:
    """POST /leads/update-interest-status: queued, so 202."""
    if not call.fields.get("lead_email"):
        return problem(400, "body must have required property 'lead_email'")
    return Answer(202, {"message": "Lead interest status update background job submitted"})


def _paged(call: Call, rows: list[Row]) -> Answer:
    wanted = call.fields.get("limit")
    size = min(max(wanted, 1), 100) if type(wanted) is int else call.number("limit", 10, 100)
    after = call.query.get("starting_after") or call.fields.get("starting_after")
    start = next((place + 1 for place, row in enumerate(rows) if row["id"] == after), 0)
    part = rows[start:start + size]
    answer: Row = {"items": [book.shown(row) for row in part]}
    if len(rows) > start + size:
        answer["next_starting_after"] = part[-1]["id"]
    return Answer(200, answer)


def _workspace(call: Call) -> str:
    match = _WORKSPACE_IN_TOKEN.search(call.token)
    return match[1] if match else ""


def _sees(call: Call, row: Row) -> bool:
    return _workspace(call) in ("", row["_workspace"])


def _adopted(world: World, call: Call) -> Row | None:
    """Take on an e-mail the sandbox never issued, when it was told to, so that seeded conversations can be answered."""
    if not world.options.adopt_unknown:
        return None
    lead = book.save_lead(world, _workspace(call) or book.DEFAULT_WORKSPACE, {"email": "someone@sandbox.example"})
    row = book.add_mail(world, lead, kind=book.RECEIVED, subject=str(call.fields["subject"]), html="",
                        to=str(call.fields["eaccount"]))
    return world.store.put("instantly_emails", call.fields["reply_to_uuid"], row | {"id": call.fields["reply_to_uuid"], "_adopted": True})


INSTANTLY = Provider(
    slug="instantly", title="Instantly", prefix="/instantly", refuse=refuse, problem=problem, headers=limit_headers,
    rules=(
        ("GET", "/campaigns", list_campaigns),
        ("GET", "/campaigns/{id}", get_campaign),
        ("GET", "/emails", list_emails),
        ("POST", "/emails/reply", reply),
        ("GET", "/emails/{id}", get_email),
        ("POST", "/leads/list", list_leads),
        ("POST", "/leads/update-interest-status", set_interest),
        ("GET", "/leads/{id}", get_lead),
    ),
)
