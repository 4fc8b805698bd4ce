"""What does SmartLead post to the product when something happens to a lead? (reference 3.3)"""

from typing import Any

from sandbox import clock
from sandbox.emailbison.mailbox import html_to_text
from sandbox.smartlead import book
from sandbox.store import Row
from sandbox.world import World

EVENTS = ("EMAIL_REPLY", "LEAD_CATEGORY_UPDATED", "EMAIL_SENT", "FIRST_EMAIL_SENT", "EMAIL_OPEN", "EMAIL_LINK_CLICK",
          "EMAIL_BOUNCE", "LEAD_UNSUBSCRIBED")


def event_body(world: World, event: str, account: str, lead: Row, mail: Row, *, text: str = "", writer: str = "",
               category: str = "Interested") -> dict[str, Any]:
    """Build the body of one event about `mail`; `text` is what was newly written, `writer` who wrote it."""
    campaign, opened = book.campaign(world, account), book.first_mail(world, lead)
    body = {
        "webhook_id": 301, "webhook_name": "Inbox", "event_type": event, "event_timestamp": mail["time"].replace("Z", "+00:00"),
        "campaign_id": campaign["id"], "campaign_name": campaign["name"], "campaign_status": campaign["status"],
        "client_id": None, "sl_email_lead_id": str(lead["id"]), "sl_email_lead_map_id": lead["_map"],
        "sl_lead_email": lead["email"], "from_email": book.mailbox(account), "to_email": writer or lead["email"],
        "to_name": f"{lead['first_name']} {lead['last_name']}".strip(), "cc_emails": mail["cc"], "subject": mail["subject"],
        "stats_id": mail["stats_id"], "message_id": mail["message_id"], "sequence_number": int(mail["email_seq_number"] or 1),
        "app_url": "https://app.sandbox.example/inbox", "metadata": {"webhook_created_at": "2026-01-05T09:00:00.000Z"}}
    return body | _OWN[event](lead, mail, opened, text, category)


def _reply(lead: Row, mail: Row, opened: Row, text: str, category: str) -> dict[str, Any]:
    return {"reply_message": _message(mail), "reply_body": mail["email_body"], "preview_text": f"{text}\n", "reply_category": None,
            "sent_message": _message(opened), "sent_message_body": opened["email_body"], "time_replied": mail["time"],
            "leadCorrespondence": {"targetLeadEmail": lead["email"], "replyReceivedFrom": mail["from"],
                                   "repliedCompanyDomain": "SameCompany"}}


def _sent(lead: Row, mail: Row, opened: Row, text: str, category: str) -> dict[str, Any]:
    return {"time_sent": mail["time"], "custom_subject": mail["subject"], "custom_email_message": mail["email_body"],
            "sent_message": _message(mail), "sequence_number": int(mail["email_seq_number"] or 0)}


def _bounce(lead: Row, mail: Row, opened: Row, text: str, category: str) -> dict[str, Any]:
    words = text or "550 5.1.1 The e-mail account that you tried to reach does not exist."
    return {"is_bounced": True, "is_sender_originated_bounce": False, "bounce_reply_message_id": "<bounce@sandbox.example>",
            "bounce_reply_email": words, "bounce_reply_email_preview": words[:100], "sent_message": _message(opened),
            "bounce_message": {"message_id": "<bounce@sandbox.example>", "html": f"<p>{words}</p>", "text": words,
                               "time": mail["time"]}}


def _category(lead: Row, mail: Row, opened: Row, text: str, category: str) -> dict[str, Any]:
    mood = {"interested": "positive", "not interested": "negative", "do not contact": "negative"}.get(category.lower(), "neutral")
    return {"lead_id": str(lead["id"]), "lead_email": lead["email"], "lead_name": f"{lead['first_name']} {lead['last_name']}".strip(),
            "lead_data": book.shown(lead) | {"category": {"name": category, "sentiment_type": mood}}, "category": category,
            "lead_category_id": 1, "lead_category": {"old_id": None, "old_name": None, "new_id": 1, "new_name": category},
            "current_sequence": 1, "history": [opened, mail], "lastReply": {"email_body": mail["email_body"], "time": mail["time"],
                                                                            "message_id": mail["message_id"]},
            "event_timestamp": clock.now_iso()}


def _message(mail: Row) -> dict[str, Any]:
    return {"message_id": mail["message_id"], "html": mail["email_body"], "text": html_to_text(mail["email_body"]),
            "time": mail["time"]}


_OWN = {"EMAIL_REPLY": _reply, "LEAD_CATEGORY_UPDATED": _category, "EMAIL_SENT": _sent, "FIRST_EMAIL_SENT": _sent,
        "EMAIL_BOUNCE": _bounce,
        "EMAIL_OPEN": lambda lead, mail, opened, text, category: {"time_opened": clock.now_iso()},
        "EMAIL_LINK_CLICK": lambda lead, mail, opened, text, category: {
            "time_clicked": clock.now_iso(), "link_clicked": ["https://sandbox.example/look"], "link_details": []},
        "LEAD_UNSUBSCRIBED": lambda lead, mail, opened, text, category: {"lead_email": lead["email"]}}
