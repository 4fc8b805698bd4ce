"""What does another program's inbox get of a conversation? The names existing clients read (FACTS section 20.2)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import LeadStatus, Sentiment
from zrg_app.services.leads import naming

ATTENTION = (Sentiment.MEETING_BOOKED, Sentiment.MEETING_REQUESTED, Sentiment.CALL_REQUESTED, Sentiment.INFORMATION_REQUESTED,
             Sentiment.INTERESTED, Sentiment.FOLLOW_UP)
CLASSES = {
    Sentiment.MEETING_BOOKED: "meeting-booked", Sentiment.MEETING_REQUESTED: "meeting-requested",
    Sentiment.CALL_REQUESTED: "call-requested", Sentiment.INFORMATION_REQUESTED: "follow-up", Sentiment.INTERESTED: "interested",
    Sentiment.FOLLOW_UP: "follow-up", Sentiment.NOT_INTERESTED: "not-interested", Sentiment.OUT_OF_OFFICE: "out-of-office",
    Sentiment.AUTOMATED_REPLY: "automated-reply", Sentiment.BLACKLIST: "not-interested"}
_NOT_WAITED_FOR = (LeadStatus.BLACKLISTED, LeadStatus.UNQUALIFIED)

_DESCRIBED = """
select l.id, l.first_name, l.last_name, l.email, l.phone, l.company, l.job_title, l.status, l.sms_dnd, l.sms_dnd_reason,
       l.linkedin_url, l.website, l.company_state, l.enrichment_status, l.workspace_id, l.current_replier_email,
       l.current_replier_name, l.current_replier_since, l.campaign_id, c.channel, c.sentiment, c.snippet, c.subject,
       c.last_message_at, c.has_draft, c.needs_reply, c.done_at, c.snoozed_until, c.assignee_id, c.assigned_at,
       u.email as assignee_email, k.provider as campaign_provider, k.name as campaign_name, g.external_id as ghl_location,
       (select jsonb_object_agg(i.kind, i.value) from lead_identity i where i.lead_id = l.id and i.kind <> 'email') as identities,
       array(select i.value from lead_identity i where i.lead_id = l.id and i.kind = 'email' and i.value <> coalesce(l.email, '')
             order by i.created_at) as alternates,
       array(select distinct m.channel from message m where m.lead_id = l.id order by m.channel) as channels
from lead l join conversation c on c.lead_id = l.id left join app_user u on u.id = c.assignee_id
left join campaign k on k.id = l.campaign_id left join connection g on g.workspace_id = l.workspace_id and g.provider = 'ghl'
where l.id = any(%(ids)s) and l.workspace_id = %(workspace)s
"""


def described(tx: Tx, scope: Scope, lead_ids: list[UUID]) -> list[dict[str, Any]]:
    """Conversations of these leads, in their order, as plain JSON values."""
    found = {row["id"]: row for row in fetch_all(tx, _DESCRIBED, {"ids": lead_ids, "workspace": scope.workspace_id})}
    return [_conversation(found[lead_id]) for lead_id in lead_ids if lead_id in found]


def _conversation(row: dict) -> dict[str, Any]:
    sentiment = row["sentiment"]
    wants = row["needs_reply"] and row["done_at"] is None and sentiment in ATTENTION and row["status"] not in _NOT_WAITED_FOR
    campaign = str(row["campaign_id"]) if row["campaign_id"] else None
    return {
        "id": str(row["id"]), "lead": _lead(row), "channels": row["channels"], "availableChannels": _available(row),
        "primaryChannel": row["channel"], "classification": CLASSES.get(sentiment), "lastMessage": row["snippet"],
        "lastSubject": row["subject"], "lastMessageTime": _iso(row["last_message_at"]), "hasAiDraft": row["has_draft"],
        "requiresAttention": bool(wants), "sentimentTag": sentiment, "campaignId": campaign,
        "emailCampaignId": campaign if row["campaign_provider"] not in (None, "ghl") else None}


def _lead(row: dict) -> dict[str, Any]:
    known = row["identities"] or {}
    sms_campaign = row["campaign_provider"] == "ghl"
    return {
        "id": str(row["id"]), "name": naming.display_name(row["first_name"], row["last_name"], row["email"], row["phone"]),
        "firstName": row["first_name"], "lastName": row["last_name"], "email": row["email"], "alternateEmails": row["alternates"],
        "currentReplierEmail": row["current_replier_email"], "currentReplierName": row["current_replier_name"],
        "currentReplierSince": _iso(row["current_replier_since"]), "phone": row["phone"], "company": row["company"],
        "companyName": row["company"], "companyWebsite": row["website"], "companyState": row["company_state"],
        "title": row["job_title"], "status": row["status"], "smsDndActive": row["sms_dnd"],
        "smsLastBlockedReason": row["sms_dnd_reason"], "clientId": str(row["workspace_id"]),
        "smsCampaignId": str(row["campaign_id"]) if sms_campaign else None,
        "smsCampaignName": row["campaign_name"] if sms_campaign else None, "linkedinUrl": row["linkedin_url"],
        "emailBisonLeadId": known.get("emailbison_lead"), "ghlContactId": known.get("ghl_contact"),
        "ghlLocationId": row["ghl_location"], "enrichmentStatus": row["enrichment_status"],
        "assignedToUserId": str(row["assignee_id"]) if row["assignee_id"] else None,
        "assignedToEmail": row["assignee_email"], "assignedAt": _iso(row["assigned_at"])}


def _available(row: dict) -> list[str]:
    by_channel = {"sms": row["phone"], "email": row["email"], "linkedin": row["linkedin_url"]}
    return [channel for channel, address in by_channel.items() if address]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
