"""Who decides about a fresh draft, and when? One job per draft and generation: read, ask the models, decide and write down."""

from uuid import UUID

from sqlmodel import select

from zrg_app.kit import db, logs
from zrg_app.kit.db import Tx
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models import AutoSendDecision, Draft
from zrg_app.models.ai_vocabulary import AutoSendMode
from zrg_app.models.vocabulary import DraftStatus
from zrg_app.services import jobs
from zrg_app.services.autosend import deciding, learning
from zrg_app.services.autosend.assessing import Assessment, assess
from zrg_app.services.autosend.facts import Rules
from zrg_app.services.autosend.rules import rules_for
from zrg_app.services.drafting import actions as drafts
from zrg_app.services.drafting.composing import Composed
from zrg_app.services.drafting.material import Material, gather
from zrg_app.services.drafting.recalling import recall
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import REPLY_PRIORITY

log = logs.get_logger()


def want(tx: Tx, scope: Scope, draft_id: UUID) -> None:
    """A draft is ready: have it decided about, once per writing of it; an earlier writing was not good enough."""
    generation = tx.scalar(select(Draft.generation).where(Draft.id == draft_id))
    # Without the lead: models may think for a minute, and a due send of the same lead must not wait for them.
    jobs.enqueue(tx, scope, "autosend.consider", draft_id=draft_id, generation=generation, priority=REPLY_PRIORITY,
                 dedupe_key=f"{draft_id}:{generation}:autosend")
    learning.rewritten(tx, scope, draft_id)


@job("autosend.consider", tries=4, priority=REPLY_PRIORITY)
def consider(scope: Scope, *, draft_id: UUID, generation: int) -> dict | None:
    """Decide whether one generation of a draft may leave by itself. Safe to run any number of times: the first decision stands.

    Where auto-send is off no model is asked and nothing is written, unless the workspace lets it decide in shadow.
    """
    with db.transaction(scope) as tx:
        draft = _waiting(tx, scope, draft_id, generation)
        if draft is None:
            return None
        rules = rules_for(tx, scope, draft.lead_id)
        is_shadow = rules.mode is AutoSendMode.DISABLED and rules.shadows and not rules.killed
        if rules.mode is AutoSendMode.DISABLED and not is_shadow:
            return None
        rules = rules.as_if_on() if is_shadow else rules
        material = gather(tx, scope, draft.trigger_message_id, instruction=draft.instruction or "")
    if material is None:
        return None
    material = recall(scope, material)
    assessed = assess(scope, material, _composed(draft), rules)
    return _write_down(scope, draft, assessed, material, rules, is_shadow=is_shadow)


def _waiting(tx: Tx, scope: Scope, draft_id: UUID, generation: int) -> Draft | None:
    """The draft, while it waits for a decision about this generation."""
    draft = tx.scalars(select(Draft).where(Draft.id == draft_id, Draft.workspace_id == scope.workspace_id)).first()
    if draft is None or draft.status != DraftStatus.PENDING or draft.generation != generation:
        return None
    decided = select(AutoSendDecision.id).where(AutoSendDecision.draft_id == draft_id, AutoSendDecision.generation == generation)
    return None if tx.scalars(decided).first() else draft


def _write_down(scope: Scope, seen: Draft, assessed: Assessment, material: Material, rules: Rules, *, is_shadow: bool) -> dict | None:
    """Write the decision down unless the draft moved on while the models thought."""
    with db.transaction(scope) as tx:
        try:
            draft = drafts.locked(tx, scope, seen.id)
        except NotFound:
            return None
        is_same = (draft.status, draft.generation, draft.body) == (DraftStatus.PENDING, seen.generation, seen.body)
        if not is_same or draft.lead_id != material.lead_id:
            return None
        decision_id = deciding.keep(tx, scope, draft, assessed, rules, is_shadow=is_shadow)
    if decision_id is None:
        return None
    log.info("autosend.decided", decision=str(decision_id), shadow=is_shadow)
    return {"decision": str(decision_id)}


def _composed(draft: Draft) -> Composed:
    return Composed(body=draft.body, reason=draft.reason or "", confidence=draft.confidence or 0.0, mistakes=())
