"""What is known of a draft when somebody in Slack is asked about it? Read in one look, as it stands now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox.answered import ANSWERED

_CASE = f"""
select d.id as draft_id, d.lead_id, d.channel, d.status, d.generation, d.body, d.error, d.rejected_reason,
       trim(l.first_name || ' ' || l.last_name) as lead, l.company, l.status = 'blacklisted' as is_blacklisted, k.name as campaign,
       m.body as inbound, c.snoozed_until, s.timezone as zone, coalesce(z.confidence, d.confidence) as confidence, z.threshold,
       z.id is not null as is_decided, case when z.outcome is null then z.due_at end as due_at, o.id as outbound_id,
       o.status as outbound, o.sent_by, o.not_before, o.sent_at, o.error as outbound_error,
       {ANSWERED.format(reply="m")} as is_answered
from draft d join lead l on l.id = d.lead_id join message m on m.id = d.trigger_message_id
join conversation c on c.lead_id = d.lead_id join workspace_settings s on s.workspace_id = d.workspace_id
left join campaign k on k.id = l.campaign_id
left join auto_send_decision z on z.draft_id = d.id and z.generation = d.generation and not z.is_shadow
left join lateral (select * from outbound_message where draft_id = d.id order by created_at desc, id desc limit 1) o on true
where d.id = %(draft)s and d.workspace_id = %(workspace)s
"""
_WHO = """
select distinct on (kind) kind, actor_kind, actor_name, data ->> 'disposition' as disposition, data ->> 'reason' as reason
from audit_event
where lead_id = %(lead)s and workspace_id = %(workspace)s and (
  (kind in ('sending.queued', 'sending.undone') and data ->> 'outbound_id' = %(outbound)s)
  or (kind = 'autosend.decided' and data ->> 'draft_id' = %(draft)s and data ->> 'is_shadow' = 'false')
  or (kind = 'drafting.rejected' and data ->> 'draft_id' = %(draft)s)
  or (kind = 'inbox.changed' and data ->> 'change' = 'snoozed'))
order by kind, created_at desc, id desc
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A draft with its lead, the message it answers, the decision about it, and its newest message on the way out.

    `due_at` is when it leaves by itself, if it does. The names of those who let it go, took it back, discarded it or snoozed the
    conversation are empty where no person did.
    """

    workspace_id: UUID
    draft_id: UUID
    lead_id: UUID
    channel: str
    status: str
    generation: int
    body: str
    error: str
    rejected_reason: str
    lead: str
    company: str
    is_blacklisted: bool
    campaign: str
    inbound: str
    snoozed_until: datetime | None
    zone: str
    confidence: float | None
    threshold: float | None
    reason: str
    due_at: datetime | None
    outbound: str
    by_ai: bool
    leaves_at: datetime | None
    sent_at: datetime | None
    outbound_error: str
    is_answered: bool
    is_edited: bool
    sender: str
    undone_by: str
    rejected_by: str
    snoozed_by: str


def read(tx: Tx, scope: Scope, draft_id: UUID) -> Case | None:
    """The case of a draft; None when it is not here (any more)."""
    row = fetch_one(tx, _CASE, {"draft": draft_id, "workspace": scope.workspace_id})
    if row is None:
        return None
    told = fetch_all(tx, _WHO, {"lead": row["lead_id"], "workspace": scope.workspace_id, "draft": str(draft_id),
                                "outbound": str(row["outbound_id"])})
    who = {each["kind"]: each["actor_name"] for each in told if each["actor_kind"] in ("user", "token")}
    edited = any(each["disposition"] == "EDITED" for each in told)
    # Said anew when what was to leave by itself is held at the last moment, so the fact knows it and not the decision.
    reason = next((each["reason"] or "" for each in told if each["kind"] == "autosend.decided"), "") if row["is_decided"] else ""
    names = {"sender": who.get("sending.queued", ""), "undone_by": who.get("sending.undone", ""),
             "rejected_by": who.get("drafting.rejected", ""), "snoozed_by": who.get("inbox.changed", "")}
    kept = ("draft_id", "lead_id", "channel", "status", "generation", "body", "lead", "is_blacklisted", "inbound", "snoozed_until",
            "zone", "confidence", "threshold", "due_at", "sent_at", "is_answered")
    texts = ("error", "rejected_reason", "company", "campaign", "outbound", "outbound_error")
    return Case(workspace_id=scope.workspace_id, leaves_at=row["not_before"], by_ai=row["sent_by"] == "ai", is_edited=edited,
                reason=reason, **{name: row[name] for name in kept},
                **{name: row[name] or "" for name in texts}, **names)
