"""What may be seen of free times and offers? Plain frozen values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTimeView:
    """A time with the words it is offered in: `Tue, Nov 24, 10:00 AM EST`, always with its zone."""

    starts_at: datetime
    label: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTimesView:
    """How reading the calendar of a provider stands: how many times are free, when they were read (ISO, or empty), and why they
    could not be read last."""

    provider: str
    number: int
    read_at: str
    error: str
