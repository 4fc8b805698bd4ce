"""What was made of a reply when it came: label, draft, decision? As it was written down, to be held against a new run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.models.ai_vocabulary import AutoSendAction, AutoSendMode
from zrg_app.services import autosend
from zrg_app.services.autosend.records import facts_read, rules_read
from zrg_app.services.trials.outcome import REVIEW, SEND, SKIP, Outcome, Step
from zrg_app.services.trials.pipeline import decided

_RECORD = """
select m.id as message_id, m.lead_id, m.body as said, l.first_name, l.last_name, d.id as draft_id, d.original_body as draft,
       d.reason as draft_reason, d.error as draft_error, d.status as draft_status, d.generation, a.id as decision_id, a.action, a.reason,
       a.reasons, a.mode, a.confidence, a.threshold, a.facts, a.rules, a.sentiment as decided_label, e.label, e.source
from message m join lead l on l.id = m.lead_id left join draft d on {draft}
left join auto_send_decision a on {decision}
left join lateral (
  select x.data ->> 'sentiment' as label, x.data ->> 'source' as source from audit_event x
  where x.lead_id = m.lead_id and x.kind = 'sentiment.decided' and x.data ->> 'message_id' = m.id::text
  order by x.created_at desc limit 1) e on true
where {wanted} and m.workspace_id = %(workspace)s limit 1
"""
_NEWEST_DECISION = "a.id = (select id from auto_send_decision where draft_id = d.id order by generation desc, created_at desc limit 1)"
_BY_MESSAGE = _RECORD.format(
    draft="d.id = (select id from draft where trigger_message_id = m.id order by created_at desc limit 1)", decision=_NEWEST_DECISION,
    wanted="m.id = %(message)s")
_BY_DRAFT = _RECORD.format(draft="d.trigger_message_id = m.id", decision=_NEWEST_DECISION, wanted="d.id = %(draft)s")
_BY_DECISION = _RECORD.format(draft="d.trigger_message_id = m.id", decision="a.draft_id = d.id", wanted="a.id = %(decision)s")
_STEPS = """
select s.step, s.status, s.model, s.duration_ms, s.error, coalesce(i.cost_usd, 0) as cost from draft_step s
left join ai_interaction i on i.id = s.interaction_id
where s.draft_id = %(draft)s and s.generation = %(generation)s order by s.created_at, s.id
"""
_LABEL_NOW = "select sentiment, sentiment_source from conversation where lead_id = %(lead)s and sentiment_message_id = %(message)s"
_ACTIONS = {AutoSendAction.SEND_IMMEDIATE: SEND, AutoSendAction.SEND_DELAYED: SEND, AutoSendAction.SKIP: SKIP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A reply with what was made of it. `decision` is empty when nobody decided whether its draft may leave by itself."""

    message_id: UUID
    lead_id: UUID
    name: str
    snippet: str
    label: str
    decided_by: str = ""
    draft_id: UUID | None = None
    decision_id: UUID | None = None
    draft: str = ""
    draft_reason: str = ""
    mistakes: tuple[str, ...] = ()
    decision: str = ""
    codes: tuple[str, ...] = ()
    mode: str = ""
    confidence: float | None = None
    threshold: float | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    @property
    def was_off(self) -> bool:
        """Whether auto-send was off for this lead, so that its decision says little."""
        return self.mode == AutoSendMode.DISABLED

    def outcome(self) -> Outcome:
        """The record as if the pipeline had just given it."""
        return Outcome(label=self.label, decided_by=self.decided_by, draft=self.draft, draft_reason=self.draft_reason,
                       checks=self.mistakes, decision=self.decision, codes=self.codes, reasons=autosend.sentences(self.codes),
                       confidence=self.confidence, threshold=self.threshold, steps=self.steps,
                       cost=sum((step.cost for step in self.steps), Decimal(0)), ms=sum(step.ms for step in self.steps))


def record_of(tx: Tx, scope: Scope, *, message_id: UUID | None = None, draft_id: UUID | None = None,
              decision_id: UUID | None = None) -> Record | None:
    """What was made of a reply, named by itself, by its draft or by a decision on that; None when it is gone."""
    statement = _BY_DECISION if decision_id else _BY_DRAFT if draft_id else _BY_MESSAGE
    row = fetch_one(tx, statement, {"message": message_id, "draft": draft_id, "decision": decision_id, "workspace": scope.workspace_id})
    if row is None:
        return None
    now = fetch_one(tx, _LABEL_NOW, {"lead": row["lead_id"], "message": row["message_id"]}) or {}
    label = row["decided_label"] or row["label"] or now.get("sentiment") or ""
    codes = tuple(row["reasons"] or ()) or ((row["reason"],) if row["reason"] and row["action"] not in _SENDS else ())
    return Record(
        message_id=row["message_id"], lead_id=row["lead_id"], name=f"{row['first_name']} {row['last_name']}".strip() or "Unknown",
        snippet=" ".join(row["said"].split())[:140], label=label, decided_by=row["source"] or now.get("sentiment_source") or "",
        draft_id=row["draft_id"], decision_id=row["decision_id"], draft=row["draft"] or "", draft_reason=row["draft_reason"] or "",
        mistakes=tuple((row["draft_error"] or "").split("; ")) if row["draft_status"] == "failed" and row["draft_error"] else (),
        decision=_ACTIONS.get(row["action"], REVIEW) if row["action"] else "", codes=codes, mode=row["mode"] or "",
        confidence=row["confidence"], threshold=row["threshold"], facts=row["facts"] or {}, rules=row["rules"] or {},
        steps=_steps(tx, row) if row["draft_id"] else ())


def redecided(found: Record, threshold: float, *, as_if_on: bool) -> Outcome | None:
    """The decision of the recorded facts under another threshold, without asking any model; None when they cannot be read."""
    try:
        facts, rules = facts_read(found.facts), rules_read(found.rules)
    except (KeyError, TypeError, ValueError):
        return None
    rules = (rules.as_if_on() if as_if_on else rules).changed(threshold=threshold)
    decision, codes = decided(facts, rules)
    return Outcome(label=found.label, draft=found.draft, decision=decision, codes=codes, reasons=autosend.sentences(codes),
                   confidence=found.confidence, threshold=threshold)


_SENDS = tuple(action for action, word in _ACTIONS.items() if word == SEND)


def _steps(tx: Tx, row: dict) -> tuple[Step, ...]:
    rows = fetch_all(tx, _STEPS, {"draft": row["draft_id"], "generation": row["generation"]})
    return tuple(Step(name=one["step"], ms=one["duration_ms"], model=one["model"] or "", status=one["status"], detail=one["error"] or "",
                      cost=one["cost"]) for one in rows)
