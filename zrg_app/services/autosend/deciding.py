"""How is a decision about a draft written down, and what does it set going? In the caller's transaction."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from zrg_app.kit import clock, ids
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models import AutoSendDecision, Draft
from zrg_app.models.ai_vocabulary import AutoSendAction
from zrg_app.services import events, jobs
from zrg_app.services.autosend import policy
from zrg_app.services.autosend.assessing import Assessment
from zrg_app.services.autosend.facts import Rules
from zrg_app.services.autosend.records import facts_kept, rules_kept
from zrg_app.services.drafting import actions as drafts
from zrg_app.services.drafting.composing import Step
from zrg_app.services.jobs.registry import REPLY_PRIORITY

SENDS = frozenset({AutoSendAction.SEND_IMMEDIATE, AutoSendAction.SEND_DELAYED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A decision in the words of the record: `reason` is for people."""

    action: AutoSendAction
    reason: str
    reasons: tuple[str, ...] = ()


def verdict_of(decision: policy.Send | policy.Review | policy.Skip, assessed: Assessment) -> Verdict:
    """What to write down of a decision. Pure."""
    judged = assessed.facts.judged
    if isinstance(decision, policy.Send):
        return Verdict(action=decision.action, reason=judged.reason if judged else "")
    action = AutoSendAction.SKIP if isinstance(decision, policy.Skip) else AutoSendAction.NEEDS_REVIEW
    said = " ".join(policy.sentences(decision.reasons))
    why = assessed.facts.failure or (judged.reason if judged else "")
    return Verdict(action=action, reason=f"{said} {why}".strip(), reasons=decision.reasons)


def keep(tx: Tx, scope: Scope, draft: Draft, assessed: Assessment, rules: Rules, *, is_shadow: bool) -> UUID | None:
    """Decide, write it down with the steps that led there, and have it sent when its moment comes. None when it was decided before.

    The overseer's wording takes the draft's place, but not in a shadow, which leaves no trace where people work.
    """
    decision = policy.decide(assessed.facts, rules)
    verdict = verdict_of(decision, assessed)
    due_at = decision.at if isinstance(decision, policy.Send) and not is_shadow else None
    decision_id = _insert(tx, scope, draft, assessed, rules, verdict, is_shadow=is_shadow, due_at=due_at)
    if decision_id is None:
        return None
    if not is_shadow and assessed.body != draft.body:
        draft.body = draft.original_body = assessed.body
        draft.updated_at = clock.now()
        tx.flush()
    drafts.keep_steps(tx, scope, draft, [*assessed.steps, Step(name="auto_send_decision", output={
        "action": verdict.action, "reasons": list(verdict.reasons), "is_shadow": is_shadow})])
    drafts.show_waiting(tx, draft.lead_id)
    if due_at is not None:
        jobs.enqueue(tx, scope, "autosend.send", run_at=due_at, decision_id=decision_id, priority=REPLY_PRIORITY)
    tell(tx, scope, draft.lead_id, draft.id, verdict, is_shadow=is_shadow)
    return decision_id


def tell(tx: Tx, scope: Scope, lead_id: UUID, draft_id: UUID, verdict: Verdict, *, is_shadow: bool = False) -> None:
    """Record the fact that something was decided; who is to be asked hears of it by that."""
    events.record(tx, scope, events.AutoSendDecided(
        lead_id=lead_id, draft_id=draft_id, action=verdict.action, reason=verdict.reason, is_shadow=is_shadow))


def show(tx: Tx, scope: Scope, lead_id: UUID) -> None:
    """Let the list and the open conversation show what became of a decision."""
    events.tell_screens(tx, scope, ("list", "composer"), lead_id)


def _insert(tx: Tx, scope: Scope, draft: Draft, assessed: Assessment, rules: Rules, verdict: Verdict, **more: Any) -> UUID | None:
    judged = assessed.facts.judged
    row = {"id": ids.new_id(), "workspace_id": scope.workspace_id, "lead_id": draft.lead_id, "draft_id": draft.id,
           "generation": draft.generation, "campaign_id": rules.campaign_id, "sentiment": assessed.facts.label, "channel": draft.channel,
           "mode": rules.mode, "action": verdict.action, "threshold": rules.threshold, "reason": verdict.reason,
           "reasons": list(verdict.reasons), "facts": facts_kept(assessed.facts), "rules": rules_kept(rules), "created_at": clock.now()}
    if judged is not None:
        row |= {"confidence": judged.confidence, "is_safe": judged.is_safe, "needs_human": judged.needs_human, "model": judged.model,
                "prompt_hash": judged.prompt_hash, "interaction_id": UUID(judged.interaction_id) if judged.interaction_id else None}
    return tx.scalar(insert(AutoSendDecision).values(row | more).on_conflict_do_nothing().returning(AutoSendDecision.id))
