"""What may a screen see of reading histories back? Plain frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run over all conversations; `status` is running, done or cancelled, times are ISO, `share` is percent done."""

    id: str
    status: str
    total: int
    done: int
    failed: int
    share: int
    started_by: str
    started_at: str
    finished_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookView:
    """How far a provider was looked through for messages without a webhook; times are ISO, empty when there is none."""

    provider: str
    title: str
    looked_at: str
    recovered: int
    error: str
