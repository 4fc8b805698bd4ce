"""What may a screen or a program see of the queue? Plain frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """One job; times are ISO, empty when there is none; `status` is a JobStatus word."""

    id: str
    kind: str
    queue: str
    status: str
    workspace_id: str
    lead_id: str
    attempts: int
    max_attempts: int
    run_at: str
    finished_at: str
    locked_by: str
    last_error: str
    correlation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDepth:
    """How much one queue holds: due now, scheduled for later, running; the age of the oldest due job in seconds."""

    queue: str
    waiting: int
    scheduled: int
    running: int
    oldest_seconds: float
