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
    ai_linkedin_greeting: str
    ai_signature: str
    ai_goals: str
    ideal_customer_profile: str
    booking_link: str
    email_opt_out_line: str
    sms_opt_out_line: str
    draft_generation_enabled: bool
    draft_generation_model: str
    draft_verification_enabled: bool
    draft_verification_model: str
    overseer_enabled: bool
    auto_send_evaluator_model: str
    auto_send_revision_enabled: bool
    auto_send_skip_review: bool
    auto_send_shadow: bool
    auto_send_must_earn: bool
    auto_send_earn_rate: float
    auto_send_earn_replies: int
    setters_see_own_only: bool
    email_provider: str
    daily_model_spend_limit_cents: int
