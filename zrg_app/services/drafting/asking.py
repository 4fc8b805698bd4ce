"""How is one step of a draft asked of a model, within its time, and written down also when it failed?"""

import time
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.services import llm
from zrg_app.services.drafting.material import Material

# What is wrong with the account is wrong for the next step too.
HOPELESS = {"missing_key", "spend_limit", "quota", "locked"}
LEAST_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the making, for `draft_step`: its name, what came out, who said so and how long it took.

    `status` is success, error (the model failed), or dropped (what it said was of no use).
    """

    name: str
    output: dict[str, Any]
    status: str = "success"
    model: str = ""
    prompt_key: str = ""
    prompt_hash: str = ""
    interaction_id: UUID | None = None
    duration_ms: int = 0
    error: str = ""


class Unwritten(ModelFailed):
    """No text came out; `steps` says what was tried."""

    def __init__(self, sentence: str, *, code: str, steps: tuple[Step, ...] = ()) -> None:
        """Like ModelFailed, with the steps."""
        super().__init__(sentence, code=code)
        self.steps = steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one step asks for."""

    step: str
    prompt_key: str
    schema_name: str
    schema: dict[str, Any]
    text: str
    model: str
    tokens: int
    effort: str = "low"
    temperature: float | None = None


@dataclass(slots=True, kw_only=True)
class Pen:
    """The making of one draft: who for, of what, until when, and the steps so far."""

    scope: Scope
    material: Material
    deadline: llm.Deadline
    steps: list[Step] = field(default_factory=list)
    failed: ModelFailed | None = None

    def ask(self, question: Question, seconds: float) -> dict[str, Any] | None:
        """What the model says, or None when it fails; either is a step. Raises Unwritten when no other step can do better."""
        began, prompt = time.perf_counter(), self.material.prompts[question.prompt_key]
        step = Step(name=question.step, output={}, model=question.model, prompt_key=prompt.key, prompt_hash=prompt.hash)
        try:
            if seconds < LEAST_SECONDS:
                raise ModelFailed("There was no time left for it.", code="late")
            answer = llm.ask(
                self.scope, purpose=f"drafting.{question.step}", prompt=prompt, text=question.text, schema_name=question.schema_name,
                schema=question.schema, model=question.model, effort=question.effort, temperature=question.temperature,
                max_output_tokens=question.tokens, lead_id=self.material.lead_id, timeout=seconds)
        except ModelFailed as failed:
            self.failed = failed
            self.steps.append(replace(step, status="error", error=failed.sentence, duration_ms=_since(began)))
            if failed.reason in HOPELESS:
                raise self.unwritten() from failed
            return None
        self.steps.append(replace(step, model=answer.model, interaction_id=answer.interaction_id, duration_ms=_since(began)))
        return answer.data

    def note(self, *, status: str = "success", error: str = "", **output: Any) -> None:
        """Say what came of the last step."""
        last = self.steps[-1]
        self.steps[-1] = replace(last, status=status, error=error, output={**last.output, **output})

    def unwritten(self) -> Unwritten:
        """The failure of the whole, in the words of the last step that failed."""
        failed = self.failed or ModelFailed("The model's answer was empty.", code="malformed")
        return Unwritten(failed.sentence, code=failed.reason, steps=tuple(self.steps))


def _since(began: float) -> int:
    return int((time.perf_counter() - began) * 1000)
