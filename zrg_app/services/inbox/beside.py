"""What stands beside a thread: how its reading back from the providers goes, and the meeting?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncView:
    """How reading a conversation back from its providers stands. `possible` is false where no provider can be asked;
    `synced_at` is ISO, empty before the first time; `imported` is how many messages the last time brought."""

    possible: bool = False
    is_syncing: bool = False
    synced_at: str = ""
    imported: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """One meeting of a lead. Instants are ISO or empty; `status` is an AppointmentStatus word; `link` is an https address."""

    id: str
    title: str
    starts_at: str
    status: str
    link: str
    link_words: str
    provider: str
    attendee: str
    reason: str
