"""What is a draft made of? Everything known at the moment of writing, read in one transaction and then held against the draft."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from zrg_app.kit import clock
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services import booking, knowledge, llm, meetings
from zrg_app.services.booking import OfferedTimeView
from zrg_app.services.drafting.archetypes import ARCHETYPES
from zrg_app.services.drafting.signature import SignatureFacts, signature_facts
from zrg_app.services.inbox.answered import ANSWERED
from zrg_app.services.knowledge import CompanyView, MemoryView, Passage, PersonaView
from zrg_app.services.llm import Prompt
from zrg_app.services.sentiment.flows import history_of

PROMPTS = ("drafting.strategy", "drafting.generation", "drafting.verification", "drafting.reply", "drafting.sms", "drafting.linkedin")
LENGTH = (220, 1200)

_TRIGGER = f"""
select m.id, m.lead_id, m.channel, m.body, m.subject, m.from_address, m.sent_at, c.sentiment, l.status, l.first_name, l.last_name,
       l.company, l.job_title, l.timezone, l.campaign_id, l.phone, l.email, l.website, k.name as campaign,
       coalesce(nullif(m.from_name, ''), l.current_replier_name) as from_name,
       m.sent_at > m.created_at - interval '30 days' and not {ANSWERED.format(reply="m")} as needs_reply,
       s.draft_generation_enabled, s.draft_generation_model, s.draft_verification_enabled, s.draft_verification_model,
       not exists (select from message later where later.lead_id = m.lead_id and later.direction = 'inbound'
                   and (later.sent_at, later.id) > (m.sent_at, m.id)) as is_newest
from message m join conversation c on c.lead_id = m.lead_id join lead l on l.id = m.lead_id
join workspace_settings s on s.workspace_id = m.workspace_id left join campaign k on k.id = l.campaign_id
where m.id = %(message)s and m.workspace_id = %(workspace)s
"""
_ORIGINAL = "select raw_text, raw_html from message where id = %(message)s and workspace_id = %(workspace)s"
_NEIGHBOURS = """
select distinct first_name from lead where workspace_id = %(workspace)s and id <> %(lead)s and company = %(company)s
  and company <> '' and first_name <> '' limit 20
"""
# Whom the team writes to these days: whose data a draft would take by mistake, if any's.
_STRANGERS = """
select first_name, last_name, company from lead where workspace_id = %(workspace)s and id <> %(lead)s and merged_into is null
order by updated_at desc, id desc limit 200
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All a draft may draw on, as it was `at` that moment. `times` are free and offered in `zone`.

    `neighbours` are first names that are not the lead's; `strangers` full names and companies of other leads. `archetype` is a
    shape that was asked for (the strategy chooses one else), `previous` the draft that is to be written again. `lead_id` and
    `message_id` are None where something is tried out that is in no table.
    """

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
    meeting: datetime | None = None
    booking_instructions: str = ""
    neighbours: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    signature: SignatureFacts = field(default_factory=SignatureFacts)
    instruction: str = ""
    archetype: str = ""
    archetypes: dict[str, str] = field(default_factory=dict)
    previous: str = ""
    fast: bool = False
    length: tuple[int, int] = LENGTH
    forbidden: tuple[str, ...] = ()
    sent_at: datetime | None = None
    at: datetime = field(default_factory=clock.now)


def trigger(tx: Tx, scope: Scope, message_id: UUID) -> dict | None:
    """The reply to answer with its lead, conversation and settings, as one row; None when it is gone."""
    return fetch_one(tx, _TRIGGER, {"message": message_id, "workspace": scope.workspace_id})


def gather(tx: Tx, scope: Scope, message_id: UUID, *, instruction: str = "", archetype: str = "", previous: str = "",
           fast: bool = False) -> Material | None:
    """Read everything for an answer to this message; None when it is gone."""
    row = trigger(tx, scope, message_id)
    if row is None:
        return None
    lead_id, company = row["lead_id"], knowledge.company(tx, scope)
    zone = _zone(row["timezone"], company.zone)
    known = {"workspace": scope.workspace_id, "lead": lead_id, "company": row["company"], "message": message_id}
    original = fetch_one(tx, _ORIGINAL, known) or {}
    persona = knowledge.spoken(knowledge.persona_for(tx, scope, row["campaign_id"]), company=company.name, lead=_lead(row))
    return Material(
        lead_id=lead_id, message_id=message_id, channel=row["channel"], subject=row["subject"] or "", sentiment=row["sentiment"],
        newest=row["body"], history=history_of(tx, scope, lead_id), persona=persona,
        company=company, prompts={key: llm.prompt_for(tx, scope, key) for key in PROMPTS},
        model=row["draft_generation_model"] or settings().draft_model,
        verifier_model=row["draft_verification_model"] or settings().verifier_model, verifies=row["draft_verification_enabled"],
        lead=_lead(row), passages=knowledge.find(tx, scope, row["body"]), memory=knowledge.memory_of(tx, scope, lead_id),
        website=knowledge.website(tx, scope), zone=zone, times=booking.offer(tx, scope, lead_id, zone=zone),
        offered=booking.offered_to(tx, scope, lead_id), meeting=_meeting(tx, scope, lead_id),
        neighbours=_neighbours(tx, known, row["first_name"]), strangers=_strangers(tx, known, row),
        signature=signature_facts(row["body"], original.get("raw_text") or "", original.get("raw_html") or "", row["from_name"] or ""),
        archetypes={name: llm.snippet(tx, scope, f"archetype.{name}") for name in ARCHETYPES}, length=llm.email_length(tx, scope),
        forbidden=llm.forbidden_terms(tx, scope), booking_instructions=llm.snippet(tx, scope, "booking_instructions"),
        instruction=instruction, archetype=archetype, previous=previous, fast=fast, sent_at=row["sent_at"])


def _lead(row: dict) -> dict[str, str]:
    names = ("first_name", "last_name", "company", "job_title", "campaign", "email", "phone", "website", "from_name")
    return {name: row[name] or "" for name in names}


def _neighbours(tx: Tx, known: dict, first_name: str) -> tuple[str, ...]:
    return tuple(one["first_name"] for one in fetch_all(tx, _NEIGHBOURS, known) if one["first_name"] != first_name)


def _strangers(tx: Tx, known: dict, row: dict) -> tuple[str, ...]:
    own = {(row["company"] or "").lower(), f"{row['first_name']} {row['last_name']}".strip().lower(), ""}
    others = fetch_all(tx, _STRANGERS, known)
    people = [f"{one['first_name']} {one['last_name']}" for one in others if one["first_name"] and one["last_name"]]
    found = [*people, *(one["company"] or "" for one in others)]
    return tuple(dict.fromkeys(name for name in found if name.lower() not in own))


def _meeting(tx: Tx, scope: Scope, lead_id: UUID) -> datetime | None:
    found = meetings.current(tx, scope, lead_id)
    starts_at = datetime.fromisoformat(found.starts_at) if found and found.starts_at and found.status != "canceled" else None
    return starts_at if starts_at and starts_at > clock.now() else None


def _zone(theirs: str | None, ours: str) -> str:
    try:
        return ZoneInfo(theirs).key if theirs else ours
    except (KeyError, ValueError, OSError):
        return ours
