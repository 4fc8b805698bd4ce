"""What happens at SmartLead when a person plays a lead? (reference 3.3)"""

from datetime import datetime
from html import escape

from sandbox.emailbison.mailbox import text_to_html
from sandbox.smartlead import book, webhooks
from sandbox.store import Row
from sandbox.wish import Act, Actor, Happened, known
from sandbox.world import World

_WRITTEN = ("EMAIL_REPLY", "LEAD_CATEGORY_UPDATED")


def _play(world: World, act: Act, body: str, subject: str, at: datetime | None) -> Happened:
    lead = book.save_lead(world, act.workspace_ref, act.lead)
    opened = book.first_mail(world, lead, at)
    mail, writer = _mail(world, act, lead, opened, body, subject, at), str(act.lead.get("replies_as") or "")
    if act.event == "LEAD_UNSUBSCRIBED":
        lead = world.store.put("smartlead_leads", lead["id"], lead | {"is_unsubscribed": True})
    webhook = webhooks.event_body(world, act.event, act.workspace_ref, lead, mail, text=body, writer=writer,
                                  category=str(act.lead.get("category") or "Interested"))
    return Happened(webhook, {"lead_id": lead["id"], "message_id": mail["message_id"], "stats_id": mail["stats_id"],
                              "campaign_id": webhook["campaign_id"]})


def _mail(world: World, act: Act, lead: Row, opened: Row, body: str, subject: str, at: datetime | None) -> Row:
    if act.of:
        return known(book.mail(world, act.of), act.of)
    if act.event not in _WRITTEN:
        return opened
    before = [row for row in book.mails(world, lead) if row["type"] == "REPLY"]
    if act.event == "LEAD_CATEGORY_UPDATED" and not body and before:
        return before[-1]
    quoted = ""
    if act.quoted:
        intro = f"On {opened['time'][:10]} {opened['from']} wrote:"
        quoted = f'<div class="gmail_quote"><div>{escape(intro)}</div><blockquote>{opened["email_body"]}</blockquote></div>'
    return book.add_mail(world, lead, kind="REPLY", body=text_to_html(body) + quoted, subject=subject or f"Re: {opened['subject']}",
                         sender=str(act.lead.get("replies_as") or lead["email"]), to=opened["from"], stats_id=opened["stats_id"],
                         at=at, cc=[str(address) for address in act.lead.get("cc") or []])


def _check(act: Act) -> None:
    if not isinstance(act.lead.get("email"), str):
        raise ValueError("lead.email is missing.")


def _people(world: World) -> list[Row]:
    return [{"provider": "smartlead", "workspace_ref": row["_workspace"], "lead_id": row["id"], "first_name": row["first_name"],
             "last_name": row["last_name"], "email": row["email"], "company": row["company_name"]}
            for row in world.store.rows("smartlead_leads")]


ACTOR = Actor(slug="smartlead", events=webhooks.EVENTS, path="/api/webhooks/smartlead", play=_play, people=_people, check=_check,
              headers={"content-type": "application/json", "user-agent": "axios/1.7 (sandbox SmartLead)"}, title="SmartLead",
              way="e-mail", workspace_label="SmartLead account", workspace_example="1", secret_in="body",
              secret_name="secret_key")
