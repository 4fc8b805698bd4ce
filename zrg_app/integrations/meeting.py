"""What do calendars tell of meetings, and what can be booked there? Neutral, as `parse` and `calendars` read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An appointment a calendar tells of. `external_id` is the invitee or event there; `replaces` the one it was moved from.

    `status` is how it stood `told_at` by the provider's clock: what is told later wins, whatever arrives first. `rescheduled`
    says of a cancellation that another meeting takes its place, named by `replaced_by` or not. `calendar` is the kind of
    meeting there (event type, calendar), `handles` are the provider's own addresses of what belongs to it.
    """

    external_id: str
    status: Literal["confirmed", "canceled", "showed", "no_show"] = "confirmed"
    told_at: datetime | None = None
    booked_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    title: str | None = None
    timezone: str | None = None
    calendar: str | None = None
    join_url: str | None = None
    cancel_url: str | None = None
    reschedule_url: str | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    rescheduled: bool = False
    cancelled_by: str | None = None
    reason: str | None = None
    handles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Something to book times in (a kind of meeting, a calendar), kept under `calendar` in the options once it is chosen."""

    id: str
    name: str
    minutes: int | None = None
