"""What is one wish to play a lead, what did it lead to, and what must a provider's actor know to play it?"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.store import Row
from sandbox.world import World


@dataclass(frozen=True)
class Act:
    """One wish to play a lead; see README.md for the meaning of every field."""

    provider: str
    workspace_ref: str
    lead: dict[str, Any]
    body: str = ""
    subject: str = ""
    event: str = ""
    path: str = ""
    secret: str = ""
    secret_in: str = ""
    secret_name: str = ""
    repeat: int = 1
    duplicates: int = 0
    concurrently: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)
    out_of_order: bool = False
    malformed: str = ""
    of: str = ""
    deliver: bool = True
    at: str = ""
    quoted: bool = True
    automated: bool = False
    attempts: int = 1
    pause: float = 0.5
    query: dict[str, Any] = field(default_factory=dict)
    custom_data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Happened:
    """What one message of an act led to: the webhook body and the ids a test will ask for."""

    webhook: dict[str, Any]
    ids: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Actor:
    """How one provider plays a lead.

    `play(world, act, body, subject, at)` writes the rows of one message and returns what the product is told. `check(act)`
    raises ValueError for a wish that cannot be played. `people(world)` lists the leads for the "act as" form, in one shape.
    The first of `events` is the ordinary reply, played when a wish names none. `path` is where its webhooks go, `headers` what
    they carry; `encode(webhook)` writes the body, as JSON unless it says otherwise, and `sign(world, act, body)` adds headers
    made from it.
    `secret_in` and `secret_name` say where the provider shows a secret: `query`, `path`, `header`, `body` (a field of it) or
    `signature` (then `sign` uses it). `title`, `way` ("e-mail"), `workspace_label` and `workspace_example` are words for the
    control page.
    """

    slug: str
    events: tuple[str, ...]
    path: str
    headers: Mapping[str, str]
    play: Callable[[World, Act, str, str, datetime | None], Happened]
    people: Callable[[World], list[Row]]
    check: Callable[[Act], None] = lambda act: None
    encode: Callable[[dict[str, Any]], bytes] = lambda webhook: json.dumps(webhook).encode()
    sign: Callable[[World, Act, bytes], Mapping[str, str]] = lambda world, act, body: {}
    title: str = ""
    way: str = ""
    workspace_label: str = "Workspace id"
    workspace_example: str = ""
    secret_in: str = "query"
    secret_name: str = ""


def known(row: Row | None, key: str) -> Row:
    """The row of a message that is to be told again. Raises ValueError when there is none."""
    if row is None:
        raise ValueError(f"There is no message {key} that could be told again.")
    return row
