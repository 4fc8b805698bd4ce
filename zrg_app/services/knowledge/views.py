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
class Passage:
    """A piece of a knowledge asset that fits a question."""

    asset: str
    text: str
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryView:
    """One thing remembered of a lead and where it comes from."""

    id: str
    category: str
    content: str
    source: str
    status: str
    confidence: float | None = None
    message_id: str = ""
    created_at: datetime | None = None
    expires_at: datetime | None = None
