"""How does material become a draft? Model calls and checks, nothing saved: also what the playground and a replay run."""

import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from zrg_app.kit.scope import Scope
from zrg_app.services import llm
from zrg_app.services.drafting.checks import Proposal, failed_checks
from zrg_app.services.drafting.context import Context
from zrg_app.services.drafting.material import Material

ATTEMPTS = 2
OUTPUT_TOKENS = {"email": 1600, "sms": 900, "linkedin": 1200}
SCHEMA: dict[str, Any] = {
    "type": "object", "additionalProperties": False, "required": ["body", "reason", "confidence"],
    "properties": {"body": {"type": "string"}, "reason": {"type": "string"}, "confidence": {"type": "number"}}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the making, for `draft_step`: its name, what came out, who said so and how long it took."""

    name: str
    output: dict[str, Any]
    status: str = "success"
    model: str = ""
    prompt_key: str = ""
    prompt_hash: str = ""
    interaction_id: UUID | None = None
    duration_ms: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A draft as written, and the sentences of the checks it still fails (empty: it may be shown as ready)."""

    body: str
    reason: str
    confidence: float
    mistakes: tuple[str, ...]
    steps: tuple[Step, ...] = field(default=())

    @property
    def written_by(self) -> Step:
        """The step whose model and prompt stand behind the text."""
        return next(step for step in reversed(self.steps) if step.name == "generation")


def compose(scope: Scope, material: Material) -> Composed:
    """Write an answer. Raises ModelFailed."""
    mistakes: tuple[str, ...] = ()
    prompt = material.prompts["drafting.reply"]
    for _ in range(ATTEMPTS):
        began, context = time.perf_counter(), _context(material, mistakes)
        answer = llm.ask(scope, purpose="drafting", prompt=prompt, text=context.text(), schema_name="draft_reply", schema=SCHEMA,
                         model=material.model, max_output_tokens=OUTPUT_TOKENS[material.channel], lead_id=material.lead_id)
        body = str(answer.data.get("body", "")).replace("\x00", "").strip()
        mistakes = failed_checks(Proposal(channel=material.channel, body=body, known_text=context.known_text(),
                                          other_names=material.neighbours))
        step = Step(name="generation", output={"body": body}, model=answer.model, prompt_key=prompt.key, prompt_hash=prompt.hash,
                    interaction_id=answer.interaction_id, duration_ms=int((time.perf_counter() - began) * 1000))
        if not mistakes:
            break
    return Composed(body=body, reason=" ".join(str(answer.data.get("reason", "")).split())[:300],
                    confidence=_share(answer.data.get("confidence")), mistakes=mistakes, steps=(step,))


def _context(material: Material, mistakes: tuple[str, ...]) -> Context:
    persona, company = material.persona, material.company
    facts = {
        "sender_name": persona.sender_name or company.name, "sender_company": company.name, "tone": persona.tone,
        "goal": persona.goals, "what we offer": persona.service_description or company.service_description,
        "signature": persona.signature, "lead company": material.lead.get("company", ""),
        "lead job title": material.lead.get("job_title", ""), "campaign": material.lead.get("campaign", "")}
    return Context(channel=material.channel, first_name=material.lead.get("first_name", ""), sentiment=material.sentiment, facts=facts,
                   history=material.history, newest=material.newest, instruction=material.instruction, mistakes=mistakes)


def _share(value: object) -> float:
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float) else 0.0
