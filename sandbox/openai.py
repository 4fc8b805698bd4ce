"""How does the OpenAI-compatible stand-in answer `POST /v1/responses`? (a rule-based model, not a real one)"""

import json
import re
from typing import Any

from sandbox import clock, ids
from sandbox.exchange import Answer, Call, Provider
from sandbox.model.answers import answer, ask
from sandbox.model.drafting import write_reply
from sandbox.model.embedding import embedded
from sandbox.model.limits import option_problem
from sandbox.model.prompt import read_prompt
from sandbox.model.schema import shape_problem, strict_problem
from sandbox.world import World

SUFFIX = "-sandbox"
_FORMAT_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ECHOED = ("instructions", "max_output_tokens", "metadata", "reasoning", "service_tier", "store", "temperature",
           "text", "tool_choice", "tools", "top_p", "truncation", "parallel_tool_calls", "previous_response_id")


def problem(status: int, message: str | None = None, kind: str = "", code: str | None = None,
            param: str | None = None) -> Answer:
    """Word an error as OpenAI does; the message insufficient_quota becomes the quota error that must not be retried."""
    if message == "insufficient_quota":
        message, kind, code = "You exceeded your current quota.", "insufficient_quota", "insufficient_quota"
    defaults = {401: ("invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
                429: ("rate_limit_error", "rate_limit_exceeded", "Rate limit reached for requests."),
                503: ("service_unavailable_error", "server_is_overloaded", "The server is overloaded.")}
    other = "server_error" if status >= 500 else "invalid_request_error"
    usual = defaults.get(status, (other, "server_error" if status >= 500 else None, "The request failed."))
    return Answer(status, {"error": {"message": message or usual[2], "type": kind or usual[0], "param": param,
                                     "code": code or usual[1]}}, {"x-request-id": _request_id()})


def refuse(world: World, call: Call) -> Answer | None:
    """Refuse a call without a good bearer token."""
    return problem(401) if not call.token or call.token.startswith("bad") else None


def model_headers(world: World, call: Call) -> dict[str, str]:
    """Return the headers every answer carries; reset values are durations like 1.5s."""
    return {"x-request-id": _request_id(), "openai-processing-ms": "12", "openai-version": "2020-10-01",
            "openai-organization": "sandbox", "x-ratelimit-limit-requests": "10000",
            "x-ratelimit-remaining-requests": "9999", "x-ratelimit-reset-requests": "6ms",
            "x-ratelimit-limit-tokens": "2000000", "x-ratelimit-remaining-tokens": "1999000",
            "x-ratelimit-reset-tokens": "30ms"}


def list_models(world: World, call: Call) -> Answer:
    """GET /models: the cheapest check of a key."""
    return Answer(200, {"object": "list", "data": [{"id": "gpt-5-mini", "object": "model", "owned_by": "sandbox"}]})


def create_response(world: World, call: Call) -> Answer:
    """POST /responses: the named schemas by rule, every other schema by its smallest fitting object."""
    body = call.fields
    refusal = _request_problem(body)
    if refusal:
        return refusal
    if call.fault == "refusal":
        return _response(body, [{"type": "refusal", "refusal": "I cannot help with that."}], "")
    text = _output(world, body)
    if call.fault == "incomplete":
        cut = text[: len(text) // 2]
        return _response(body, [_text_part(cut)], cut, incomplete="max_output_tokens")
    if call.fault == "malformed":
        text = text[: max(len(text) * 2 // 3, 1)] if text else "{"
    return _response(body, [_text_part(text)], text)


def create_embeddings(world: World, call: Call) -> Answer:
    """POST /embeddings: a vector per text, the same for the same words."""
    body = call.fields
    texts = [body["input"]] if isinstance(body.get("input"), str) else body.get("input")
    if not isinstance(body.get("model"), str) or not body["model"]:
        return problem(400, "you must provide a model parameter", param="model")
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
        return problem(400, "'$.input' is invalid.", param="input")
    if body.get("encoding_format", "float") != "float":
        return problem(400, "The sandbox gives numbers only.", code="unsupported_value", param="encoding_format")
    data = [{"object": "embedding", "index": index, "embedding": embedded(text)} for index, text in enumerate(texts)]
    used = sum(-(-len(text) // 4) for text in texts)
    return Answer(200, {"object": "list", "data": data[:-1] if call.fault == "incomplete" else data, "model": body["model"],
                        "usage": {"prompt_tokens": used, "total_tokens": used}})


def _request_problem(body: dict[str, Any]) -> Answer | None:
    if not isinstance(body.get("model"), str) or not body["model"]:
        return problem(400, "Missing required parameter: 'model'.", code="missing_required_parameter", param="model")
    if not body.get("input"):
        return problem(400, "Missing required parameter: 'input'.", code="missing_required_parameter", param="input")
    if body.get("stream"):
        return problem(400, "The sandbox does not stream.", code="unsupported_parameter", param="stream")
    if refusal := option_problem(body):
        return problem(400, refusal.message, code=refusal.code, param=refusal.param)
    return _format_problem(_format(body))


def _format_problem(wanted: dict[str, Any]) -> Answer | None:
    if wanted.get("type") != "json_schema":
        return None
    if not _FORMAT_NAME.fullmatch(str(wanted.get("name", ""))):
        return problem(400, "Invalid 'text.format.name'.", code="invalid_value", param="text.format.name")
    schema = wanted.get("schema")
    fault = strict_problem(schema) if wanted.get("strict") else shape_problem(schema)
    sentence = f"Invalid schema for response_format '{wanted['name']}': {fault}"
    return problem(400, sentence, code="invalid_json_schema", param="text.format.schema") if fault else None


def _output(world: World, body: dict[str, Any]) -> str:
    wanted, prompt = _format(body), read_prompt(body)
    asked = ask(prompt, _round(world, body), wanted.get("schema") or {}, clock.now().date())
    if wanted.get("type") != "json_schema":
        return write_reply(prompt, asked.reading, asked.round_number)
    return json.dumps(answer(wanted["name"], asked))


def _round(world: World, body: dict[str, Any]) -> int:
    """Return how often this very question was asked before, so that asking again gives another wording."""
    asked = ids.fingerprint(json.dumps([body.get("instructions"), body.get("input")], sort_keys=True))
    return world.store.next_number(f"asked:{asked}") - 1


def _response(body: dict[str, Any], content: list[dict[str, Any]], text: str, incomplete: str = "") -> Answer:
    status = "incomplete" if incomplete else "completed"
    at = int(clock.now().timestamp())
    message = {"type": "message", "id": f"msg_{ids.new_handle(32)}", "role": "assistant", "status": status,
               "content": content}
    return Answer(200, {name: body.get(name) for name in _ECHOED} | {
        "id": f"resp_{ids.new_handle(32)}", "object": "response", "created_at": at, "completed_at": at,
        "status": status, "error": None, "incomplete_details": {"reason": incomplete} if incomplete else None,
        "model": body["model"] + SUFFIX, "output": [message], "usage": _usage(body, text),
        "tools": body.get("tools") or [], "tool_choice": body.get("tool_choice") or "auto",
        "parallel_tool_calls": body.get("parallel_tool_calls", True), "metadata": body.get("metadata") or {},
        "text": body.get("text") or {"format": {"type": "text"}},
    })


def _usage(body: dict[str, Any], text: str) -> dict[str, Any]:
    asked = json.dumps([body.get("instructions"), body.get("input"), body.get("text")])
    tokens_in, tokens_out = -(-len(asked) // 4), -(-len(text) // 4)
    return {"input_tokens": tokens_in, "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": tokens_out, "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": tokens_in + tokens_out}


def _format(body: dict[str, Any]) -> dict[str, Any]:
    text = body.get("text")
    wanted = text.get("format") if isinstance(text, dict) else None
    return wanted if isinstance(wanted, dict) else {}


def _text_part(text: str) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def _request_id() -> str:
    return f"req_{ids.new_handle(32)}"


OPENAI = Provider(
    slug="openai", title="Model stand-in", prefix="/openai/v1", refuse=refuse, problem=problem, headers=model_headers,
    rules=(("POST", "/responses", create_response), ("POST", "/embeddings", create_embeddings), ("GET", "/models", list_models)),
)
