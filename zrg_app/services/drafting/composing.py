"""How does material become a draft? Model calls and checks, nothing saved: also what the playground and a replay run."""

from dataclasses import dataclass, field
from typing import Any

from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models.vocabulary import Channel
from zrg_app.services import llm
from zrg_app.services.drafting import strategy as planning
from zrg_app.services.drafting import verifying
from zrg_app.services.drafting.asking import Pen, Question, Step, Unwritten
from zrg_app.services.drafting.context import drafted, facts_for, needs_times
from zrg_app.services.drafting.finishing import Finished, finish
from zrg_app.services.drafting.material import Material
from zrg_app.services.drafting.strategy import Strategy

__all__ = ["Composed", "Step", "Unwritten", "compose"]

TOTAL_SECONDS, FAST_SECONDS = 120.0, 20.0
# Of the whole, of what the plan left, and of the whole again; together never more than the whole (FACTS section 10.1).
STRATEGY_SHARE, GENERATION_SHARE, VERIFICATION_SHARE = 0.4, 0.6, 0.35
VERIFICATION_LEAST, VERIFICATION_MOST = 8.0, 45.0
ATTEMPTS = 2
STRATEGY_TOKENS, VERIFICATION_TOKENS = 5_000, 2_000
OUTPUT_TOKENS = {"email": 3_200, "sms": 900, "linkedin": 1_200}
SCHEMA: dict[str, Any] = {
    "type": "object", "additionalProperties": False, "required": ["body", "reason", "confidence"],
    "properties": {"body": {"type": "string"}, "reason": {"type": "string"}, "confidence": {"type": "number"}}}
_ONE_CALL = {Channel.SMS: "drafting.sms", Channel.LINKEDIN: "drafting.linkedin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A draft as written, and the sentences of the checks it still fails (empty: it may be shown as ready).

    `explained` are the same with what was found; `warnings` are no reason to hold it back.
    """

    body: str
    reason: str
    confidence: float
    mistakes: tuple[str, ...]
    steps: tuple[Step, ...] = field(default=())
    archetype: str = ""
    explained: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def written_by(self) -> Step:
        """The step whose model and prompt stand behind the text."""
        return next(step for step in reversed(self.steps) if step.name == "generation" and step.status != "error")


def compose(scope: Scope, material: Material) -> Composed:
    """Write an answer. Raises Unwritten (a ModelFailed with its steps) when nobody wrote one.

    E-mail: a plan, a text by the plan, a second look at the text; any of the first and last may fail without harm. When the text
    fails, one call writes it without a plan. Texts and a quick second draft are one call from the start.
    """
    pen = Pen(scope=scope, material=material, deadline=llm.Deadline(FAST_SECONDS if material.fast else TOTAL_SECONDS))
    try:
        in_steps = material.channel == Channel.EMAIL and not material.fast
        plan = _plan(pen) if in_steps else None
        found = _generate(pen, "drafting.generation", plan) if in_steps else None
        found = found or _generate(pen, _ONE_CALL.get(material.channel, "drafting.reply"), None)
        if found is None:
            raise pen.unwritten()
        data, text = found
        text = _verified(pen, text, plan) if in_steps and material.verifies else text
    except Unwritten:
        raise
    except ModelFailed as late:
        raise Unwritten(late.sentence, code=late.reason, steps=tuple(pen.steps)) from late
    return Composed(
        body=text.body, reason=" ".join(str(data.get("reason", "")).replace("\x00", "").split())[:300],
        confidence=_share(data.get("confidence")), mistakes=text.mistakes, steps=tuple(pen.steps),
        archetype=plan.archetype if plan else material.archetype, explained=text.explained, warnings=text.warnings)


def _plan(pen: Pen) -> Strategy | None:
    """Think before writing; without a plan the writer writes without one."""
    material = pen.material
    data = pen.ask(Question(
        step="strategy", prompt_key="drafting.strategy", schema_name="draft_strategy", schema=planning.SCHEMA, text=facts_for(material),
        model=material.model, effort="medium", tokens=STRATEGY_TOKENS), pen.deadline.share(STRATEGY_SHARE))
    if data is None:
        return None
    plan = planning.strategy_from(data, labels={time.label for time in material.times}, archetype=material.archetype,
                                  shapes=material.archetypes)
    if plan is None:
        pen.note(status="dropped", error="The plan was empty.")
        return None
    pen.note(**plan.output())
    return plan


def _generate(pen: Pen, prompt_key: str, plan: Strategy | None) -> tuple[dict[str, Any], Finished] | None:
    """Write, and once more with the mistakes named; None when no text came."""
    material, within = pen.material, llm.Deadline(pen.deadline.left() * (GENERATION_SHARE if prompt_key == "drafting.generation" else 1.0))
    found, mistakes = None, ()
    model = settings().fast_model if material.fast else material.model
    for attempt in range(ATTEMPTS):
        data = pen.ask(Question(
            step="generation", prompt_key=prompt_key, schema_name="draft_reply", schema=SCHEMA, text=facts_for(material, plan, mistakes),
            model=model, effort="low" if material.fast or material.channel != Channel.EMAIL else "medium",
            tokens=OUTPUT_TOKENS[material.channel]), _left(within))
        if data is None:
            break
        text = finish(material, str(data.get("body", "")))
        pen.note(body=text.body, faults=text.faults, warnings=list(text.warnings), attempt=attempt + 1, **_given(material, plan))
        if not text.body:
            pen.note(status="dropped", error="The text was empty.")
            continue
        found, mistakes = (data, text), text.explained
        if not text.faults:
            break
    return found


def _verified(pen: Pen, text: Finished, plan: Strategy | None) -> Finished:
    """Have a second model look; what it says is taken only when it is still the same draft and no worse."""
    material, seconds = pen.material, _left(pen.deadline)
    if seconds < VERIFICATION_LEAST:
        return text
    data = pen.ask(Question(
        step="verification", prompt_key="drafting.verification", schema_name="draft_verification", schema=verifying.SCHEMA,
        text=f"{facts_for(material, plan, text.explained)}\n\n{drafted(text.body)}", model=material.verifier_model, temperature=0.0,
        tokens=VERIFICATION_TOKENS), pen.deadline.share(VERIFICATION_SHARE, least=VERIFICATION_LEAST, most=VERIFICATION_MOST))
    if data is None:
        return text
    after, changed = str(data.get("final_draft", "")).replace("\x00", "").strip(), data.get("changed") is True
    dropped = verifying.reason_to_drop(text.body, after, changed=changed)
    better = finish(material, after)
    if not dropped and better.faults and set(better.faults) - set(text.faults):
        dropped = f"It made a mistake: {'; '.join(better.explained)}"
    pen.note(changed=changed, violations=verifying.listed(data.get("violations")), changes=verifying.listed(data.get("changes")))
    if dropped:
        pen.note(status="dropped", error=dropped)
        return text
    pen.note(body=better.body)
    return better


def _given(material: Material, plan: Strategy | None) -> dict[str, Any]:
    """What the writer had, for "why this draft" and to know later which times a message offered."""
    shown = material.times if needs_times(material, plan) else ()
    return {"archetype": plan.archetype if plan else material.archetype, "persona": material.persona.name,
            "assets": list(dict.fromkeys(passage.asset for passage in material.passages)),
            "memories": [one.content[:200] for one in material.memory[:6]],
            "times": [[time.starts_at.isoformat(), time.label, time.zone] for time in shown]}


def _left(deadline: llm.Deadline) -> float:
    try:
        return deadline.left()
    except ModelFailed:
        return 0.0


def _share(value: object) -> float:
    return min(max(float(value), 0.0), 1.0) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
