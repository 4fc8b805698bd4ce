"""What may a draft or a screen see of the knowledge of a workspace? Plain frozen values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaView:
    """Who speaks. Empty text means not set; `id` is empty when the workspace's own texts speak."""

    id: str = ""
    name: str = ""
    is_default: bool = False
    sender_name: str = ""
    tone: str = ""
    greeting: str = ""
    sms_greeting: str = ""
    linkedin_greeting: str = ""
    signature: str = ""
    goals: str = ""
    service_description: str = ""
    ideal_customer_profile: str = ""
    campaigns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewView:
    """How a message of a persona begins and ends on one channel."""

    channel: str
    opening: str
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """Something leads are asked to see whether they fit."""

    id: str
    question: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyView:
    """What the client company says of itself; `questions` are its qualification questions, the required ones marked True."""

    name: str = ""
    target_result: str = ""
    service_description: str = ""
    goals: str = ""
    ideal_customer_profile: str = ""
    questions: tuple[tuple[str, bool], ...] = ()
    booking_link: str = ""
    email_opt_out_line: str = ""
    sms_opt_out_line: str = ""
    zone: str = "America/Los_Angeles"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetView:
    """A knowledge asset as the list shows it. `caution` is said of one that is ready but not as good as it could be."""

    id: str
    name: str
    kind: str
    mode: str
    status: str
    progress: str
    error: str
    caution: str
    url: str
    size: str
    passages: int
    has_notes: bool
    indexed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetText:
    """What was read from an asset, and the notes made of it. `revision` changes with every edit; `is_cut` says that the text
    is longer than what is shown."""

    asset: AssetView
    text: str
    notes: str
    revision: str
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a knowledge asset that fits a question."""

    asset: str
    text: str
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryView:
    """One thing remembered of a lead and where it comes from. For a draft, `content` says the day of a "not before" itself."""

    id: str
    category: str
    content: str
    source: str
    status: str
    confidence: float | None = None
    message_id: str = ""
    created_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryRow:
    """One thing remembered of a lead as the lead panel shows it. Days are ISO or empty; `message_id` is the reply it is from,
    `by` the colleague who wrote or approved it."""

    id: str
    category: str
    content: str
    status: str
    is_inferred: bool
    confidence: str
    message_id: str
    said_at: str
    by: str
    expires_on: str
    not_before: str
    is_over: bool
