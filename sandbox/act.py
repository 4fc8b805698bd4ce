"""What happens when a person plays a lead: which rows change, and which webhook body follows?"""

from dataclasses import dataclass, field, fields
from datetime import datetime
from html import escape
from typing import Any

from sandbox import clock
from sandbox.emailbison import mailbox
from sandbox.emailbison import webhooks as bison_webhooks
from sandbox.ghl import book
from sandbox.ghl import webhooks as ghl_webhooks
from sandbox.store import Row
from sandbox.world import World

GHL_EVENTS = ("LEAD_REPLIED", "InboundMessage", "OutboundMessage")
_TYPES = {"provider": str, "workspace_ref": str, "lead": dict, "body": str, "subject": str, "event": str, "path": str,
          "secret": str, "secret_in": str, "secret_name": str, "repeat": int, "concurrently": bool, "messages": list,
          "out_of_order": bool, "malformed": str, "deliver": bool, "at": str, "quoted": bool, "automated": bool,
          "duplicates": int, "of": str, "attempts": int, "pause": float, "query": dict, "custom_data": dict}
MALFORMED = ("", "truncated", "not_json", "wrong_types", "empty")


@dataclass(frozen=True)
class Act:
    """One wish to play a lead; see README.md for the meaning of every field."""

    provider: str
    workspace_ref: str
    lead: dict[str, Any]
    body: str = ""
    subject: str = ""
    event: str = "LEAD_REPLIED"
    path: str = ""
    secret: str = ""
    secret_in: str = "query"
    secret_name: str = ""
    repeat: int = 1
    duplicates: int = 0
    concurrently: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)
    out_of_order: bool = False
    malformed: str = ""
    of: str = ""
    deliver: bool = True
    at: str = ""
    quoted: bool = True
    automated: bool = False
    attempts: int = 1
    pause: float = 0.5
    query: dict[str, Any] = field(default_factory=dict)
    custom_data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Happened:
    """What one message of an act led to: the webhook body and the ids a test will ask for."""

    webhook: dict[str, Any]
    ids: dict[str, Any]


def read_act(wish: Any) -> Act:
    """Read a JSON object as an act. Raises ValueError with a sentence that says what is wrong."""
    if not isinstance(wish, dict):
        raise ValueError("The body must be a JSON object.")
    wish = {name: value for name, value in wish.items() if value is not None}
    for name in ("workspace_ref", "of"):
        if type(wish.get(name)) is int:
            wish[name] = str(wish[name])
    if wish.get("malformed") is True:
        wish["malformed"] = "truncated"
    for name, value in wish.items():
        kind = (int, float) if _TYPES.get(name) is float else _TYPES.get(name)
        if kind is None:
            raise ValueError(f"An act has no field {name!r}; it has {', '.join(each.name for each in fields(Act))}.")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ValueError(f"{name} has the wrong type.")
    for name in ("provider", "workspace_ref", "lead"):
        if not wish.get(name):
            raise ValueError(f"{name} is missing.")
    act = Act(**wish)
    _check(act)
    return act


def perform(world: World, act: Act) -> list[Happened]:
    """Write the rows of an act, one message after the other, and return what the product is to be told."""
    play = _play_ghl if act.provider == "ghl" else _play_bison
    at = clock.read(act.at) if act.at else None
    wishes = act.messages or [{"body": act.body, "subject": act.subject}]
    return [play(world, act, str(wish.get("body") or ""), str(wish.get("subject") or act.subject),
                 clock.read(str(wish["at"])) if wish.get("at") else at) for wish in wishes]


