"""What may a screen see of a lead? Plain frozen values; rows never leave the services."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeView:
    """A lead that was merged into this one. Only the newest merge can be taken back."""

    id: str
    name: str
    reason: str
    by: str
    at: str
    is_newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionView:
    """Another lead that may be this person, and why."""

    id: str
    lead_id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A lead that a search for the other one found."""

    lead_id: str
    name: str
    initials: str
    hue: int
    company: str
    reached_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One thing about two leads, side by side; `differs` when both have one and they are not the same."""

    word: str
    own: str
    other: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two leads side by side, before they become one."""

    own: Candidate
    other: Candidate
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueView:
    """Another lead of the same company. `state` is waits, answered, snoozed or done; `by_domain` is the mail domain that says so,
    empty when the company's name does."""

    lead_id: str
    name: str
    initials: str
    hue: int
    job_title: str
    sentiment: str
    state: str
    at: str
    by_domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPanel:
    """What the right-hand panel shows of a lead.

    `..._source` says where a value is from when it was filled later (a provider's slug, clay, signature or person), else empty.
    `own_name` is the name alone, empty when only an address is known; `updated_at` is what an edit says it saw; `colleagues` are the
    newest of `colleague_count` other leads of the company. `enrichment` is an EnrichmentStatus word or empty; `may_look_up` says that
    something is missing and somebody could be asked.
    """

    lead_id: str
    name: str
    initials: str
    hue: int
    job_title: str
    company: str
    email: str
    alternate_emails: tuple[str, ...]
    alternate_phones: tuple[str, ...]
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
    phone_source: str
    linkedin_source: str
    title_source: str
    enrichment: str
    may_look_up: bool
    auto_reply: bool
    merges: tuple[MergeView, ...]
    suggestions: tuple[SuggestionView, ...]
    own_name: str
    company_state: str
    industry: str
    employee_headcount: str
    scheduling_link: str
    updated_at: str
    colleagues: tuple[ColleagueView, ...]
    colleague_count: int
