"""How does the stand-in EmailBison list, show, answer and mark replies?"""

import re
from typing import Any

from sandbox import clock
from sandbox.emailbison import mailbox
from sandbox.emailbison.answers import all_visible, invalid, one, paged, problem, visible, workspace_of
from sandbox.exchange import Answer, Call
from sandbox.store import Row
from sandbox.world import World

_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")


def list_replies(world: World, call: Call) -> Answer:
    """GET /api/replies and its relatives below a lead, a campaign or a sender: newest first."""
    wanted = dict(call.query) | {_SCOPES[name]: value for name, value in call.params.items()}
    rows = [row for row in all_visible(world, call, "bison_replies") if _matches(row, wanted) and not row.get("_adopted")]
    rows.sort(key=lambda row: (row["date_received"], row["id"]), reverse=True)
    return paged(call, rows)


def get_reply(world: World, call: Call) -> Answer:
    """GET /api/replies/{id}."""
    row = visible(world, call, "bison_replies", call.params["id"])
    return one(row) if row else problem(404)


def conversation_thread(world: World, call: Call) -> Answer:
    """GET /api/replies/{id}/conversation-thread: the reply, what came before it and what came after it."""
    row = visible(world, call, "bison_replies", call.params["id"])
    if not row:
        return problem(404)
    rows = mailbox.thread_rows(world, row["_thread"])
    place = next(index for index, each in enumerate(rows) if each["id"] == row["id"])
    return Answer(200, {"data": {
        "current_reply": None if row.get("_adopted") else mailbox.shown(row),
        "older_messages": [mailbox.shown(each) for each in rows[:place] if not each.get("_adopted")],
        "newer_messages": [mailbox.shown(each) for each in rows[place + 1 :] if not each.get("_adopted")],
    }})


def answer_reply(world: World, call: Call) -> Answer:
    """POST /api/replies/{id}/reply: leaves a Sent mail in the same thread."""
    row = visible(world, call, "bison_replies", call.params["id"]) or _adopted(world, call)
    if not row:
        return problem(404)
    fields = call.fields
    refusal = _mail_refusal(world, call, fields, to_needed=not _true(fields.get("reply_all")))
    if refusal:
        return refusal
    to = _recipients(fields.get("to_emails")) or [{"name": row["from_name"], "address": row["from_email_address"]}]
    subject = row["subject"] if str(row["subject"]).lower().startswith("re:") else f"Re: {row['subject']}"
    return _sent(world, call, fields, row["_workspace"], row["_thread"], {
        "subject": subject, "parent_id": row["id"], "to": to, "lead_id": row["lead_id"],
        "campaign_id": row["campaign_id"], "scheduled_email_id": row["scheduled_email_id"],
    })


def new_mail(world: World, call: Call) -> Answer:
    """POST /api/replies/new: a mail that starts a thread."""
    fields = call.fields
    refusal = _mail_refusal(world, call, fields, to_needed=True)
    if refusal:
        return refusal
    to = _recipients(fields.get("to_emails"))
    sender = world.store.get("bison_senders", fields["sender_email_id"])
    workspace = sender["_workspace"] if sender else workspace_of(call) or mailbox.DEFAULT_WORKSPACE
    lead = mailbox.find_lead(world, workspace, to[0]["address"])
    subject = str(fields.get("subject") or "")
    thread = mailbox.thread_of_lead(world, lead, subject) if lead else f"new-{world.store.next_number('bison_thread')}"
    return _sent(world, call, fields, workspace, thread,
                 {"subject": subject, "to": to, "lead_id": lead["id"] if lead else None})


def mark(world: World, call: Call) -> Answer:
    """PATCH /api/replies/{id}/mark-as-...: interested, not interested, read or unread, automated or not."""
    row = visible(world, call, "bison_replies", call.params["id"])
    change = {"mark-as-interested": {"interested": True}, "mark-as-not-interested": {"interested": False},
              "mark-as-read-or-unread": {"read": bool(call.fields.get("read"))},
              "mark-as-automated-or-not-automated": {"automated_reply": bool(call.fields.get("automated"))},
              }.get(call.params["mark"])
    if not row or change is None:
        return problem(404)
    return one(world.store.put("bison_replies", row["id"], row | change | {"updated_at": clock.now_iso()}))


_UNKNOWN_SENDER = {"name": "", "email": "unknown@sandbox.example"}
_SCOPES = {"lead": "lead_id", "campaign": "campaign_id", "sender": "sender_email_id"}


