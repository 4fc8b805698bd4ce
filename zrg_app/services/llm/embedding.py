"""How is a text turned into numbers, so that it can be found by its meaning?"""

from collections.abc import Sequence
from typing import Any

from zrg_app.kit.errors import ModelFailed
from zrg_app.kit.scope import Scope
from zrg_app.kit.settings import settings
from zrg_app.services.llm import budget, ledger
from zrg_app.services.llm.client import is_available
from zrg_app.services.llm.deadline import Deadline
from zrg_app.services.llm.trying import request_id, send

BATCH = 64
MOST_TOKENS = 4_000


def embed(scope: Scope, texts: Sequence[str], *, purpose: str, timeout: float | None = None) -> list[list[float]] | None:
    """One vector per text, in their order; None when no embedding model is configured (ZRG_EMBEDDING_MODEL).

    Long texts are cut, empty ones count as a space. Raises ModelFailed as `ask` does.
    """
    model = settings().embedding_model
    if not model or not is_available():
        return None
    deadline = Deadline(timeout or settings().openai_timeout_seconds)
    found: list[list[float]] = []
    for start in range(0, len(texts), BATCH):
        batch = [budget.clip(text, MOST_TOKENS) or " " for text in texts[start:start + BATCH]]
        found += _batch(scope, batch, purpose, model, deadline)
    return found


def _batch(scope: Scope, texts: list[str], purpose: str, model: str, deadline: Deadline) -> list[list[float]]:
    entry = ledger.Entry(scope=scope, purpose=purpose, model=model, expected_input=sum(map(budget.tokens, texts)))
    ledger.begin(entry)
    try:
        vectors = _answer(entry, texts, deadline)
    except ModelFailed as failed:
        entry.request_id = entry.request_id or request_id(failed)
        ledger.settle(entry, failed)
        raise
    ledger.settle(entry)
    return vectors


def _answer(entry: ledger.Entry, texts: list[str], deadline: Deadline) -> list[list[float]]:
    response = send(lambda client: client.embeddings.with_raw_response.create, deadline, model=entry.model, input=texts,
                    encoding_format="float")
    entry.request_id = response.headers.get("x-request-id")
    try:
        parsed = response.parse()
        entry.model, entry.input_tokens = parsed.model or entry.model, _count(parsed.usage)
        vectors = [each.embedding for each in sorted(parsed.data, key=lambda each: each.index)]
    except (AttributeError, TypeError, ValueError) as error:
        raise ModelFailed("The model's vectors were not readable.", code="malformed") from error
    if len(vectors) != len(texts) or not all(_is_vector(each, len(vectors[0])) for each in vectors):
        raise ModelFailed("The model did not give one vector per text.", code="malformed")
    return vectors


def _count(usage: Any) -> int:
    return getattr(usage, "prompt_tokens", 0) or 0


def _is_vector(value: Any, length: int) -> bool:
    return isinstance(value, list) and len(value) == length > 0 and all(isinstance(each, int | float) for each in value)
