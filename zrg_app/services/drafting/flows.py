"""How is a draft written? Claimed in one transaction, asked of a model outside any, saved in another if still wanted."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from zrg_app.kit import clock, db, ids, logs
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import ModelFailed, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import Draft
from zrg_app.models.vocabulary import DraftStatus, LeadStatus, Sentiment
from zrg_app.services import events, llm
from zrg_app.services.drafting import actions
from zrg_app.services.drafting.checks import Proposal, failed_checks
from zrg_app.services.drafting.context import Context
from zrg_app.services.drafting.policy import Facts, reasons_against
from zrg_app.services.inbox.answered import ANSWERED
from zrg_app.services.jobs import enqueue, job
from zrg_app.services.jobs.registry import REPLY_PRIORITY
from zrg_app.services.sentiment.flows import history_of

log = logs.get_logger()

ATTEMPTS = 2
OUTPUT_TOKENS = {"email": 1600, "sms": 900, "linkedin": 1200}
PASSING = {"down", "busy"}
LOST_AFTER = timedelta(minutes=2)

SCHEMA: dict[str, Any] = {
    "type": "object", "additionalProperties": False, "required": ["body", "reason", "confidence"],
    "properties": {"body": {"type": "string"}, "reason": {"type": "string"}, "confidence": {"type": "number"}}}

_TRIGGER = f"""
select m.id, m.lead_id, m.channel, m.body, m.subject, m.from_address, c.sentiment, l.status, l.first_name, l.company,
       m.sent_at > m.created_at - interval '30 days' and not {ANSWERED.format(reply="m")} as needs_reply,
       l.job_title, s.draft_generation_enabled, s.draft_generation_model, s.ai_persona_name, s.ai_tone, s.ai_signature,
       s.ai_goals, s.company_name, s.service_description, w.name as workspace_name, k.name as campaign,
       not exists (select from message later where later.lead_id = m.lead_id and later.direction = 'inbound'
                   and (later.sent_at, later.id) > (m.sent_at, m.id)) as is_newest
from message m join conversation c on c.lead_id = m.lead_id join lead l on l.id = m.lead_id
join workspace_settings s on s.workspace_id = m.workspace_id join workspace w on w.id = m.workspace_id
left join campaign k on k.id = l.campaign_id
where m.id = %(message)s and m.workspace_id = %(workspace)s
"""
_CLAIM = """
insert into draft (id, workspace_id, lead_id, trigger_message_id, channel, status, created_at, updated_at)
values (%(id)s, %(workspace)s, %(lead)s, %(message)s, %(channel)s, 'writing', %(now)s, %(now)s)
on conflict (trigger_message_id, channel) do nothing returning id
"""
_LOST = """
select d.id, d.workspace_id from draft d where d.status = 'writing' and d.updated_at < %(before)s
  and not exists (select from background_job j where j.draft_id = d.id and j.status in ('PENDING', 'RUNNING')) limit 200
"""
_NEIGHBOURS = """
select distinct first_name from lead where workspace_id = %(workspace)s and id <> %(lead)s and company = %(company)s
  and company <> '' and first_name <> '' limit 20
