"""How is a model asked? Through the OpenAI Responses API with a strict schema, and every call leaves a row."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services.llm import budget, ledger, models, shape
from zrg_app.services.llm.client import is_available
from zrg_app.services.llm.deadline import Deadline
from zrg_app.services.llm.prompts import Prompt
from zrg_app.services.llm.trying import request_id, send

# The others stay as they are for today: a job that meets one of these does better to try again later.
PASSING = frozenset({"down", "busy", "late"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model said: `data` has the schema's shape but its values are still to be checked."""

    data: dict[str, Any]
    model: str
    interaction_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """All that stays the same when a question is put a second time."""

    scope: Scope
    purpose: str
    prompt: Prompt
    text: str
    format: dict[str, Any]
    model: str
    effort: str
    temperature: float | None
    lead_id: UUID | None
    deadline: Deadline


def ask(scope: Scope, *, purpose: str, prompt: Prompt, text: str, schema_name: str, schema: dict[str, Any], model: str,
        effort: str = "low", max_output_tokens: int = 1200, lead_id: UUID | None = None, temperature: float | None = None,
        timeout: float | None = None, more_output_tokens: int = budget.EXTRA) -> Answer:
    """Ask a model, and once more where that helps: with a larger budget when the answer was cut off, as before when it was garbled.

    `timeout` is in seconds, for all of it. A text beyond the model's window loses its oldest lines. Raises ModelFailed, with a
    reason of `PASSING` when a later try may succeed, else missing_key, spend_limit, quota, locked, rejected, refused, incomplete
    or malformed.
    """
    question = _Question(
        scope=scope, purpose=purpose, prompt=prompt, text=_fitting(text, prompt, model, max_output_tokens), model=model,
        format={"type": "json_schema", "name": schema_name, "schema": schema, "strict": True}, effort=effort,
        temperature=temperature, lead_id=lead_id, deadline=Deadline(timeout or settings().openai_timeout_seconds))
    try:
        return _attempt(question, max_output_tokens)
    except ModelFailed as failed:
        again = _again(failed.reason, max_output_tokens, more_output_tokens)
        if again is None:
            raise
    return _attempt(question, again)


def _again(reason: str, max_output_tokens: int, more: int) -> int | None:
    """The output budget of a second attempt; None when one would only cost a second time."""
    grown = budget.grown(max_output_tokens, by=more)
    if reason == "incomplete":
        return grown if grown > max_output_tokens else None
    return max_output_tokens if reason == "malformed" else None


def _fitting(text: str, prompt: Prompt, model: str, max_output_tokens: int) -> str:
    own = budget.tokens(prompt.text)
    return budget.clipped(text, max(min(budget.MOST_INPUT, models.room(model, max_output_tokens)) - own, 1_000))


def _attempt(question: _Question, max_output_tokens: int) -> Answer:
    prompt, options = question.prompt, models.options(question.model, effort_wanted=question.effort, temperature=question.temperature,
                                                      max_output_tokens=max_output_tokens)
    entry = ledger.Entry(
        scope=question.scope, purpose=question.purpose, model=question.model, prompt_key=prompt.key, prompt_hash=prompt.hash,
        lead_id=question.lead_id, expected_input=budget.tokens(prompt.text) + budget.tokens(question.text),
        most_output=options["max_output_tokens"])
    if not is_available():
        ledger.refuse(entry, ModelFailed("No model is configured; set OPENAI_API_KEY.", code="missing_key"))
    ledger.begin(entry)
    try:
        data = _answer(question, entry, options)
    except ModelFailed as failed:
        entry.request_id = entry.request_id or request_id(failed)
        ledger.settle(entry, failed)
        raise
    ledger.settle(entry)
    return Answer(data=data, model=entry.model, interaction_id=entry.id)


def _answer(question: _Question, entry: ledger.Entry, options: dict[str, Any]) -> dict[str, Any]:
    response = send(lambda client: client.responses.create, question.deadline, model=question.model, store=False,
                    instructions=question.prompt.text, input=question.text, text={"format": question.format}, **options)
    entry.request_id, entry.model = response._request_id, response.model or entry.model
    if response.usage:
        entry.input_tokens, entry.output_tokens = response.usage.input_tokens or 0, response.usage.output_tokens or 0
        details = getattr(response.usage, "output_tokens_details", None)
        entry.reasoning_tokens = getattr(details, "reasoning_tokens", 0) or 0
    data = _read(response)
    if wrong := shape.problem(data, question.format["schema"]):
        raise ModelFailed(f"The model's answer had the wrong shape: {wrong}.", code="malformed")
    return data


def _read(response: Any) -> Any:
    """Status first, then refusal, then the JSON: HTTP 200 does not mean success (PROVIDERS 10.3)."""
    if response.status == "incomplete":
        why = getattr(response.incomplete_details, "reason", "")
        code = "refused" if why == "content_filter" else "incomplete"
        raise ModelFailed("The model's answer was cut off." if code == "incomplete" else "The model refused.", code=code)
    if response.status not in (None, "completed"):
        raise ModelFailed("The model failed.", code="down")
    parts = [part for item in response.output or [] if item.type == "message" for part in item.content]
    if any(part.type == "refusal" for part in parts):
        raise ModelFailed("The model refused to answer.", code="refused")
    try:
        return json.loads("".join(part.text for part in parts if part.type == "output_text"))
    except ValueError as error:
        raise ModelFailed("The model's answer was not readable.", code="malformed") from error
