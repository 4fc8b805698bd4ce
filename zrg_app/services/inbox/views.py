"""What may a screen see of a conversation? Plain frozen values; rows never leave the services."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRow:
    """One line of the list. `hue` (0-359) colours the avatar; `sentiment` is the stored word, e.g. "Meeting Requested"."""

    lead_id: str
    name: str
    initials: str
    hue: int
    company: str
    channel: str
    subject: str
    snippet: str
    sentiment: str
    last_message_at: str
    unread_count: int
    needs_reply: bool
    has_draft: bool
    needs_repair: bool
    is_done: bool
    snoozed_until: str
    assignee_id: str
    assignee_name: str
    assignee_initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Rows newest first and the cursor of the next page, empty when this is the last."""

    rows: tuple[ConversationRow, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadItem:
    """A message, a note, or an activity line (`kind` is message, note or activity), oldest first in a thread.

    `body_html` is safe to put in a page. `delivery` is a Delivery word, `delivery_reason` a sentence for people. `day` is
    the local date of the workspace, ISO, for dividers. `mark` says what a message is besides its words, e.g. an invitation.
    """

    id: str
    kind: str
    channel: str
    direction: str
    author: str
    by_ai: bool
    to: str
    cc: str
    subject: str
    body: str
    body_html: str
    at: str
    day: str
    delivery: str
    delivery_reason: str
    is_automatic: bool
    has_original: bool
    icon: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A message as it came; `html` is safe to put in a page."""

    message_id: str
    subject: str
    sender: str
    html: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Whether and how the lead can be answered on a channel; `reason` says why not, in words for the setter."""

    channel: str
    possible: bool
    reason: str
    to_address: str
    to_name: str
    cc: str
    sender: str
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """The proposed answer with why it was written. `state` is a DraftStatus word."""

    id: str
    channel: str
    state: str
    body: str
    subject: str
    reason: str
    confidence: float
    instruction: str
    generation: int
    error: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingSend:
    """A message inside its undo window; `leaves_at` is ISO."""

    outbound_id: str
    channel: str
    leaves_at: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPanel:
    """What the right-hand panel shows of a lead."""

    lead_id: str
    name: str
    initials: str
    hue: int
    job_title: str
    company: str
    email: str
    alternate_emails: tuple[str, ...]
    phone: str
    linkedin_url: str
    website: str
    local_time: str
    timezone: str
    campaign: str
    owner: str
    status: str
    sentiment: str
    sentiment_reason: str
    sentiment_source: str
    blacklisted: bool
    blacklist_reason: str
    sms_dnd: bool
    sms_dnd_reason: str
    current_replier: str
    created_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationView:
    """Everything the conversation, action station and lead panel need, from one call."""

    lead: LeadPanel
    subject: str
    is_done: bool
    snoozed_until: str
    assignee_id: str
    items: tuple[ThreadItem, ...]
    earlier_cursor: str
    ways: tuple[Way, ...]
    draft: DraftView | None
    pending: tuple[PendingSend, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """The sidebar's numbers. `by_sentiment` maps the stored word to the number of open conversations."""

    needs_reply: int
    drafts: int
    assigned_to_me: int
    snoozed: int
    done: int
    unread: int
    needs_repair: int
    everything: int
    by_sentiment: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """What the list shows. `view` is reply, drafts, mine, snoozed, done, repair, all or unread; the rest narrows it.

    `updated_since` takes conversations changed at or after an instant.
    """

    view: str = "reply"
    channels: tuple[str, ...] = ()
    sentiments: tuple[str, ...] = ()
    assignee_id: str = ""
    unread: bool = False
    search: str = ""
    updated_since: datetime | None = None