def _check(act: Act) -> None:
    known = {"ghl": GHL_EVENTS, "emailbison": bison_webhooks.EVENTS}.get(act.provider)
    if known is None:
        raise ValueError("provider must be ghl or emailbison.")
    if act.event not in known:
        raise ValueError(f"event must be one of {', '.join(known)}.")
    if act.malformed not in MALFORMED:
        raise ValueError(f"malformed must be one of {', '.join(MALFORMED[1:])}.")
    if act.secret_in not in ("query", "path", "header"):
        raise ValueError("secret_in must be query, path or header.")
    if not 1 <= act.repeat <= 1000 or not 0 <= act.duplicates <= 1000:
        raise ValueError("repeat goes from 1 to 1000, duplicates from 0 to 1000.")
    if not 1 <= act.attempts <= 20 or not 0 <= act.pause <= 60:
        raise ValueError("attempts goes from 1 to 20, pause from 0 to 60 seconds.")
    if not all(isinstance(message, dict) for message in act.messages) or len(act.messages) > 1000:
        raise ValueError("messages must be a list of at most 1000 objects with body, subject and at.")
    lists = {name for name, value in act.lead.items() if isinstance(value, list)}
    if lists - {"tags", "cc", "custom_variables"} or any(isinstance(value, dict) for value in act.lead.values()):
        raise ValueError("The fields of lead are texts; tags, cc and custom_variables are lists.")
    if act.provider == "emailbison" and not isinstance(act.lead.get("email"), str):
        raise ValueError("lead.email is missing.")