def _matches(row: Row, wanted: dict[str, str]) -> bool:
    folder = wanted.get("folder", "inbox" if not wanted.get("lead_id") else "all").lower()
    status, text = wanted.get("status"), wanted.get("search", "").lower()
    return (
        folder in ("all", row["folder"].lower())
        and (status != "interested" or row["interested"])
        and (status != "automated_reply" or row["automated_reply"])
        and (status != "not_automated_reply" or not row["automated_reply"])
        and ("read" not in wanted or row["read"] == _true(wanted["read"]))
        and all(str(row[name]) == wanted[name] for name in _SCOPES.values() if wanted.get(name))
        and text in f"{row['subject']} {row['text_body']} {row['from_email_address']}".lower()
    )


def _mail_refusal(world: World, call: Call, fields: dict[str, Any], *, to_needed: bool) -> Answer | None:
    if not isinstance(fields.get("message"), str) or not fields["message"].strip():
        return invalid("message", "The message field is required when reply template id is not present.")
    sender_id = fields.get("sender_email_id")
    if not re.fullmatch(r"[0-9]{1,12}", str(sender_id)):
        return invalid("sender_email_id", "The sender email id field is required and must be an integer.")
    if not visible(world, call, "bison_senders", sender_id) and not world.options.adopt_unknown:
        return invalid("sender_email_id", "The selected sender email id is invalid.")
    if fields.get("content_type") not in (None, "html", "text"):
        return invalid("content_type", "The selected content type is invalid.")
    if to_needed and not _recipients(fields.get("to_emails")):
        return invalid("to_emails", "The to emails field is required when reply all is not true.")
    for name in ("to_emails", "cc_emails", "bcc_emails"):
        if any(not _ADDRESS.fullmatch(person["address"]) for person in _recipients(fields.get(name))):
            field = f"{name}.0.email_address"
            return invalid(field, f"The {field} field must be a valid email address.")
    return None


def _sent(world: World, call: Call, fields: dict[str, Any], workspace: str, thread: str, columns: Row) -> Answer:
    sender = world.store.get("bison_senders", fields["sender_email_id"]) or _UNKNOWN_SENDER
    message, is_text = fields["message"], fields.get("content_type") == "text"
    row = mailbox.add_reply(world, workspace, thread, columns | {
        "folder": "Sent", "type": "Outgoing Email", "read": True,
        "html_body": mailbox.text_to_html(message) if is_text else message,
        "text_body": message if is_text else mailbox.html_to_text(message),
        "sender_email_id": int(fields["sender_email_id"]), "from_name": sender["name"],
        "from_email_address": sender["email"], "primary_to_email_address": columns["to"][0]["address"],
        "cc": _recipients(fields.get("cc_emails")) or None, "bcc": _recipients(fields.get("bcc_emails")) or None,
    })
    row = mailbox.add_files(world, row, [each for each in fields.get("attachments") or () if isinstance(each, dict)])
    effect = {"what": "email", "id": row["id"], "thread": call.params.get("id"), "parent_id": row["parent_id"],
              "to": [person["address"] for person in row["to"]],
              "cc": [person["address"] for person in row["cc"] or []], "from": sender["email"],
              "subject": row["subject"], "text": row["text_body"], "html": row["html_body"],
              "files": [{name: file[name] for name in ("file_name", "size", "sha256")} for file in row["attachments"]],
              "with_history": _true(fields.get("inject_previous_email_body"))}
    return Answer(200, {"data": {"success": True, "message": "Reply successfully sent.",
                                 "reply": mailbox.shown(row)}}, effect=effect)


def _adopted(world: World, call: Call) -> Row | None:
    """Take on a reply the sandbox never issued, when it was told to, so that seeded conversations can be answered. Nobody wrote
    it, so no list shows it."""
    number = call.params["id"]
    if not world.options.adopt_unknown or not re.fullmatch(r"[1-9][0-9]{0,11}", number):
        return None
    if world.store.get("bison_replies", number):
        return None
    to = _recipients(call.fields.get("to_emails"))
    workspace = workspace_of(call) or mailbox.DEFAULT_WORKSPACE
    return mailbox.add_reply(world, workspace, f"adopted-{number}", {
        "id": int(number), "_adopted": True, "subject": "", "from_email_address": to[0]["address"] if to else "someone@sandbox.example"})


def _recipients(value: Any) -> list[dict[str, str]]:
    people = value if isinstance(value, list) else []
    return [{"name": str(person.get("name") or ""), "address": str(person["email_address"])}
            for person in people if isinstance(person, dict) and person.get("email_address")]


def _true(value: Any) -> bool:
    return str(value).lower() in ("1", "true")
