"""What does Instantly post to the product when something happens to a lead? (reference 4.3)"""

from typing import Any

from sandbox import clock
from sandbox.instantly import book
from sandbox.store import Row
from sandbox.world import World

WRITTEN = ("reply_received", "auto_reply_received", "lead_interested")
EVENTS = (*WRITTEN, "email_sent", "email_opened", "email_link_clicked", "email_bounced", "lead_unsubscribed", "account_error",
          "campaign_completed", "lead_neutral", "lead_not_interested", "lead_meeting_booked", "lead_meeting_completed",
          "lead_closed", "lead_out_of_office", "lead_wrong_person", "lead_no_show", "supersearch_enrichment_completed")
_ABOUT_MAIL = ("email_sent", "email_opened", "email_link_clicked", "email_bounced")
_ABOUT_NOBODY = ("account_error", "campaign_completed", "supersearch_enrichment_completed")


def event_body(world: World, event: str, workspace: str, lead: Row, mail: Row, text: str = "") -> dict[str, Any]:
    """Build the flat body of one event about `mail`; `text` is what was newly written."""
    campaign = book.campaign(world, workspace)
    body = {"timestamp": mail["timestamp_email"] if event in (*WRITTEN, "email_sent") else clock.now_iso(), "event_type": event,
            "workspace": book.tenant(world, workspace), "campaign_id": campaign["id"], "campaign_name": campaign["name"],
            "email_account": mail["eaccount"]}
    if event in _ABOUT_NOBODY:
        return body
    body |= {"lead_email": lead["email"], "firstName": lead["first_name"], "lastName": lead["last_name"],
             "companyName": lead["company_name"], "phone": lead["phone"], "is_first": True}
    if event in _ABOUT_MAIL or event == "lead_unsubscribed":
        body |= {"step": 1, "variant": 1, "email_id": mail["id"]} if mail["ue_type"] == book.CAMPAIGN else {"email_id": mail["id"]}
    if event == "email_sent":
        body |= {"email_subject": mail["subject"], "email_text": mail["body"]["text"], "email_html": mail["body"]["html"]}
    if event in WRITTEN:
        body |= {"email_id": mail["id"], "reply_subject": mail["subject"], "reply_text": mail["body"]["text"],
                 "reply_html": mail["body"]["html"], "reply_text_snippet": text[:80], "step": 1, "variant": 1,
                 "unibox_url": f"https://app.sandbox.example/unibox?thread={mail['thread_id']}"}
    return body
