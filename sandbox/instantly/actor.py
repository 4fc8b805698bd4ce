"""What happens at Instantly when a person plays a lead? (reference 4.3)"""

from datetime import datetime
from html import escape

from sandbox.emailbison.mailbox import html_to_text, text_to_html
from sandbox.instantly import book, webhooks
from sandbox.store import Row
from sandbox.wish import Act, Actor, Happened, known
from sandbox.world import World


def _play(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Happened:
    lead = book.save_lead(world, act.workspace_ref, act.lead)
    mail = _mail(world, act, lead, body, subject, at)
    webhook = webhooks.event_body(world, act.event, act.workspace_ref, lead, mail, body)
    return Happened(webhook, {"lead_id": lead["id"], "email_id": mail["id"], "thread_id": mail["thread_id"],
                              "campaign_id": lead["campaign"]})


def _mail(world: World, act: Act, lead: Row, body: str, subject: str, at: datetime | None) -> Row:
    if act.of:
        return known(world.store.get("instantly_emails", act.of), act.of)
    opened = book.first_mail(world, lead, at)
    before = [row for row in book.emails(world, lead) if row["ue_type"] == book.RECEIVED]
    if act.event not in webhooks.WRITTEN:
        return opened
    if act.event == "lead_interested" and not body and before:
        return before[-1]
    text, html = body, text_to_html(body)
    if act.quoted:
        intro = f"On {opened['timestamp_email'][:10]} {opened['eaccount']} wrote:"
        old = "\n".join(f"> {line}" for line in html_to_text(opened["body"]["html"]).splitlines())
        text = f"{body}\n\n{intro}\n\n{old}"
        html += f'<div class="gmail_quote"><div>{escape(intro)}</div><blockquote>{opened["body"]["html"]}</blockquote></div>'
    return book.add_mail(
        world, lead, kind=book.RECEIVED, subject=subject or f"Re: {opened['subject']}", html=html, text=text, to=opened["eaccount"],
        cc=",".join(str(address) for address in act.lead.get("cc") or []), at=at, sender=str(act.lead.get("replies_as") or ""),
        automatic=act.automated or act.event == "auto_reply_received")


def _check(act: Act) -> None:
    if not isinstance(act.lead.get("email"), str):
        raise ValueError("lead.email is missing.")


def _people(world: World) -> list[Row]:
    return [{"provider": "instantly", "workspace_ref": row["_workspace"], "lead_id": row["id"], "first_name": row["first_name"],
             "last_name": row["last_name"], "email": row["email"], "phone": row["phone"], "company": row["company_name"]}
            for row in world.store.rows("instantly_leads")]


ACTOR = Actor(slug="instantly", events=webhooks.EVENTS, path="/api/webhooks/instantly", play=_play, people=_people, check=_check,
              headers={"content-type": "application/json", "user-agent": "axios/1.7 (sandbox Instantly)"}, title="Instantly",
              way="e-mail", workspace_label="Instantly workspace", workspace_example="1", secret_in="header",
              secret_name="X-Instantly-Secret")
