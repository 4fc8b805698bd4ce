"""What may a screen see of a meeting?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """One meeting of a lead. Instants are ISO or empty; `status` is an AppointmentStatus word; `link` is an https address."""

    id: str
    title: str
    starts_at: str
    ends_at: str
    status: str
    link: str
    link_words: str
    provider: str
    attendee: str
    reason: str
