"""What is tried out just now? Candidate prompts instead of the saved ones, and every call overheard, in this piece of work only."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a model that was overheard. `failed` is empty when it was answered."""

    interaction_id: UUID
    purpose: str
    model: str
    ms: int
    cost: Decimal
    failed: str = ""


_prompts: ContextVar[Mapping[str, str]] = ContextVar("candidate_prompts")
_calls: ContextVar[list[Call] | None] = ContextVar("overheard_calls", default=None)


@contextmanager
def tryout(prompts: Mapping[str, str] | None = None) -> Iterator[list[Call]]:
    """Inside the block `prompt_for` gives the texts of `prompts` (by key); the list grows with each call of a model."""
    calls: list[Call] = []
    given, heard = _prompts.set(dict(prompts or {})), _calls.set(calls)
    try:
        yield calls
    finally:
        _prompts.reset(given)
        _calls.reset(heard)


def candidate(key: str) -> str | None:
    """The text that is tried out for the prompt or snippet `key`, if one is."""
    return _prompts.get({}).get(key)


def overhear(call: Call) -> None:
    """Tell whoever listens of a call; for the door to models only."""
    calls = _calls.get()
    if calls is not None:
        calls.append(call)
