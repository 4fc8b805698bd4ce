"""What do the judging models say? One call each, read strictly; nothing is saved and nothing is decided here."""

import math
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.services import llm
from zrg_app.services.autosend import schemas
from zrg_app.services.autosend.facts import Judgement
from zrg_app.services.drafting.composing import Step
from zrg_app.services.llm import Answer, Prompt

LONGEST_REASON = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One kind of question: how it is told in steps, which schema answers it, and how much it may take."""

    step: str
    prompt: str
    schema_name: str
    schema: dict[str, Any]
    tokens: int
    seconds: float
    effort: str = "low"
    temperature: float | None = None


EXTRACT = Call(step="overseer_extract", prompt="autosend.extract", schema_name="meeting_extraction", schema=schemas.EXTRACTION,
               tokens=1400, seconds=30, temperature=0)
OVERSEE = Call(step="overseer_gate", prompt="autosend.oversee", schema_name="overseer_gate", schema=schemas.GATE, tokens=2000, seconds=45)
EVALUATE = Call(step="evaluation", prompt="autosend.evaluate", schema_name="auto_send_evaluation", schema=schemas.EVALUATION,
                tokens=1600, seconds=20)
REVISE = Call(step="revision", prompt="autosend.revise", schema_name="auto_send_revision", schema=schemas.REVISION, tokens=2000,
              seconds=20, effort="high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What came out of a call: `data`, or None and the step's `error` says why."""

    step: Step
    data: dict[str, Any] | None = None


def ask(scope: Scope, call: Call, prompt: Prompt, text: str, *, model: str, lead_id: UUID | None) -> Said:
    """Ask once. A failure is an answer too: whoever asked decides what it means, and it never means yes."""
    began = time.perf_counter()
    told = {"name": call.step, "prompt_key": prompt.key, "prompt_hash": prompt.hash}
    try:
        answer = llm.ask(scope, purpose=f"autosend.{call.step}", prompt=prompt, text=text, schema_name=call.schema_name,
                         schema=call.schema, model=model, effort=call.effort, max_output_tokens=call.tokens, lead_id=lead_id,
                         temperature=call.temperature, timeout=call.seconds)
        data = _fitting(answer, call)
    except ModelFailed as failed:
        return Said(step=Step(output={}, status="error", model=model, duration_ms=_since(began),
                              error=f"{failed.reason}: {failed.sentence}", **told))
    return Said(data=data, step=Step(output=data, model=answer.model, interaction_id=answer.interaction_id,
                                     duration_ms=_since(began), **told))


def judgement(said: Said) -> Judgement | None:
    """The evaluator's answer as it counts; None when it is no answer."""
    if said.data is None:
        return None
    return Judgement(
        confidence=float(said.data["confidence"]), is_safe=said.data["safe_to_send"], needs_human=said.data["requires_human_review"],
        reason=" ".join(said.data["reason"].split())[:LONGEST_REASON], model=said.step.model, prompt_hash=said.step.prompt_hash,
        interaction_id=str(said.step.interaction_id or ""))


def words(data: dict[str, Any], name: str) -> str:
    """A text of an answer without characters no message may hold."""
    return str(data.get(name, "")).replace("\x00", "").strip()


def _fitting(answer: Answer, call: Call) -> dict[str, Any]:
    """The answer with the schema's properties only. A server that ignores strict mode must not slip a text in for a number."""
    properties, found = call.schema["properties"], {}
    for name, wanted in properties.items():
        if name not in answer.data or not _is_a(answer.data[name], wanted):
            raise ModelFailed(f"The model's answer has no usable {name}.", code="malformed")
        found[name] = answer.data[name]
    return found


def _is_a(value: object, wanted: dict[str, Any]) -> bool:
    if "enum" in wanted:
        return value in wanted["enum"]
    kinds = wanted["type"] if isinstance(wanted["type"], list) else [wanted["type"]]
    tests = {"boolean": isinstance(value, bool), "string": isinstance(value, str), "null": value is None,
             "number": isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value),
             "integer": isinstance(value, int) and not isinstance(value, bool),
             "array": isinstance(value, list) and all(isinstance(one, str) for one in value)}
    return any(tests[kind] for kind in kinds)


def _since(began: float) -> int:
    return int((time.perf_counter() - began) * 1000)
