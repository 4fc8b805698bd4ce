"""What is there to know of a composed draft before it may leave? Models are asked, nothing is saved: also for trials and replays."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from zrg_app.kit import clock
from zrg_app.kit.scope import Scope
from zrg_app.models.ai_vocabulary import AutoSendMode
from zrg_app.models.vocabulary import Sentiment
from zrg_app.services import llm, reading
from zrg_app.services.autosend import briefing, judging
from zrg_app.services.autosend.facts import Facts, Judgement, Rules
from zrg_app.services.autosend.invariants import Final, violations, wants_only_logistics
from zrg_app.services.autosend.matters import matters
from zrg_app.services.autosend.policy import hard_blocks, is_contradictory, reasons
from zrg_app.services.autosend.signals import own_calendar, wants_call
from zrg_app.services.drafting.composing import Composed, Step
from zrg_app.services.drafting.finishing import finish
from zrg_app.services.drafting.material import Material
from zrg_app.services.reading.times import moments

# No model reads their wishes about a meeting (FACTS section 2.1, auto-book "blocked").
NOT_ABOUT_MEETINGS = frozenset({Sentiment.OUT_OF_OFFICE, Sentiment.AUTOMATED_REPLY, Sentiment.BLACKLIST})
POSITIVE = frozenset({Sentiment.MEETING_REQUESTED, Sentiment.CALL_REQUESTED, Sentiment.INFORMATION_REQUESTED, Sentiment.INTERESTED})
_SCHEDULING = ("meet", "call", "calendar", "schedul", "book", "available", "time", "slot", "zoom", "demo", "invite", "termin")
_PRICING = ("price", "pricing", "cost", "how much", "fee", "rate", "budget", "preis", "prix", "precio")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What `decide` needs, how it came about, and the text it was decided for, which the overseer may have corrected."""

    facts: Facts
    steps: tuple[Step, ...]
    body: str


@dataclass(slots=True)
class _Bench:
    """One assessment under way."""

    scope: Scope
    material: Material
    rules: Rules
    facts: Facts
    steps: list[Step]
    extraction: dict[str, Any] | None = None


def assess(scope: Scope, material: Material, composed: Composed, rules: Rules) -> Assessment:
    """Judge a draft as auto-send would: extraction, overseer, evaluator, one revision. Raises nothing a model does wrong.

    Where pure code already speaks against sending, no model is asked.
    """
    bench = _Bench(scope, material, rules, first_facts(material, composed, rules), [])
    if not reasons(bench.facts, rules)[0] and not hard_blocks(bench.facts, rules):
        if rules.mode is AutoSendMode.AI_AUTO_SEND:
            _extract(bench)
            _oversee(bench)
        if not bench.facts.failure and not bench.facts.overseer_unmet:
            _evaluate(bench)
            _revise(bench)
    bench.facts = replace(bench.facts, violations=violations(_final(bench, bench.facts.body)))
    return Assessment(facts=bench.facts, steps=tuple(bench.steps), body=bench.facts.body)


def first_facts(material: Material, composed: Composed, rules: Rules) -> Facts:
    """What is known without any model."""
    return Facts(
        seed=str(material.message_id or ""), received_at=received_at(material), now=clock.now(), channel=material.channel,
        label=material.sentiment, body=composed.body, model_available=llm.is_available(), own_calendar=own_calendar(material.newest),
        wants_call=wants_call(material.newest), has_phone=rules.lead.has_phone, mistakes=composed.mistakes,
        asked_to_stop=bool(reading.is_opt_out(material.newest, material.subject)), is_automatic=_is_automatic(material),
        blacklisted=rules.lead.blacklisted, opted_out=rules.lead.opted_out, sms_dnd=rules.lead.sms_dnd,
        matters=matters(f"{material.subject}\n{material.newest}", unclear_date=_has_unclear_date(material)))


def _has_unclear_date(material: Material) -> bool:
    """Whether the lead names an hour that is not free or was not offered, or a date that cannot be: only a person can settle that."""
    at = received_at(material)
    said = Final(body=material.newest, times=tuple(time.starts_at for time in (*material.times, *material.offered)),
                 our_words=material.newest, zone=material.zone, now=at)
    return bool({"slot_mismatch", "date_mismatch"} & set(violations(said)))


def _is_automatic(material: Material) -> bool:
    told = {"raw": None, "headers": {}, "subject": material.subject, "from": "", "text": material.newest, "html": None}
    return material.channel == "email" and bool(reading.detect_auto_reply(told)["is_auto_reply"])