"""


@job("drafting.draft_reply", priority=REPLY_PRIORITY)
def draft_reply(tx: Tx, scope: Scope, *, message_id: UUID) -> None:
    """Start a draft for a reply that was understood, once per message and channel, if one is wanted."""
    row = _trigger(tx, scope, message_id)
    if row is None or reasons_against(_facts(row, asked_for=False)) or not llm.is_available():
        return
    draft_id = ids.new_id()
    claimed = fetch_one(tx, _CLAIM, {"id": draft_id, "workspace": scope.workspace_id, "lead": row["lead_id"],
                                     "message": message_id, "channel": row["channel"], "now": clock.now()})
    if claimed:
        # Without the lead: see `actions.regenerate`.
        enqueue(tx, scope, "drafting.write", draft_id=draft_id, generation=1, priority=REPLY_PRIORITY)
        events.tell_screens(tx, scope, ("composer",), row["lead_id"])


@job("drafting.write", tries=4, priority=REPLY_PRIORITY)
def write(scope: Scope, *, draft_id: UUID, generation: int) -> None:
    """Write one generation of a draft; a draft that was rejected or rewritten meanwhile is left alone."""
    with db.transaction(scope) as tx:
        draft = tx.scalars(select(Draft).where(Draft.id == draft_id)).first()
        if draft is None or draft.status != DraftStatus.WRITING or draft.generation != generation:
            return
        row = _trigger(tx, scope, draft.trigger_message_id)
        history = history_of(tx, scope, draft.lead_id)
        neighbours = fetch_all(tx, _NEIGHBOURS, {"workspace": scope.workspace_id, "lead": draft.lead_id, "company": row["company"]})
    context = _context(row, history, draft.instruction or "")
    others = tuple(one["first_name"] for one in neighbours if one["first_name"] != row["first_name"])
    try:
        answer, mistakes = _write(scope, row, context, others)
    except ModelFailed as failed:
        _keep_failure(scope, draft_id, generation, failed)
        if failed.reason in PASSING:
            raise
        return
    _keep(scope, draft_id, generation, row, answer, mistakes)


@job("drafting.sweep")
def sweep(tx: Tx, scope: Scope) -> None:
    """Mark drafts as failed whose writing was given up, in all workspaces, so that no screen waits for ever."""
    for lost in fetch_all(tx, _LOST, {"before": clock.now() - LOST_AFTER}):
        within = scope.within(lost["workspace_id"])
        draft = actions.locked(tx, within, lost["id"])
        if draft.status == DraftStatus.WRITING:
            _give_up(tx, within, draft, draft.error or "The writer gave up; write it again.", rejected=False)


def _write(scope: Scope, row: dict, context: Context, others: tuple[str, ...]) -> tuple[llm.Answer, tuple[str, ...]]:
    mistakes: tuple[str, ...] = ()
    for _ in range(ATTEMPTS):
        asked = Context(channel=context.channel, first_name=context.first_name, sentiment=context.sentiment, facts=context.facts,
                        history=context.history, newest=context.newest, instruction=context.instruction, mistakes=mistakes)
        answer = llm.ask(scope, purpose="drafting", prompt=llm.prompt("drafting.reply"), text=asked.text(), schema_name="draft_reply",
                         schema=SCHEMA, model=row["draft_generation_model"] or settings().draft_model,
                         max_output_tokens=OUTPUT_TOKENS[context.channel], lead_id=row["lead_id"])
        body = str(answer.data.get("body", "")).replace("\x00", "").strip()
        mistakes = failed_checks(Proposal(channel=context.channel, body=body, known_text=context.known_text(), other_names=others))
        if not mistakes:
            break
    return answer, mistakes


def _keep(scope: Scope, draft_id: UUID, generation: int, row: dict, answer: llm.Answer, mistakes: tuple[str, ...]) -> None:
    with db.transaction(scope) as tx:
        draft = _still_wanted(tx, scope, draft_id, generation)
        if draft is None:
            return
        again = _trigger(tx, scope, draft.trigger_message_id)
        against = reasons_against(_facts(again, asked_for=generation > 1))
        prompt = llm.prompt("drafting.reply")
        draft.body = draft.original_body = str(answer.data.get("body", "")).replace("\x00", "").strip()
        draft.subject, draft.model, draft.interaction_id = row["subject"], answer.model, answer.interaction_id
        draft.reason = " ".join(str(answer.data.get("reason", "")).split())[:300]
        draft.confidence = _share(answer.data.get("confidence"))
        draft.prompt_key, draft.prompt_hash, draft.updated_at = prompt.key, prompt.hash, clock.now()
        if mistakes or against:
            _give_up(tx, scope, draft, "; ".join(mistakes or against), rejected=bool(against))
            return
        draft.status, draft.error = DraftStatus.PENDING, None
        tx.flush()
        actions.show_waiting(tx, draft.lead_id)
        events.record(tx, scope, events.DraftReady(lead_id=draft.lead_id, draft_id=draft_id, channel=draft.channel))


def _keep_failure(scope: Scope, draft_id: UUID, generation: int, failed: ModelFailed) -> None:
    with db.transaction(scope) as tx:
        draft = _still_wanted(tx, scope, draft_id, generation)
        if draft is None:
            return
        if failed.reason in PASSING:
            draft.error, draft.updated_at = failed.sentence, clock.now()
            events.tell_screens(tx, scope, ("composer",), draft.lead_id)
            return
        _give_up(tx, scope, draft, failed.sentence, rejected=False)


def _still_wanted(tx: Tx, scope: Scope, draft_id: UUID, generation: int) -> Draft | None:
    """The draft, locked, unless it went with its lead or was decided on or rewritten while the model wrote."""
    try:
        draft = actions.locked(tx, scope, draft_id)
    except NotFound:
        return None
    return draft if draft.status == DraftStatus.WRITING and draft.generation == generation else None


def _give_up(tx: Tx, scope: Scope, draft: Draft, reason: str, *, rejected: bool) -> None:
    draft.status = DraftStatus.REJECTED if rejected else DraftStatus.FAILED
    draft.error, draft.rejected_reason = reason, reason if rejected else None
    tx.flush()
    events.record(tx, scope, events.DraftFailed(lead_id=draft.lead_id, draft_id=draft.id, reason=reason))


def _trigger(tx: Tx, scope: Scope, message_id: UUID) -> dict | None:
    return fetch_one(tx, _TRIGGER, {"message": message_id, "workspace": scope.workspace_id})


def _facts(row: dict, *, asked_for: bool) -> Facts:
    return Facts(sentiment=Sentiment(row["sentiment"]), status=LeadStatus(row["status"]), enabled=row["draft_generation_enabled"],
                 is_newest_inbound=row["is_newest"], waits_for_answer=row["needs_reply"],
                 from_address=row["from_address"] or "", asked_for=asked_for)


def _context(row: dict, history: list[dict], instruction: str) -> Context:
    sender = row["ai_persona_name"] or row["company_name"] or row["workspace_name"]
    facts = {
        "sender_name": sender, "sender_company": row["company_name"] or row["workspace_name"], "tone": row["ai_tone"],
        "goal": row["ai_goals"] or "", "what we offer": row["service_description"] or "", "signature": row["ai_signature"] or "",
        "lead company": row["company"] or "", "lead job title": row["job_title"] or "", "campaign": row["campaign"] or ""}
    return Context(channel=row["channel"], first_name=row["first_name"], sentiment=row["sentiment"], facts=facts, history=history,
                   newest=row["body"], instruction=instruction)


def _share(value: object) -> float:
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float) else 0.0