def _play_ghl(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Happened:
    lead = act.lead
    named = {"firstName": lead.get("first_name"), "lastName": lead.get("last_name"), "email": lead.get("email"),
             "phone": lead.get("phone"), "companyName": lead.get("company"), "tags": lead.get("tags"),
             "timezone": lead.get("timezone"), "city": lead.get("city"), "state": lead.get("state")}
    key = str(lead.get("contact_id") or lead.get("id") or "")
    contact, _ = book.save_contact(world, act.workspace_ref, named, key)
    message = _ghl_message(world, act, contact, body, at)
    if act.event == "LEAD_REPLIED" or message is None:
        webhook = ghl_webhooks.workflow_body(contact, message, act.custom_data)
    else:
        webhook = ghl_webhooks.marketplace_body(act.event, contact, message)
    conversation = book.conversation_of(world, contact)
    return Happened(webhook, {"contact_id": contact["id"], "conversation_id": conversation["id"],
                              "message_id": message["id"] if message else None})


def _ghl_message(world: World, act: Act, contact: Row, body: str, at: datetime | None) -> Row | None:
    if act.of:
        return _known(world.store.get(f"ghl_messages:{world.store.get('ghl_message_home', act.of)}", act.of), act.of)
    if not body:
        return None
    outbound = act.event == "OutboundMessage"
    return book.add_message(
        world, contact, channel=str(act.lead.get("channel") or "SMS"), body=body, at=at,
        direction="outbound" if outbound else "inbound", source="app" if outbound else "workflow")


def _known(row: Row | None, key: str) -> Row:
    if row is None:
        raise ValueError(f"There is no message {key} that could be told again.")
    return row


def _play_bison(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Happened:
    untracked = act.event == "UNTRACKED_REPLY_RECEIVED"
    lead = None if untracked else _bison_lead(world, act)
    reply = _bison_reply(world, act, lead, body, subject, at)
    if lead and act.event == "LEAD_UNSUBSCRIBED":
        lead = world.store.put("bison_leads", lead["id"], lead | {"status": "unsubscribed"})
    webhook = bison_webhooks.event_body(world, act.event, act.workspace_ref, lead, reply)
    return Happened(webhook, {
        "lead_id": lead["id"] if lead else None, "reply_id": reply["id"] if reply else None,
        "sender_email_id": webhook["data"]["sender_email"]["id"],
        "campaign_id": webhook["data"].get("campaign", {}).get("id")})


def _bison_lead(world: World, act: Act) -> Row:
    lead = act.lead
    variables = [{"name": name.replace("_", " "), "value": str(lead[name])}
                 for name in ("phone", "linkedin_url", "website", "timezone", "industry", "city") if lead.get(name)]
    given = {name: lead[name] for name in mailbox.LEAD_FIELDS if lead.get(name) is not None}
    if variables and "custom_variables" not in given:
        given["custom_variables"] = variables
    known = mailbox.find_lead(world, act.workspace_ref, lead["email"])
    return mailbox.save_lead(world, act.workspace_ref, given, known)


def _bison_reply(world: World, act: Act, lead: Row | None, body: str, subject: str, at: datetime | None) -> Row | None:
    if act.of:
        return _known(world.store.get("bison_replies", act.of), act.of)
    if act.event in ("EMAIL_SENT", "LEAD_UNSUBSCRIBED"):
        mailbox.first_mail(world, lead or {}, at)
        return None
    sender, campaign = mailbox.open_workspace(world, act.workspace_ref)
    if lead is None:
        return mailbox.add_reply(world, act.workspace_ref, f"untracked-{act.lead['email'].lower()}", _inbound(
            act, body, subject or "Hello", sender) | {"type": "Untracked Reply", "tracked_reply": False}, at)
    opened = mailbox.first_mail(world, lead, at)
    thread = mailbox.thread_of_lead(world, lead, subject)
    before = mailbox.thread_rows(world, thread)
    if act.event == "LEAD_INTERESTED" and before and not body:
        last = [row for row in before if row["folder"] == "Inbox"][-1:]
        if last:
            return world.store.put("bison_replies", last[0]["id"], last[0] | {"interested": True})
    sent = [row for row in before if row["folder"] == "Sent"]
    columns = {"lead_id": lead["id"], "campaign_id": campaign["id"], "scheduled_email_id": opened["id"],
               "parent_id": sent[-1]["id"] if sent else None, "interested": act.event == "LEAD_INTERESTED"}
    subject = subject or f"Re: {opened['email_subject']}"
    if act.event == "MANUAL_EMAIL_SENT":
        columns |= _outbound(act, body, subject, sender)
    elif act.event == "EMAIL_BOUNCED":
        columns |= _bounced(act, body, sender)
    else:
        columns |= _inbound(act, body, subject, sender, (sent or [opened])[-1] if act.quoted else None)
    return mailbox.add_reply(world, act.workspace_ref, thread, columns, at)


def _inbound(act: Act, body: str, subject: str, sender: Row, quoted: Row | None = None) -> Row:
    name = f"{act.lead.get('first_name') or ''} {act.lead.get('last_name') or ''}".strip()
    text, html = body, mailbox.text_to_html(body)
    if quoted:
        old_html = quoted.get("html_body") or quoted.get("email_body") or ""
        when = str(quoted.get("date_received") or quoted.get("sent_at"))[:10]
        intro = f"On {when} {sender['name']} <{sender['email']}> wrote:"
        old = "\n".join(f"> {line}" for line in mailbox.html_to_text(old_html).splitlines())
        text = f"{body}\n\n{intro}\n\n{old}"
        html += f'<div class="gmail_quote"><div>{escape(intro)}</div><blockquote>{old_html}</blockquote></div>'
    return {"subject": subject, "text_body": text, "html_body": html, "from_name": name,
            "from_email_address": act.lead["email"], "primary_to_email_address": sender["email"],
            "to": [{"name": sender["name"], "address": sender["email"]}], "cc": act.lead.get("cc"),
            "sender_email_id": sender["id"], "automated_reply": act.automated}


def _outbound(act: Act, body: str, subject: str, sender: Row) -> Row:
    return {"subject": subject, "text_body": body, "html_body": mailbox.text_to_html(body), "folder": "Sent",
            "type": "Outgoing Email", "read": True, "from_name": sender["name"], "sender_email_id": sender["id"],
            "from_email_address": sender["email"], "primary_to_email_address": act.lead["email"],
            "to": [{"name": str(act.lead.get("first_name") or ""), "address": act.lead["email"]}]}


def _bounced(act: Act, body: str, sender: Row) -> Row:
    text = body or (f"Your message to {act.lead['email']} could not be delivered.\n"
                    "550 5.1.1 The e-mail account that you tried to reach does not exist.")
    return {"subject": "Delivery Status Notification (Failure)", "text_body": text,
            "html_body": mailbox.text_to_html(text), "folder": "Bounced", "type": "Bounced", "automated_reply": True,
            "from_name": "Mail Delivery Subsystem", "from_email_address": "mailer-daemon@mail.sandbox.example",
            "primary_to_email_address": sender["email"], "sender_email_id": sender["id"],
            "to": [{"name": sender["name"], "address": sender["email"]}]}
