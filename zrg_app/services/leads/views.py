"""What may a screen see of a lead? Plain frozen values; rows never leave the services."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPanel:
    """What the right-hand panel shows of a lead."""

    lead_id: str
    name: str
    initials: str
    hue: int
    job_title: str
    company: str
    email: str
    alternate_emails: tuple[str, ...]
    phone: str
    linkedin_url: str
    website: str
    local_time: str
    timezone: str
    campaign: str
    owner: str
    status: str
    sentiment: str
    sentiment_reason: str
    sentiment_source: str
    blacklisted: bool
    blacklist_reason: str
    sms_dnd: bool
    sms_dnd_reason: str
    current_replier: str
    created_at: str
