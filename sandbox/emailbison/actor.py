"""What happens at EmailBison when a person plays a lead? (reference 2.5)"""

import base64
from datetime import datetime
from html import escape

from sandbox import forms
from sandbox.emailbison import mailbox
from sandbox.emailbison import webhooks as bison_webhooks
from sandbox.store import Row
from sandbox.wish import Act, Actor, Happened, known
from sandbox.world import World


def _play(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Happened:
    untracked = act.event == "UNTRACKED_REPLY_RECEIVED"
    lead = None if untracked else _lead(world, act)
    reply = _reply(world, act, lead, body, subject, at)
    if lead and act.event == "LEAD_UNSUBSCRIBED":
        lead = world.store.put("bison_leads", lead["id"], lead | {"status": "unsubscribed"})
    webhook = bison_webhooks.event_body(world, act.event, act.workspace_ref, lead, reply)
    return Happened(webhook, {
        "lead_id": lead["id"] if lead else None, "reply_id": reply["id"] if reply else None,
        "sender_email_id": webhook["data"]["sender_email"]["id"],
        "campaign_id": webhook["data"].get("campaign", {}).get("id")})


def _lead(world: World, act: Act) -> Row:
    lead = act.lead
    variables = [{"name": name.replace("_", " "), "value": str(lead[name])}
                 for name in ("phone", "linkedin_url", "website", "timezone", "industry", "city") if lead.get(name)]
    given = {name: lead[name] for name in mailbox.LEAD_FIELDS if lead.get(name) is not None}
    if variables and "custom_variables" not in given:
        given["custom_variables"] = variables
    known = mailbox.find_lead(world, act.workspace_ref, lead["email"])
    return mailbox.save_lead(world, act.workspace_ref, given, known)


def _reply(world: World, act: Act, lead: Row | None, body: str, subject: str, at: datetime | None) -> Row | None:
    if act.of:
        return known(world.store.get("bison_replies", act.of), act.of)
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
    return _with_files(world, act, mailbox.add_reply(world, act.workspace_ref, thread, columns, at))


def _with_files(world: World, act: Act, reply: Row) -> Row:
    files = [forms.described(file["file_name"], file["content_type"], base64.b64decode(file["content"]))
             for file in act.lead.get("files") or ()]
    return mailbox.add_files(world, reply, files) if files else reply


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


def _check(act: Act) -> None:
    if not isinstance(act.lead.get("email"), str):
        raise ValueError("lead.email is missing.")


def _people(world: World) -> list[Row]:
    return [{"provider": "emailbison", "workspace_ref": row["_workspace"], "lead_id": row["id"]}
            | {name: row[name] for name in mailbox.LEAD_FIELDS[:3]} | {"company": row["company"]}
            for row in world.store.rows("bison_leads")]


ACTOR = Actor(slug="emailbison", events=bison_webhooks.EVENTS, path="/api/webhooks/email", play=_play, people=_people, check=_check,
              headers={"content-type": "application/json", "user-agent": "GuzzleHttp/7 (sandbox EmailBison)"}, title="EmailBison",
              way="e-mail", workspace_label="EmailBison workspace id", workspace_example="1")
