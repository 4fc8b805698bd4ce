"""What does the bell show? Plain frozen values, and how a kind is said to people."""

from dataclasses import dataclass

MENTIONED, ASSIGNED, REPLIED = "mentioned", "assigned", "replied"
# What is said of each kind, in one place: by whom it was caused comes first, and for a reply that is the lead.
WORDS: dict[str, str] = {
    MENTIONED: "{who} named you in a note", ASSIGNED: "{who} gave you this conversation", REPLIED: "{who} wrote in a conversation of yours"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationView:
    """One line of the bell. `what` says what happened, `words` what was written (a note, a reply), `lead` whose conversation it is;
    `note_id` is set when it leads to a note."""

    id: str
    kind: str
    lead_id: str
    note_id: str
    what: str
    lead: str
    words: str
    at: str
    is_unread: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """How much a person has not seen yet, and the newest of what they were told."""

    unread: int
    items: tuple[NotificationView, ...]


def what_happened(kind: str, who: str) -> str:
    """A kind in the words of a person. Pure."""
    return WORDS.get(kind, "{who} has news for you").format(who=who or "Somebody")
