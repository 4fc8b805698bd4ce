"""What is known of a lead? Reads for the panel beside the conversation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from psycopg.rows import namedtuple_row

from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.reads import Read, answer
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import LeadStatus, MergeStatus, Sentiment
from zrg_app.services.leads import company, naming
from zrg_app.services.leads.views import LeadPanel, MergeView, SuggestionView

_KIN = """
select m.id, m.keep_id, m.status, m.reason, m.decided_by_name, m.decided_at, o.id as other_id, o.first_name, o.last_name, o.email,
       o.phone from lead_merge m join lead o on o.id = case when m.keep_id = l.id then m.gone_id else m.keep_id end
where m.status = 'merged' and m.keep_id = l.id
   or m.status = 'suggested' and l.id in (m.keep_id, m.gone_id) and o.merged_into is null
order by m.created_at desc, m.id desc limit 20
"""
# One statement for all of it, because every click on a conversation runs it.
_PANEL = f"""
select l.*, c.name as campaign_name, u.name as owner_name, v.sentiment, v.sentiment_reason, v.sentiment_source,
       array(select i.value from lead_identity i where i.lead_id = l.id and i.kind = 'email' and i.value <> coalesce(l.email, '')
             order by i.created_at) as alternate_emails,
       array(select i.value from lead_identity i where i.lead_id = l.id and i.kind = 'phone' and i.value <> coalesce(l.phone, '')
             order by i.created_at) as alternate_phones,
       (l.phone is null or l.linkedin_url is null) and l.opted_out_at is null and exists (
         select from connection k where k.workspace_id = l.workspace_id and k.provider = 'clay') as may_look_up,
       array(select to_jsonb(k) from ({_KIN}) k) as kin, array(select to_jsonb(o) from ({company.COLLEAGUES}) o) as colleagues
from lead l
left join campaign c on c.id = l.campaign_id
left join conversation v on v.lead_id = l.id
left join app_user u on u.id = v.assignee_id
where l.id = %(lead)s and l.workspace_id = %(workspace)s
"""
_FREE_MAIL = sorted(company.FREE_MAIL)


def panel(tx: Tx, scope: Scope, lead_id: UUID) -> LeadPanel:
    """Everything the lead panel shows; instants are ISO, `local_time` is HH:MM where the lead is. Raises NotFound."""
    return answer(tx, panel_read(scope, lead_id))


def panel_read(scope: Scope, lead_id: UUID) -> Read[LeadPanel]:
    """What `panel` reads, to be asked together with other things."""
    return Read(_PANEL, {"lead": lead_id, "workspace": scope.workspace_id, "free_mail": _FREE_MAIL}, _panel, namedtuple_row)


def _panel(rows: Sequence[Any]) -> LeadPanel:
    if not rows:
        raise NotFound("There is no such lead.")
    (row,) = rows
    sources, name = row.facts.get("sources") or {}, naming.display_name(row.first_name, row.last_name, row.email, row.phone)
    others, how_many = company.colleagues(row.colleagues)
    return LeadPanel(
        lead_id=str(row.id), name=name, initials=naming.initials(name), hue=naming.hue(row.id), job_title=row.job_title or "",
        company=row.company or "", email=row.email or "", alternate_emails=tuple(row.alternate_emails),
        alternate_phones=tuple(row.alternate_phones), phone=row.phone or "",
        linkedin_url=row.linkedin_url or "", website=row.website or "", local_time=local_time(row.timezone, clock.now()),
        timezone=row.timezone or "", campaign=row.campaign_name or "", owner=row.owner_name or "", status=row.status,
        sentiment=row.sentiment or Sentiment.NEW, sentiment_reason=row.sentiment_reason or "",
        sentiment_source=row.sentiment_source or "", blacklisted=row.status == LeadStatus.BLACKLISTED,
        blacklist_reason=row.blacklist_reason or "", sms_dnd=row.sms_dnd, sms_dnd_reason=row.sms_dnd_reason or "",
        current_replier=row.current_replier_name or row.current_replier_email or "", created_at=row.created_at.isoformat(),
        phone_source=str(sources.get("phone", "")), linkedin_source=str(sources.get("linkedin_url", "")),
        title_source=str(sources.get("job_title", "")), enrichment=row.enrichment_status or "", may_look_up=row.may_look_up,
        auto_reply=row.auto_reply,
        merges=_merges(row.kin), suggestions=_suggestions(row.kin), own_name=f"{row.first_name} {row.last_name}".strip(),
        company_state=row.company_state or "", industry=row.industry or "", employee_headcount=row.employee_headcount or "",
        scheduling_link=str(row.facts.get("scheduling_link") or ""), updated_at=row.updated_at.isoformat(), colleagues=others,
        colleague_count=how_many)


def _merges(kin: Sequence[dict]) -> tuple[MergeView, ...]:
    merged = [row for row in kin if row["status"] == MergeStatus.MERGED]
    return tuple(MergeView(id=row["id"], name=_name(row), reason=row["reason"], by=row["decided_by_name"] or "", is_newest=number == 0,
                           at=datetime.fromisoformat(row["decided_at"]).isoformat() if row["decided_at"] else "")
                 for number, row in enumerate(merged))


def _suggestions(kin: Sequence[dict]) -> tuple[SuggestionView, ...]:
    return tuple(SuggestionView(id=row["id"], lead_id=row["other_id"], name=_name(row), reason=row["reason"])
                 for row in kin if row["status"] == MergeStatus.SUGGESTED)


def _name(row: dict) -> str:
    return naming.display_name(row["first_name"], row["last_name"], row["email"], row["phone"])


def local_time(timezone: str | None, now: datetime) -> str:
    """The wall clock at `timezone` as HH:MM; empty for an unknown zone. Pure."""
    try:
        return now.astimezone(ZoneInfo(timezone)).strftime("%H:%M") if timezone else ""
    except (ZoneInfoNotFoundError, ValueError):
        return ""
