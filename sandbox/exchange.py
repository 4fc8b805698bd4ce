"""What is one request to a stand-in provider, and what is its answer?"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.world import World


@dataclass(frozen=True)
class Call:
    """One request, its body already read. Header names are lower case; `path` starts after the provider's prefix."""

    provider: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes
    body: Any
    params: dict[str, str] = field(default_factory=dict)
    fault: str | None = None

    @property
    def token(self) -> str:
        """Return the bearer token, or an empty text."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    @property
    def fields(self) -> dict[str, Any]:
        """Return the body when it is an object, else an empty one, so that handlers can report what is missing."""
        return self.body if isinstance(self.body, dict) else {}

    def number(self, name: str, default: int, most: int) -> int:
        """Read a whole number of the query between 1 and `most`; anything else gives the default."""
        text = self.query.get(name, "")
        return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 10 else default


@dataclass
class Answer:
    """One answer. `effect` says what a person would notice because of it (a mail, a text message), else None."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    effect: dict[str, Any] | None = None

    def encoded(self) -> bytes:
        """Return the body as bytes: bytes and text as they are, everything else as JSON."""
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


Handler = Callable[["World", Call], Answer]
Rule = tuple[str, str, Handler]


@dataclass(frozen=True)
class Provider:
    """One stand-in provider: where it is mounted, what it answers, how it refuses and how it words an error."""

    slug: str
    title: str
    prefix: str
    rules: tuple[Rule, ...]
    refuse: Callable[["World", Call], Answer | None]
    problem: Callable[[int, str | None], Answer]
    headers: Callable[["World", Call], dict[str, str]]


class BodyProblem(ValueError):
    """The body of a request could not be understood; the text says why."""
