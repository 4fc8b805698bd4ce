"""Which paths does the stand-in EmailBison answer? (leads, campaigns, senders, users here; replies next door)"""

import base64
from typing import Any

from sandbox import clock
from sandbox.emailbison import mailbox
from sandbox.emailbison.answers import (
    all_visible,
    invalid,
    limit_headers,
    one,
    paged,
    problem,
    refuse,
    visible,
    workspace_of,
)
from sandbox.emailbison.replies import answer_reply, conversation_thread, get_reply, list_replies, mark, new_mail
from sandbox.exchange import Answer, Call, Provider
from sandbox.store import Row
from sandbox.world import World


def users(world: World, call: Call) -> Answer:
    """GET /api/users: the owner of the token and the workspace it opens."""
    workspace = workspace_of(call) or mailbox.DEFAULT_WORKSPACE
    mailbox.open_workspace(world, workspace)
    return Answer(200, {"data": {"id": 1, "name": "Sandbox Owner", "email": "owner@sandbox.example",
                                 "workspace": {"id": int(workspace) if workspace.isdigit() else workspace,
                                               "name": f"Sandbox workspace {workspace}"}}})


def list_leads(world: World, call: Call) -> Answer:
    """GET /api/leads?search=."""
    text = call.query.get("search", "").lower()
    return paged(call, [row for row in all_visible(world, call, "bison_leads")
                        if text in f"{row['email']} {row['first_name']} {row['last_name']} {row['company']}".lower()])


def get_lead(world: World, call: Call) -> Answer:
    """GET /api/leads/{id}; the e-mail address works as the id too."""
    row = _lead(world, call)
    return one(row) if row else problem(404)


def create_lead(world: World, call: Call) -> Answer:
    """POST /api/leads."""
    for name in ("first_name", "last_name", "email"):
        if not isinstance(call.fields.get(name), str) or not call.fields[name].strip():
            return invalid(name, f"The {name.replace('_', ' ')} field is required.")
    workspace = workspace_of(call) or mailbox.DEFAULT_WORKSPACE
    if mailbox.find_lead(world, workspace, call.fields["email"]):
        return invalid("email", "The email has already been taken.")
    refusal = _variables_refusal(call.fields.get("custom_variables"))
    return refusal or Answer(201, {"data": mailbox.shown(mailbox.save_lead(world, workspace, call.fields))})


def change_lead(world: World, call: Call) -> Answer:
    """PATCH keeps the fields that are missing; PUT clears them."""
    row = _lead(world, call)
    if not row:
        return problem(404)
    refusal = _variables_refusal(call.fields.get("custom_variables"))
    cleared: dict[str, Any] = {"title": None, "company": None, "notes": None, "custom_variables": []}
    fields = cleared | call.fields if call.method == "PUT" else call.fields
    return refusal or one(mailbox.save_lead(world, row["_workspace"], fields, row))


def unsubscribe_lead(world: World, call: Call) -> Answer:
    """PATCH /api/leads/{id}/unsubscribe."""
    row = _lead(world, call)
    return one(_unsubscribed(world, row)) if row else problem(404)


def unsubscribe_reply(world: World, call: Call) -> Answer:
    """PATCH /api/replies/{id}/unsubscribe: the lead behind the reply."""
    reply = visible(world, call, "bison_replies", call.params["id"])
    lead = world.store.get("bison_leads", reply["lead_id"]) if reply else None
    return one(_unsubscribed(world, lead)) if lead else problem(404)


def sent_emails(world: World, call: Call) -> Answer:
    """GET /api/leads/{id}/sent-emails: the campaign mail that started it."""
    row = _lead(world, call)
    if not row:
        return problem(404)
    known = world.store.get("bison_first_mail", row["id"])
    return paged(call, [known] if known else [])


def get_file(world: World, call: Call) -> Answer:
    """The `download_url` of an attachment: its bytes."""
    file = world.store.get("bison_files", call.params["id"])
    if not file or "content" not in file:
        return problem(404)
    return Answer(200, base64.b64decode(file["content"]), {"content-type": file["content_type"]})


def list_campaigns(world: World, call: Call) -> Answer:
    """GET /api/campaigns."""
    mailbox.open_workspace(world, workspace_of(call) or mailbox.DEFAULT_WORKSPACE)
    return paged(call, all_visible(world, call, "bison_campaigns"))


def get_campaign(world: World, call: Call) -> Answer:
    """GET /api/campaigns/{id}."""
    row = visible(world, call, "bison_campaigns", call.params["id"])
    return one(row) if row else problem(404)


def list_senders(world: World, call: Call) -> Answer:
    """GET /api/sender-emails."""
    mailbox.open_workspace(world, workspace_of(call) or mailbox.DEFAULT_WORKSPACE)
    return paged(call, all_visible(world, call, "bison_senders"))


def get_sender(world: World, call: Call) -> Answer:
    """GET /api/sender-emails/{id}."""
    row = visible(world, call, "bison_senders", call.params["id"])
    return one(row) if row else problem(404)


def _lead(world: World, call: Call) -> Row | None:
    key = call.params["id"]
    if "@" not in key:
        return visible(world, call, "bison_leads", key)
    return mailbox.find_lead(world, workspace_of(call) or mailbox.DEFAULT_WORKSPACE, key)


def _unsubscribed(world: World, row: Row) -> Row:
    return world.store.put("bison_leads", row["id"], row | {"status": "unsubscribed", "updated_at": clock.now_iso()})


def _variables_refusal(value: Any) -> Answer | None:
    good = value is None or isinstance(value, list) and all(isinstance(v, dict) and v.get("name") for v in value)
    return None if good else invalid("custom_variables", "The custom variables field must be a list of name and value.")


EMAILBISON = Provider(
    slug="emailbison", title="EmailBison", prefix="/emailbison", refuse=refuse, problem=problem, headers=limit_headers,
    rules=(
        ("GET", "/api/users", users),
        ("GET", "/api/replies", list_replies),
        ("POST", "/api/replies/new", new_mail),
        ("GET", "/api/replies/{id}", get_reply),
        ("GET", "/api/replies/{id}/conversation-thread", conversation_thread),
        ("POST", "/api/replies/{id}/reply", answer_reply),
        ("PATCH", "/api/replies/{id}/unsubscribe", unsubscribe_reply),
        ("PATCH", "/api/replies/{id}/{mark}", mark),
        ("GET", "/api/leads", list_leads),
        ("POST", "/api/leads", create_lead),
        ("GET", "/api/leads/{id}", get_lead),
        ("PATCH", "/api/leads/{id}", change_lead),
        ("PUT", "/api/leads/{id}", change_lead),
        ("PATCH", "/api/leads/{id}/unsubscribe", unsubscribe_lead),
        ("GET", "/api/leads/{lead}/replies", list_replies),
        ("GET", "/api/leads/{id}/sent-emails", sent_emails),
        ("GET", "/api/attachments/{id}", get_file),
        ("GET", "/api/campaigns", list_campaigns),
        ("GET", "/api/campaigns/{id}", get_campaign),
        ("GET", "/api/campaigns/{campaign}/replies", list_replies),
        ("GET", "/api/sender-emails", list_senders),
        ("GET", "/api/sender-emails/{id}", get_sender),
        ("GET", "/api/sender-emails/{sender}/replies", list_replies),
    ),
)
