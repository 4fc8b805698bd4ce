"""How is a model asked? Through the OpenAI Responses API with a strict schema, and every call leaves a row."""

import json
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import openai

from zrg_app.kit import clock, db, ids, logs
from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.models import AiInteraction
from zrg_app.services.llm import models
from zrg_app.services.llm.prompts import Prompt
from zrg_app.services.llm.spending import refuse_when_spent

log = logs.get_logger()

GROWTH = 2
_QUOTA = {"insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
          "project_spend_limit_exceeded", "organization_usage_limit_exceeded"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model said: `data` fits the schema's shape but its values are still to be checked."""

    data: dict[str, Any]
    model: str
    interaction_id: UUID


@dataclass(slots=True, kw_only=True)
class _Call:
    """One attempt and what is known of it, for its row."""

    interaction_id: UUID
    model: str
    started: float
    input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    request_id: str | None = None


def is_available() -> bool:
    """Whether there is a model to ask: a key, or the sandbox's stand-in."""
    return bool(settings().openai_api_key or settings().sandbox_url)


def ask(scope: Scope, *, purpose: str, prompt: Prompt, text: str, schema_name: str, schema: dict[str, Any], model: str,
        effort: str = "low", max_output_tokens: int = 1200, lead_id: UUID | None = None, temperature: float | None = None,
        timeout: float | None = None) -> Answer:
    """Ask once, and once more with a larger budget when the answer was cut off. `timeout` is in seconds, for all of it.

    Raises ModelFailed with reason missing_key, spend_limit, down, busy, quota, locked, refused, incomplete or malformed.
    """
    if not is_available():
        raise ModelFailed("No model is configured; set OPENAI_API_KEY.", code="missing_key")
    with db.transaction(scope) as tx:
        refuse_when_spent(tx, scope)
    request = {"model": model, "instructions": prompt.text, "input": text, "store": False,
               "text": {"format": {"type": "json_schema", "name": schema_name, "schema": schema, "strict": True}}}
    accepted = models.effort(model, effort, with_temperature=temperature is not None)
    if accepted:
        request["reasoning"] = {"effort": accepted}
    if temperature is not None and models.takes_temperature(model):
        request["temperature"] = temperature
    if timeout is not None:
        request["timeout"] = timeout
    try:
        return _attempt(scope, purpose, prompt, {**request, "max_output_tokens": max_output_tokens}, lead_id)
    except ModelFailed as failed:
        if failed.reason != "incomplete":
            raise
        return _attempt(scope, purpose, prompt, {**request, "max_output_tokens": max_output_tokens * GROWTH}, lead_id)


def _attempt(scope: Scope, purpose: str, prompt: Prompt, request: dict[str, Any], lead_id: UUID | None) -> Answer:
    call = _Call(interaction_id=ids.new_id(), model=request["model"], started=time.perf_counter())
    try:
        data = _answer(call, request)
    except ModelFailed as failed:
        _keep(scope, call, purpose, prompt, lead_id, failed)
        raise
    _keep(scope, call, purpose, prompt, lead_id, None)
    return Answer(data=data, model=call.model, interaction_id=call.interaction_id)


def _answer(call: _Call, request: dict[str, Any]) -> dict[str, Any]:
    try:
        with _client() as client:
            response = client.responses.create(**request)
    except openai.APIStatusError as error:
        raise _status_failure(call, error) from error
    except openai.APIError as error:
        raise ModelFailed("The model did not answer.", code="down") from error
    call.request_id, call.model = response._request_id, response.model or call.model
    if response.usage:
        call.input_tokens, call.output_tokens = response.usage.input_tokens, response.usage.output_tokens
        details = getattr(response.usage, "output_tokens_details", None)
        call.reasoning_tokens = getattr(details, "reasoning_tokens", 0) or 0
    return _read(response)


def _read(response: Any) -> dict[str, Any]:
    """Status first, then refusal, then the JSON: HTTP 200 does not mean success (PROVIDERS 10.3)."""
    if response.status == "incomplete":
        why = getattr(response.incomplete_details, "reason", "")
        code = "refused" if why == "content_filter" else "incomplete"
        raise ModelFailed("The model's answer was cut off." if code == "incomplete" else "The model refused.", code=code)
    if response.status not in (None, "completed"):
        raise ModelFailed("The model failed.", code="down")
    parts = [part for item in response.output if item.type == "message" for part in item.content]
    if any(part.type == "refusal" for part in parts):
        raise ModelFailed("The model refused to answer.", code="refused")
    try:
        data = json.loads("".join(part.text for part in parts if part.type == "output_text"))
    except ValueError as error:
        raise ModelFailed("The model's answer was not readable.", code="malformed") from error
    if not isinstance(data, dict):
        raise ModelFailed("The model's answer had the wrong shape.", code="malformed")
    return data


def _status_failure(call: _Call, error: openai.APIStatusError) -> ModelFailed:
    call.request_id = error.request_id
    body = error.body if isinstance(error.body, dict) else {}
    if error.status_code == 429 and {body.get("type"), body.get("code")} & _QUOTA:
        return ModelFailed("The model account has no credit left; raise its limit.", code="quota")
    if error.status_code in (401, 403):
        return ModelFailed("The model provider refuses our key; check OPENAI_API_KEY.", code="locked")
    if error.status_code == 429:
        return ModelFailed("The model is busy.", code="busy")
    if error.status_code >= 500:
        return ModelFailed("The model is down.", code="down")
    return ModelFailed("The model refused the request as wrong.", code="malformed")


def _client() -> openai.OpenAI:
    known = settings()
    base_url = known.openai_base_url or (f"{known.sandbox_url}/openai/v1" if known.sandbox_url else None)
    # Two quick retries of 429 and 5xx; longer waits are the job's.
    return openai.OpenAI(api_key=known.openai_api_key or "sandbox", base_url=base_url, timeout=known.openai_timeout_seconds,
                         max_retries=2)


def _keep(scope: Scope, call: _Call, purpose: str, prompt: Prompt, lead_id: UUID | None, failed: ModelFailed | None) -> None:
    latency = int((time.perf_counter() - call.started) * 1000)
    with db.transaction(scope) as tx:
        tx.add(AiInteraction(
            id=call.interaction_id, workspace_id=scope.workspace_id, lead_id=lead_id, purpose=purpose, prompt_key=prompt.key,
            prompt_hash=prompt.hash, model=call.model, status="error" if failed else "success",
            error_category=failed.reason if failed else None, error=failed.sentence if failed else None,
            request_id=call.request_id, input_tokens=call.input_tokens, output_tokens=call.output_tokens,
            reasoning_tokens=call.reasoning_tokens, latency_ms=latency, created_at=clock.now(),
            cost_usd=models.cost(call.model, call.input_tokens, call.output_tokens)))
    log.info("llm.asked", purpose=purpose, model=call.model, outcome=failed.reason if failed else "success", ms=latency)
