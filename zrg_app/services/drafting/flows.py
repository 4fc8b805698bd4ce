"""How is a draft written? Claimed in one transaction, asked of a model outside any, saved in another if still wanted."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import select

from zrg_app.kit import clock, db, ids, logs
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import ModelFailed, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import Draft
from zrg_app.models.vocabulary import DraftStatus, LeadStatus, Sentiment
from zrg_app.services import events, llm
from zrg_app.services.drafting import actions
from zrg_app.services.drafting.asking import Unwritten
from zrg_app.services.drafting.composing import Composed, compose
from zrg_app.services.drafting.material import Material, gather, trigger
from zrg_app.services.drafting.policy import Facts, reasons_against
from zrg_app.services.drafting.recalling import recall
from zrg_app.services.jobs import enqueue, job
from zrg_app.services.jobs.registry import BULK_PRIORITY, REPLY_PRIORITY

log = logs.get_logger()

LOST_AFTER = timedelta(minutes=2)
LEAST_WORTH_NOTING = 20

_CLAIM = """
insert into draft (id, workspace_id, lead_id, trigger_message_id, channel, status, created_at, updated_at)
values (%(id)s, %(workspace)s, %(lead)s, %(message)s, %(channel)s, 'writing', %(now)s, %(now)s)
on conflict (trigger_message_id, channel) do nothing returning id
"""
_LOST = """
select d.id, d.workspace_id from draft d where d.status = 'writing' and d.updated_at < %(before)s
  and not exists (select from background_job j where j.draft_id = d.id and j.status in ('PENDING', 'RUNNING')) limit 200
"""


@job("drafting.draft_reply", priority=REPLY_PRIORITY)
def draft_reply(tx: Tx, scope: Scope, *, message_id: UUID) -> None:
    """Start a draft for a reply that was understood, once per message and channel, if one is wanted."""
    row = trigger(tx, scope, message_id)
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
def write(scope: Scope, *, draft_id: UUID, generation: int, fast: bool = False) -> None:
    """Write one generation of a draft; a draft that was rejected or rewritten meanwhile is left alone."""
    with db.transaction(scope) as tx:
        draft = tx.scalars(select(Draft).where(Draft.id == draft_id)).first()
        if draft is None or draft.status != DraftStatus.WRITING or draft.generation != generation:
            return
        # A shape is asked for only where another one was shown before; an instruction changes what is there.
        asked_for = generation > 1 and bool(draft.original_body)
        material = gather(tx, scope, draft.trigger_message_id, instruction=draft.instruction or "", fast=fast,
                          archetype=draft.archetype or "" if asked_for else "",
                          previous=draft.body if asked_for and draft.instruction else "")
    if material is None:
        return
    material = recall(scope, material)
    try:
        composed = compose(scope, material)
    except Unwritten as failed:
        _keep_failure(scope, draft_id, generation, failed)
        if failed.reason in llm.PASSING:
            raise
        return
    _keep(scope, draft_id, generation, material, composed)


@job("drafting.sweep")
def sweep(tx: Tx, scope: Scope) -> None:
    """Mark drafts as failed whose writing was given up, in all workspaces, so that no screen waits for ever."""
    for lost in fetch_all(tx, _LOST, {"before": clock.now() - LOST_AFTER}):
        within = scope.within(lost["workspace_id"])
        draft = actions.locked(tx, within, lost["id"])
        if draft.status == DraftStatus.WRITING:
            _give_up(tx, within, draft, draft.error or "The writer gave up; write it again.", rejected=False)


def _keep(scope: Scope, draft_id: UUID, generation: int, material: Material, composed: Composed) -> None:
    with db.transaction(scope) as tx:
        draft = _still_wanted(tx, scope, draft_id, generation)
        if draft is None:
            return
        again = trigger(tx, scope, draft.trigger_message_id)
        against = reasons_against(_facts(again, asked_for=generation > 1))
        writer = composed.written_by
        draft.body = draft.original_body = composed.body
        draft.subject, draft.model, draft.interaction_id = material.subject or None, writer.model, writer.interaction_id
        draft.reason, draft.confidence = composed.reason, composed.confidence
        draft.persona_id = UUID(material.persona.id) if material.persona.id else None
        draft.prompt_key, draft.prompt_hash, draft.updated_at = writer.prompt_key, writer.prompt_hash, clock.now()
        draft.archetype = composed.archetype or draft.archetype
        actions.keep_steps(tx, scope, draft, composed.steps)
        if composed.mistakes or against:
            _give_up(tx, scope, draft, ". ".join(against or composed.explained), rejected=bool(against))
            return
        draft.status, draft.error = DraftStatus.PENDING, None
        tx.flush()
        actions.show_waiting(tx, draft.lead_id)
        events.record(tx, scope, events.DraftReady(lead_id=draft.lead_id, draft_id=draft_id, channel=draft.channel))
        if generation == 1 and len(material.newest) >= LEAST_WORTH_NOTING:
            enqueue(tx, scope, "drafting.learn", draft_id=draft_id, priority=BULK_PRIORITY)


def _keep_failure(scope: Scope, draft_id: UUID, generation: int, failed: ModelFailed) -> None:
    with db.transaction(scope) as tx:
        draft = _still_wanted(tx, scope, draft_id, generation)
        if draft is None:
            return
        actions.keep_steps(tx, scope, draft, getattr(failed, "steps", ()))
        if failed.reason in llm.PASSING:
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


def _facts(row: dict, *, asked_for: bool) -> Facts:
    return Facts(sentiment=Sentiment(row["sentiment"]), status=LeadStatus(row["status"]), enabled=row["draft_generation_enabled"],
                 is_newest_inbound=row["is_newest"], waits_for_answer=row["needs_reply"],
                 from_address=row["from_address"] or "", asked_for=asked_for)
