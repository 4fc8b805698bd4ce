"""Which jobs exist? Each is one decorator on the function that does it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints
from uuid import UUID

from zrg_app.kit.errors import Broken, Invalid

REPLY_PRIORITY = 10
NORMAL_PRIORITY = 100
BULK_PRIORITY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A kind of work. With `transactional` the worker commits the effect and the completion together; else it is a flow,
    runs at least once and must be idempotent. `required` are the parameters without a default."""

    kind: str
    function: Callable[..., Any]
    queue: str
    tries: int
    priority: int
    transactional: bool
    parameters: dict[str, type]
    required: frozenset[str]

    def bind(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Check `arguments` against the function's signature and make them JSON. Raises Invalid for a wrong payload."""
        if not (self.required <= arguments.keys() <= self.parameters.keys()):
            raise Invalid(f"Job {self.kind} takes {sorted(self.parameters)}, got {sorted(arguments)}.")
        return {name: str(value) if isinstance(value, UUID) else value for name, value in arguments.items()}

    def arguments(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The function's arguments again, from the JSON of a row. Raises Invalid when the function has changed since."""
        if not (self.required <= payload.keys() <= self.parameters.keys()):
            raise Invalid(f"Job {self.kind} takes {sorted(self.parameters)}, its row has {sorted(payload)}.")
        return {name: UUID(value) if value is not None and self.parameters.get(name) in (UUID, UUID | None) else value
                for name, value in payload.items()}


_registered: dict[str, Job] = {}


def job(kind: str, *, queue: str = "default", tries: int = 5, priority: int = NORMAL_PRIORITY) -> Callable:
    """Make a function a job: `@job("drafting.draft_reply", tries=5)`.

    Its parameters are `(tx, scope, *, ...)` for a transactional job or `(scope, *, ...)` for a flow. Raises Broken when
    the kind is taken.
    """

    def register(function: Callable) -> Callable:
        if kind in _registered:
            raise Broken(f"Two jobs are called {kind}.")
        signature = inspect.signature(function).parameters
        names = list(signature)
        hints = get_type_hints(function)
        own = names[2 if names[0] == "tx" else 1:]
        _registered[kind] = Job(
            kind=kind, function=function, queue=queue, tries=tries, priority=priority, transactional=names[0] == "tx",
            parameters={name: hints.get(name, object) for name in own},
            required=frozenset(name for name in own if signature[name].default is inspect.Parameter.empty))
        return function

    return register


def forget(kind: str) -> None:
    """Take a job out of the registry again; for tests that register jobs of their own."""
    _registered.pop(kind, None)


def registered(kind: str) -> Job:
    """The job called `kind`. Raises Broken when there is none."""
    if kind not in _registered:
        raise Broken(f"There is no job called {kind}.")
    return _registered[kind]


def all_jobs() -> tuple[Job, ...]:
    """Every job, by kind."""
    return tuple(_registered[kind] for kind in sorted(_registered))
