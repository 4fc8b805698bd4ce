"""What may a screen see of prompts, their changes and the calls of models? Plain frozen values."""

from dataclasses import dataclass
from typing import Literal

PromptState = Literal["ours", "changed", "stale"]
LineKind = Literal["same", "added", "removed", "gap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptRow:
    """A prompt or snippet in the list. Stale: the workspace has a text of its own, but ours has changed since, so ours is used."""

    key: str
    title: str
    purpose: str
    area: str
    state: PromptState
    changed_at: str = ""
    changed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffLine:
    """One line of a comparison with our text; a gap stands for lines that are the same."""

    kind: LineKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """One change in the history of a prompt, newest first. `size` 0 means: back to ours."""

    id: str
    action: str
    by: str
    at: str
    size: int
    is_newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptView:
    """A prompt opened: `text` is what the workspace has (its own, stale or not, else ours), `seen` the revision that was shown.

    `markers` stand around a stranger's text, if one is put before the model.
    """

    row: PromptRow
    given: tuple[str, ...]
    kind: str
    markers: str
    ours: str
    text: str
    seen: str
    diff: tuple[DiffLine, ...]
    history: tuple[RevisionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """One call of a model; nothing of what was said. Money is in dollars, `status` running, success or error."""

    id: str
    at: str
    purpose: str
    prompt_key: str
    prompt_hash: str
    model: str
    status: str
    reason: str
    error: str
    lead_id: str
    lead_name: str
    input_tokens: int
    output_tokens: int
    reasoning_tokens: int
    seconds: str
    cost: str
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """Calls, newest first; an empty cursor: there are no more."""

    rows: tuple[CallRow, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSum:
    """The calls of a day (`name` is its date) or of a purpose: how many, how many failed, what they cost, how long they took."""

    name: str
    calls: int
    errors: int
    error_share: str
    tokens: int
    cost: str
    seconds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSums:
    """The last days, newest first, and the purposes in them, dearest first."""

    days: tuple[CallSum, ...]
    purposes: tuple[CallSum, ...]
