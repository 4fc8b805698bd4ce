"""To which of two leads does a message belong that came while they were one? By whom it is from or to. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

# Other values of a thread handle are ids of mails and senders, which could look like a person's.
_OF_A_PERSON = ("contact_id", "lead_id", "member_id", "attendee_id", "attendee_provider_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A message, draft or send that came after a merge. `partner` is the address or number of the other side; `handles` are
    provider ids it carries; `after` is the message it answers, which decides when it is known."""

    id: UUID
    partner: str = ""
    handles: frozenset[str] = field(default_factory=frozenset)
    after: UUID | None = None


def belongs_to_gone(newcomer: Newcomer, keep: Collection[str], gone: Collection[str]) -> bool:
    """Whether it is the returning lead's: its partner says so, else the provider ids; who cannot be told stays.

    `keep` and `gone` are the identity values (lower case) the two had when they were merged.
    """
    if newcomer.partner in keep or newcomer.partner in gone:
        return newcomer.partner in gone
    return bool(newcomer.handles & set(gone)) and not newcomer.handles & set(keep)


def returning(newcomers: Iterable[Newcomer], keep: Collection[str], gone: Collection[str],
              known: Mapping[UUID, bool] | None = None) -> set[UUID]:
    """The ids of those that belong to the returning lead. `known` says of earlier messages whether they go; what answers one
    of them goes with it."""
    decided = dict(known or {})
    for newcomer in newcomers:
        answered = decided.get(newcomer.after) if newcomer.after else None
        decided[newcomer.id] = belongs_to_gone(newcomer, keep, gone) if answered is None else answered
    return {key for key, goes in decided.items() if goes and key not in (known or {})}


def handles_of(thread: Mapping[str, object]) -> frozenset[str]:
    """The person's ids in a message's thread handle, in lower case."""
    return frozenset(str(thread[name]).strip().lower() for name in _OF_A_PERSON if thread.get(name))
