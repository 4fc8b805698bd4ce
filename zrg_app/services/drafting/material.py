"""What is a draft made of? Everything known at the moment of writing, read in one transaction and then held against the draft."""

from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services import booking, knowledge, llm
from zrg_app.services.booking import OfferedTimeView
from zrg_app.services.inbox.answered import ANSWERED
from zrg_app.services.knowledge import CompanyView, MemoryView, Passage, PersonaView
from zrg_app.services.llm import Prompt
from zrg_app.services.sentiment.flows import history_of

PROMPTS = ("drafting.reply",)

_TRIGGER = f"""
select m.id, m.lead_id, m.channel, m.body, m.subject, m.from_address, m.sent_at, c.sentiment, l.status, l.first_name, l.last_name,
       l.company, l.job_title, l.timezone, l.campaign_id, l.phone, k.name as campaign,
       m.sent_at > m.created_at - interval '30 days' and not {ANSWERED.format(reply="m")} as needs_reply,
       s.draft_generation_enabled, s.draft_generation_model, s.draft_verification_enabled, s.draft_verification_model,
       not exists (select from message later where later.lead_id = m.lead_id and later.direction = 'inbound'
                   and (later.sent_at, later.id) > (m.sent_at, m.id)) as is_newest
from message m join conversation c on c.lead_id = m.lead_id join lead l on l.id = m.lead_id
join workspace_settings s on s.workspace_id = m.workspace_id left join campaign k on k.id = l.campaign_id
where m.id = %(message)s and m.workspace_id = %(workspace)s
"""
_NEIGHBOURS = """
select distinct first_name from lead where workspace_id = %(workspace)s and id <> %(lead)s and company = %(company)s
  and company <> '' and first_name <> '' limit 20
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All a draft may draw on. `times` are free and offered in `zone`; `neighbours` are first names that are not the lead's."""

    lead_id: UUID | None
    message_id: UUID | None
    channel: str
    subject: str
    sentiment: str
    newest: str
    history: list[dict]
    persona: PersonaView
    company: CompanyView
    prompts: dict[str, Prompt]
    model: str
    verifier_model: str = ""
    verifies: bool = True
    lead: dict[str, str] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    memory: tuple[MemoryView, ...] = ()
    website: str = ""
    zone: str = "America/Los_Angeles"
    times: tuple[OfferedTimeView, ...] = ()
    offered: tuple[OfferedTimeView, ...] = ()
    booking_instructions: str = ""
    neighbours: tuple[str, ...] = ()
    instruction: str = ""


def trigger(tx: Tx, scope: Scope, message_id: UUID) -> dict | None:
    """The reply to answer with its lead, conversation and settings, as one row; None when it is gone."""
    return fetch_one(tx, _TRIGGER, {"message": message_id, "workspace": scope.workspace_id})


def gather(tx: Tx, scope: Scope, message_id: UUID, *, instruction: str = "") -> Material | None:
    """Read everything for an answer to this message; None when it is gone."""
    row = trigger(tx, scope, message_id)
    if row is None:
        return None
    lead_id, company = row["lead_id"], knowledge.company(tx, scope)
    zone = _zone(row["timezone"], company.zone)
    others = fetch_all(tx, _NEIGHBOURS, {"workspace": scope.workspace_id, "lead": lead_id, "company": row["company"]})
    return Material(
        lead_id=lead_id, message_id=message_id, channel=row["channel"], subject=row["subject"] or "", sentiment=row["sentiment"],
        newest=row["body"], history=history_of(tx, scope, lead_id), persona=knowledge.persona_for(tx, scope, row["campaign_id"]),
        company=company, prompts={key: llm.prompt_for(tx, scope, key) for key in PROMPTS},
        model=row["draft_generation_model"] or settings().draft_model, verifier_model=row["draft_verification_model"] or "",
        verifies=row["draft_verification_enabled"],
        lead={"first_name": row["first_name"], "last_name": row["last_name"], "company": row["company"] or "",
              "job_title": row["job_title"] or "", "campaign": row["campaign"] or ""},
        passages=knowledge.find(tx, scope, row["body"]), memory=knowledge.memory_of(tx, scope, lead_id),
        website=knowledge.website(tx, scope), zone=zone, times=booking.offer(tx, scope, lead_id, zone=zone),
        offered=booking.offered_to(tx, scope, lead_id), instruction=instruction,
        neighbours=tuple(one["first_name"] for one in others if one["first_name"] != row["first_name"]))


def _zone(theirs: str | None, ours: str) -> str:
    try:
        return ZoneInfo(theirs).key if theirs else ours
    except (ValueError, OSError):
        return ours
