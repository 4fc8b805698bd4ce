"""What is kept of an act so that it can be undone, and what became of the undoing?"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an act did to one row of a lead: the columns that differ, as JSON values; None where there was no row, or is none."""

    lead_id: UUID
    table: str
    row_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoable:
    """An act that was done, by its word in `acts.ACTS`, with everything it changed. Kept by the server, never by a browser.

    `leads` are those it was done with, in order; `skipped` is how many of the wanted ones could not have it.
    """

    act: str
    leads: tuple[UUID, ...]
    changes: tuple[Change, ...]
    skipped: int = 0

    @property
    def changed(self) -> tuple[UUID, ...]:
        """The leads for which it made a difference, in order."""
        return tuple(sorted({change.lead_id for change in self.changes}))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What undoing an act did: the leads that are as before, how many had changed since, and what did not come back with them."""

    leads: tuple[UUID, ...]
    changed_since: int = 0
    left: tuple[str, ...] = ()
