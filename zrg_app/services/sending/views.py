"""What may a screen or a program see of the outbox?"""

from dataclasses import dataclass

from zrg_app.services.inbox.views import FileView


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingView:
    """A message that is not in the thread yet: `state` is waiting, sending, checking or failed; `reason` says why it failed.

    `can_undo` while it has not left, `can_retry` when it failed. Instants are ISO.
    """

    outbound_id: str
    lead_id: str
    channel: str
    state: str
    body: str
    to: str
    code: str
    reason: str
    leaves_at: str
    created_at: str
    by_ai: bool
    can_undo: bool
    can_retry: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A message that will not leave as it stood: what it was, for the composer. `draft_id` is the draft that waits again."""

    channel: str
    body: str
    to_address: str
    to_name: str
    cc: tuple[str, ...]
    files: tuple[FileView, ...]
    draft_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOnce:
    """The proof that nothing left twice: `sent` outbox rows, `messages` they left in threads, provider message ids claimed
    `twice`, drafts sent `twice_per_draft`, `unknown` fates still open, and `unfinished` rows on their way."""

    sent: int
    messages: int
    twice: int
    twice_per_draft: int
    unknown: int
    unfinished: int

    @property
    def holds(self) -> bool:
        """Whether every accepted message is in its thread exactly once."""
        return self.sent == self.messages and not self.twice and not self.twice_per_draft
