"""What may a screen see of a workspace and its settings? Plain frozen values."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceView:
    """A workspace by name and owner."""

    id: UUID
    name: str
    owner_email: str
    created_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    """What a customer may change about a workspace; empty text means not set. Times are HH:MM in `timezone`."""

    name: str
    timezone: str
    default_region: str
    work_start_time: str
    work_end_time: str
    brand_name: str
    company_name: str
    target_result: str
    service_description: str
    ai_persona_name: str
    ai_tone: str
    ai_greeting: str
    ai_sms_greeting: str
    ai_signature: str
    ai_goals: str
    draft_generation_enabled: bool
    draft_generation_model: str
    email_provider: str
    daily_model_spend_limit_cents: int
