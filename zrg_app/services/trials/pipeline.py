"""What would become of this message? The whole pipeline, judge to decision, without saving or sending anything."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from zrg_app.kit import db
from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.errors import NotFound
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import LeadStatus, Sentiment
from zrg_app.services import autosend, drafting, knowledge, llm, sentiment
from zrg_app.services.autosend import Rules, Send, Skip
from zrg_app.services.drafting import Composed, Material
from zrg_app.services.drafting.policy import Facts, reasons_against
from zrg_app.services.knowledge import PersonaView
from zrg_app.services.sentiment import Reply, status_for
from zrg_app.services.trials.cases import Case, Overrides
from zrg_app.services.trials.outcome import REVIEW, SEND, SKIP, Outcome, Step
from zrg_app.services.trials.staging import staged

HISTORY = 40
_READ = """
select m.id, m.lead_id, m.channel, m.body, m.subject, m.raw_text, m.raw_html, m.from_address, m.is_automatic, m.sent_at, l.first_name,
       l.status, s.draft_generation_enabled
from message m join lead l on l.id = m.lead_id join workspace_settings s on s.workspace_id = m.workspace_id
where m.id = %(message)s and m.workspace_id = %(workspace)s
"""
# As it was when the message came: what was written later is not known yet.
_HISTORY = """
select id, channel, direction, body, subject, sent_at from message
where lead_id = %(lead)s and workspace_id = %(workspace)s and (sent_at, id) <= (%(at)s, %(message)s)
order by sent_at desc, id desc limit %(limit)s
"""


@dataclass(slots=True, kw_only=True)
class _Run:
    """A run under way: what was done so far, every call overheard, and per stage the time that was not a model's."""

    calls: list[llm.Call]
    began: float = field(default_factory=time.perf_counter)
    steps: list[Step] = field(default_factory=list)
    own: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure the block as one stage."""
        began, heard = time.perf_counter(), len(self.calls)
        yield
        asked = sum(call.ms for call in self.calls[heard:])
        self.own[name] = max(0.0, (time.perf_counter() - began) * 1000 - asked)

    def take(self, steps: Sequence[Any]) -> None:
        """Write down the steps of a domain, each with the cost of its call."""
        costs = {one.interaction_id: one.cost for one in self.calls}
        self.steps += [Step(name=one.name, ms=one.duration_ms, model=one.model, status=one.status, detail=one.error[:300],
                            cost=costs.get(one.interaction_id, Decimal(0))) for one in steps]

    def outcome(self, **told: Any) -> Outcome:
        """What came out, with all it took."""
        return Outcome(steps=tuple(self.steps), cost=sum((one.cost for one in self.calls), Decimal(0)), ms=_ms(self.began),
                       own_ms={name: round(ms, 2) for name, ms in self.own.items()}, **told)


def run(scope: Scope, case: Case) -> Outcome:
    """Run the pipeline over `case`. Raises NotFound for a message or lead that is gone, ModelFailed when no model answers."""
    with llm.tryout(case.overrides.prompts) as calls:
        run_ = _Run(calls=calls)
        verdict = _label(scope, case, run_)
        with run_.stage("read"):
            against, material, rules = _prepared(scope, case, verdict["label"])
            material = drafting.recall(scope, material)
        if against and not case.draft:
            return run_.outcome(**verdict, decision=SKIP, reasons=against, codes=("no_draft",), threshold=rules.threshold)
        with run_.stage("draft"):
            composed = _composed(scope, case, material, run_)
        with run_.stage("judge"):
            assessed = autosend.assess(scope, material, composed, rules)
            run_.take(assessed.steps)
        with run_.stage("decide"):
            decision, codes = decided(assessed.facts, rules)
        return run_.outcome(
            **verdict, draft=assessed.body, draft_reason=composed.reason, checks=composed.mistakes, decision=decision, codes=codes,
            reasons=autosend.sentences(codes), threshold=rules.threshold,
            confidence=assessed.facts.judged.confidence if assessed.facts.judged else None)


def decided(facts: autosend.Facts, rules: Rules) -> tuple[str, tuple[str, ...]]:
    """The decision as one word of ours, with the codes of its reasons. Pure."""
    found = autosend.decide(facts, rules)
    if isinstance(found, Send):
        return SEND, ()
    return SKIP if isinstance(found, Skip) else REVIEW, found.reasons


def label_of(scope: Scope, case: Case) -> Outcome:
    """Only the label: what a change of a prompt of sentiment touches first."""
    with llm.tryout(case.overrides.prompts) as calls:
        run_ = _Run(calls=calls)
        return run_.outcome(**_label(scope, case, run_))


def _label(scope: Scope, case: Case, run_: _Run) -> dict[str, str]:
    if case.label:
        return {"label": case.label, "decided_by": "given"}
    began = time.perf_counter()
    with run_.stage("label"):
        with db.transaction(scope) as tx, staged(tx, scope, case) as message_id:
            row = _row(tx, scope, message_id)
            history = _history(tx, scope, row)
        judged = sentiment.judge(scope, _reply(row), history[:-1], first_name=row["first_name"], lead_id=_real_lead(case, row))
    verdict = judged.verdict
    run_.steps.append(Step(name="label", ms=_ms(began), model=run_.calls[-1].model if run_.calls else "",
                           cost=sum((one.cost for one in run_.calls), Decimal(0))))
    return {"label": str(verdict.sentiment), "decided_by": str(verdict.source), "label_reason": verdict.reason}


def _prepared(scope: Scope, case: Case, label: str) -> tuple[tuple[str, ...], Material, Rules]:
    """Why no draft is written (if so), all it would be made of, and the rules that hold for it."""
    with db.transaction(scope) as tx, staged(tx, scope, case, label=label) as message_id:
        row = _row(tx, scope, message_id)
        against = reasons_against(Facts(
            sentiment=Sentiment(label), status=status_for(Sentiment(label), LeadStatus(row["status"])), is_newest_inbound=True,
            enabled=row["draft_generation_enabled"], waits_for_answer=True, from_address=row["from_address"] or ""))
        material = drafting.gather(tx, scope, message_id)
        rules = autosend.rules_for(tx, scope, row["lead_id"])
        persona = knowledge.spoken(_persona(tx, scope, case.overrides, material.persona), company=material.company.name,
                                   lead=material.lead)
        material = replace(
            material, sentiment=label, history=_history(tx, scope, row), persona=persona,
            model=case.overrides.model or material.model, lead_id=_real_lead(case, row), message_id=case.message_id)
    if case.as_if_on:
        rules = rules.as_if_on()
    if case.overrides.threshold is not None:
        rules = rules.changed(threshold=case.overrides.threshold)
    return against, material, rules


def _composed(scope: Scope, case: Case, material: Material, run_: _Run) -> Composed:
    if case.draft:
        return Composed(body=case.draft, reason="", confidence=1.0, mistakes=())
    composed = drafting.compose(scope, material)
    run_.take(composed.steps)
    return composed


def _row(tx: Tx, scope: Scope, message_id: UUID) -> dict:
    row = fetch_one(tx, _READ, {"message": message_id, "workspace": scope.workspace_id})
    if row is None:
        raise NotFound("This message is not here (any more).")
    return row


def _history(tx: Tx, scope: Scope, row: dict) -> list[dict]:
    return fetch_all(tx, _HISTORY, {"lead": row["lead_id"], "workspace": scope.workspace_id, "at": row["sent_at"],
                                    "message": row["id"], "limit": HISTORY})[::-1]


def _reply(row: dict) -> Reply:
    return Reply(channel=row["channel"], body=row["body"], subject=row["subject"] or "", raw_text=row["raw_text"] or "",
                 raw_html=row["raw_html"] or "", from_address=row["from_address"] or "", automatic=row["is_automatic"])


def _real_lead(case: Case, row: dict) -> UUID | None:
    """The lead, unless it was made up and is gone by the time a call is written down."""
    return row["lead_id"] if case.message_id or case.lead_id else None


def _persona(tx: Tx, scope: Scope, overrides: Overrides, current: PersonaView) -> PersonaView:
    chosen = knowledge.persona(tx, scope, overrides.persona_id) if overrides.persona_id else current
    known = {name: value for name, value in overrides.persona.items() if name in PersonaView.__slots__}
    return replace(chosen, **known) if known else chosen


def _ms(began: float) -> int:
    return int((time.perf_counter() - began) * 1000)
