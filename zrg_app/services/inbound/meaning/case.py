"""What is one neutral event being applied, and what can become of it?"""

from dataclasses import dataclass
from uuid import UUID

from zrg_app.integrations.base import Event
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.services.inbox import ingest


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The event was taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """The event is kept and has no effect; `reason` is a stable code."""

    reason: str


Outcome = Done | Ignored


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An event and the lead it is about, locked; `webhook_event_id` is None when history told it.

    `late` says that we may learn of it long after it happened, so that it need not be news any more.
    """

    tx: Tx
    scope: Scope
    event: Event
    provider: str
    webhook_event_id: UUID | None
    lead_id: UUID
    late: bool = False

    def insert(self) -> ingest.Inserted:
        """Put the event's message into the thread, once."""
        return ingest.insert(self.tx, self.scope, self.lead_id, self.event, provider=self.provider,
                             webhook_event_id=self.webhook_event_id)
