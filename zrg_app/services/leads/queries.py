"""What is known of a lead? Reads for the panel beside the conversation."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import text

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import LeadStatus, Sentiment
from zrg_app.services.leads import naming
from zrg_app.services.leads.views import LeadPanel

_PANEL = text("""
select l.*, c.name as campaign_name, u.name as owner_name, v.sentiment, v.sentiment_reason, v.sentiment_source,
       array(select i.value from lead_identity i where i.lead_id = l.id and i.kind = 'email' and i.value <> coalesce(l.email, '')
             order by i.created_at) as alternate_emails
from lead l
left join campaign c on c.id = l.campaign_id
left join conversation v on v.lead_id = l.id
left join app_user u on u.id = v.assignee_id
where l.id = :lead_id and l.workspace_id = :workspace_id
""")


def panel(tx: Tx, scope: Scope, lead_id: UUID) -> LeadPanel:
    """Everything the lead panel shows; instants are ISO, `local_time` is HH:MM where the lead is. Raises NotFound."""
    row = tx.execute(_PANEL, {"lead_id": lead_id, "workspace_id": scope.workspace_id}).one_or_none()
    if row is None:
        raise NotFound("There is no such lead.")
    name = naming.display_name(row.first_name, row.last_name, row.email, row.phone)
    return LeadPanel(
        lead_id=str(row.id), name=name, initials=naming.initials(name), hue=naming.hue(row.id), job_title=row.job_title or "",
        company=row.company or "", email=row.email or "", alternate_emails=tuple(row.alternate_emails), phone=row.phone or "",
        linkedin_url=row.linkedin_url or "", website=row.website or "", local_time=local_time(row.timezone, clock.now()),
        timezone=row.timezone or "", campaign=row.campaign_name or "", owner=row.owner_name or "", status=row.status,
        sentiment=row.sentiment or Sentiment.NEW, sentiment_reason=row.sentiment_reason or "",
        sentiment_source=row.sentiment_source or "", blacklisted=row.status == LeadStatus.BLACKLISTED,
        blacklist_reason=row.blacklist_reason or "", sms_dnd=row.sms_dnd, sms_dnd_reason=row.sms_dnd_reason or "",
        current_replier=row.current_replier_name or row.current_replier_email or "", created_at=row.created_at.isoformat())


def local_time(timezone: str | None, now: datetime) -> str:
    """The wall clock at `timezone` as HH:MM; empty for an unknown zone. Pure."""
    try:
        return now.astimezone(ZoneInfo(timezone)).strftime("%H:%M") if timezone else ""
    except (ZoneInfoNotFoundError, ValueError):
        return ""