def received_at(material: Material) -> datetime:
    """When the reply that is answered came; now for a made-up one."""
    return next((message["sent_at"] for message in reversed(material.history) if message["direction"] == "inbound"), clock.now())


def wants_extraction(material: Material) -> bool:
    """Whether a model should read what the lead wants of a meeting (FACTS section 9.1)."""
    if material.sentiment in NOT_ABOUT_MEETINGS:
        return False
    text = material.newest.lower()
    return (bool(material.offered) or material.sentiment in POSITIVE or any(word in text for word in (*_SCHEDULING, *_PRICING))
            or bool(moments(material.newest, received_at(material), material.zone)))


def _extract(bench: _Bench) -> None:
    if not wants_extraction(bench.material):
        return
    said = _ask(bench, judging.EXTRACT, briefing.for_extraction(bench.material), bench.rules.extraction_model)
    bench.extraction = said.data
    if said.data is None:
        _failed(bench, said.step)


def _oversee(bench: _Bench) -> None:
    if not bench.rules.overseer_on or bench.facts.failure:
        return
    said = _ask(bench, judging.OVERSEE, _about(bench), bench.rules.overseer_model)
    if said.data is None:
        _failed(bench, said.step)
    elif said.data["decision"] == "revise":
        body = judging.words(said.data, "final_draft")
        if _passes(bench, body):
            bench.facts = replace(bench.facts, body=body)
        else:
            bench.facts = replace(bench.facts, overseer_unmet=True)


def _evaluate(bench: _Bench) -> None:
    said = _ask(bench, judging.EVALUATE, _about(bench), bench.rules.evaluator_model)
    judged = judging.judgement(said)
    if judged is None:
        _failed(bench, said.step)
    bench.facts = replace(bench.facts, judged=judged)


def _revise(bench: _Bench) -> None:
    """One try to do better where the evaluator was not sure; kept only when it is surer then (FACTS section 8.4)."""
    judged = bench.facts.judged
    if not _may_revise(bench, judged):
        return
    said = _ask(bench, judging.REVISE, _about(bench, {"what the evaluator said": judged.reason}), bench.rules.revision_model)
    body = judging.words(said.data, "body") if said.data else ""
    # A revision that fails costs nothing: the draft and what was said of it stand.
    if not body or body == bench.facts.body or not _passes(bench, body):
        return
    before, bench.facts = bench.facts, replace(bench.facts, body=body)
    again = _ask(bench, judging.EVALUATE, _about(bench), bench.rules.evaluator_model)
    better = judging.judgement(again)
    surer = better is not None and not is_contradictory(better) and better.confidence > judged.confidence
    bench.facts = replace(bench.facts, judged=better) if surer else before


def _may_revise(bench: _Bench, judged: Judgement | None) -> bool:
    rules = bench.rules
    return (rules.revises and rules.mode is AutoSendMode.AI_AUTO_SEND and judged is not None and bench.material.channel == "email"
            and judged.confidence < rules.threshold)


def _passes(bench: _Bench, body: str) -> bool:
    """Whether a text a judge wrote may stand in for the draft: the checks of drafting and the invariants, no more lenient."""
    return bool(body) and not finish(bench.material, body).mistakes and not violations(_final(bench, body))


def _final(bench: _Bench, body: str) -> Final:
    material = bench.material
    free = [time for time in (*material.times, *material.offered) if time.starts_at > bench.facts.now]
    return Final(body=body, times=tuple(time.starts_at for time in free), labels=tuple(time.label for time in free),
                 our_words=briefing.our_words(material), zone=material.zone, now=bench.facts.now,
                 only_logistics=wants_only_logistics(bench.extraction or {}))


def _about(bench: _Bench, more: dict[str, str] | None = None) -> str:
    return briefing.about(bench.material, bench.rules, bench.facts.body, received_at=bench.facts.received_at,
                          extraction=bench.extraction, more=more)


def _ask(bench: _Bench, call: judging.Call, text: str, model: str) -> judging.Said:
    said = judging.ask(bench.scope, call, bench.rules.prompts[call.prompt], text, model=model, lead_id=bench.material.lead_id)
    bench.steps.append(said.step)
    return said


def _failed(bench: _Bench, step: Step) -> None:
    bench.facts = replace(bench.facts, failure=f"{step.name}: {step.error}")
