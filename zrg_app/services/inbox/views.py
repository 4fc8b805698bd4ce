"""What may a screen see of a conversation? Plain frozen values; rows never leave the services."""

from dataclasses import dataclass

from zrg_app.services.inbox.beside import MeetingView, SyncView
from zrg_app.services.inbox.file_views import FileView
from zrg_app.services.inbox.label_views import LabelMark
from zrg_app.services.inbox.marking import Hit
from zrg_app.services.inbox.meanwhile import Latest
from zrg_app.services.inbox.origins import Origin
from zrg_app.services.inbox.reasons import Why
from zrg_app.services.inbox.verdicts import AutoSendNote
from zrg_app.services.inbox.wanted import ListFilter as ListFilter
from zrg_app.services.knowledge import MemoryRow
from zrg_app.services.leads.views import LeadPanel


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRow:
    """One line of the list. `hue` (0-359) colours the avatar; `sentiment` is the stored word, e.g. "Meeting Requested".

    `woke` says that it came back from snooze and nobody has looked since; `waits_since` is when the lead wrote what nobody has
    answered yet, empty when they do not wait.
    """

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
    ai_sent: bool
    ai_review: bool
    is_done: bool
    snoozed_until: str
    waits_since: str
    assignee_id: str
    assignee_name: str
    assignee_initials: str
    labels: tuple[LabelMark, ...] = ()
    woke: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Rows in the order that was asked for, the cursor of the next page (empty when this is the last), and where a search hit."""

    rows: tuple[ConversationRow, ...]
    next_cursor: str
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadItem:
    """A message, a note, or an activity line (`kind` is message, note or activity), oldest first in a thread.

    `body_html` is safe to put in a page. `delivery` is a Delivery word, `delivery_reason` a sentence for people. `day` is
    the local date of the workspace, ISO, for dividers. `leaves_at` is set while a message waits for a moment a person chose;
    `may_send_anyway` when one was held because the lead wrote again, `may_settle` when the provider told that it never arrived.
    `mark` says what a message is besides its words, e.g. an invitation; `origin` who wrote it and what became of the AI's draft.
    `author_id` is whose note it is, `is_quiet` an activity line that needs nobody; `cause` what rule caused it and where that is changed.
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
    files: tuple[FileView, ...] = ()
    leaves_at: str = ""
    opened_at: str = ""
    may_send_anyway: bool = False
    may_settle: bool = False
    origin: Origin | None = None
    cause: Why | None = None
    author_id: str = ""
    is_edited: bool = False
    is_quiet: bool = False


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
    """Whether and how the lead can be answered on a channel; `reason` says why not, in words for the setter.

    `no_files`, `no_copies` and `no_other_recipient` say why the provider cannot do that, empty when it can. `people` are the
    addresses of the thread and the lead, for suggestions.
    """

    channel: str
    possible: bool
    reason: str
    to_address: str
    to_name: str
    cc: str
    sender: str
    provider: str
    no_files: str = ""
    no_copies: str = ""
    no_other_recipient: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """The proposed answer with why it was written. `state` is a DraftStatus word; `original` is what the AI wrote, where a person has
    changed it since (it was sent and taken back), else empty."""

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
    original: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingSend:
    """A message inside its undo window; `leaves_at` is ISO. `by` let it go: `by_id` is empty for the AI."""

    outbound_id: str
    channel: str
    leaves_at: str
    body: str
    files: tuple[FileView, ...] = ()
    by_id: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationView:
    """Everything the conversation, action station and lead panel need, from one call.

    `zone` is the time zone in which moments to send later are offered: the lead's own when `zone_is_leads`. `latest` are the newest
    things said, by whom ever: over these an answer is written. `woke`: it is back from snooze; `returns_on` is the ISO day an absence
    note named, `back_at` the instant a snooze until then would end.
    """

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
    sync: SyncView = SyncView()
    meeting: MeetingView | None = None
    zone: str = "UTC"
    zone_is_leads: bool = False
    memory: tuple[MemoryRow, ...] = ()
    auto_send: AutoSendNote | None = None
    latest: tuple[Latest, ...] = ()
    labels: tuple[LabelMark, ...] = ()
    woke: bool = False
    returns_on: str = ""
    back_at: str = ""


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
    ai_sent: int
    ai_review: int
    everything: int
    by_sentiment: dict[str, int]
