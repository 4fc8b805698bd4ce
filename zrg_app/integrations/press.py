"""What did a colleague do with a message of ours at a provider? Neutral, as `parse` reads it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A colleague used a button of a message of ours. `user_id` is the provider's word; `draft_id`, `generation` and `seen`, a mark
    of the words that stood there, are what the button carried: they are looked up, never trusted."""

    action: str
    user_id: str
    user_name: str
    draft_id: UUID
    generation: int
    seen: str = ""
    channel: str = ""
