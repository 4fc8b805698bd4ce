"""Who are we talking with? Leads, what identifies them, and the campaigns they came from."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Computed, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from zrg_app.models.ai_vocabulary import ResponseMode
from zrg_app.models.columns import count, document, flag, long_text, moment, primary_key, reference, word
from zrg_app.models.vocabulary import LeadStatus

SEARCH_TEXT = "lower(first_name || ' ' || last_name || ' ' || coalesce(email, '') || ' ' || coalesce(company, ''))"

# The name without signs and legal form: "Northwind Freight, Inc." is northwind freight.
COMPANY_KEY = (
    "nullif(btrim(regexp_replace(regexp_replace(lower(coalesce(company, '')), '(\\W|_)+', ' ', 'g'), "
    "'( (inc|incorporated|llc|llp|ltd|limited|gmbh|corp|corporation|co|company|ag|se|sa|sas|sarl|bv|nv|plc|pty|srl|spa|oy|ab|as))+ *$', "
    "'')), '')")
MAIL_DOMAIN = "nullif(lower(split_part(coalesce(email, ''), '@', 2)), '')"


class Campaign(SQLModel, table=True):
    """An outreach campaign at a provider, and who answers its replies.

    The delay counts seconds from the reply. `auto_send_skip_review` and `auto_send_schedule` None mean: as the workspace has it.
    """

    __tablename__ = "campaign"
    __table_args__ = (UniqueConstraint("workspace_id", "provider", "external_id", name="campaign_once"),)

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    provider: str = long_text(nullable=False)
    external_id: str = long_text(nullable=False)
    name: str = long_text(nullable=False)
    response_mode: str = word(ResponseMode.SETTER_MANAGED)
    auto_send_threshold: float = Field(default=0.9, nullable=False, sa_column_kwargs={"server_default": text("0.9")})
    auto_send_delay_min_seconds: int = count(180)
    auto_send_delay_max_seconds: int = count(420)
    auto_send_skip_review: bool | None = Field(default=None)
    auto_send_schedule: dict | None = Field(default=None, sa_type=JSONB)
    persona_id: UUID | None = reference("persona.id", delete="SET NULL", nullable=True)
    created_at: datetime = moment(now=True)


class Lead(SQLModel, table=True):
    """A person we reached out to; one conversation over all channels (spec section 6).

    A row with `merged_into` is a signpost to the lead this person turned out to be; nothing hangs on it.
    """

    __tablename__ = "lead"
    __table_args__ = (
        Index("lead_email", "workspace_id", "email", postgresql_where=text("email is not null")),
        Index("lead_words", "workspace_id", text("to_tsvector('simple', search_text)"), postgresql_using="gin"),
        Index("lead_trigrams", "workspace_id", "search_text", postgresql_using="gin",
              postgresql_ops={"search_text": "gin_trgm_ops"}),
        Index("lead_company_key", "workspace_id", "company_key", postgresql_where=text("company_key is not null")),
        Index("lead_mail_domain", "workspace_id", "mail_domain", postgresql_where=text("mail_domain is not null")),
        Index("lead_updated", "workspace_id", "updated_at", "id"),
        Index("lead_campaign", "workspace_id", "campaign_id", postgresql_where=text("campaign_id is not null")),
        Index("lead_merged", "merged_into", postgresql_where=text("merged_into is not null")),
        {"postgresql_with": {"autovacuum_vacuum_scale_factor": 0.01, "autovacuum_analyze_scale_factor": 0.01}},
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    first_name: str = long_text(nullable=False)
    last_name: str = long_text(nullable=False)
    email: str | None = long_text()
    phone: str | None = long_text()
    linkedin_url: str | None = long_text()
    job_title: str | None = long_text()
    company: str | None = long_text()
    website: str | None = long_text()
    company_state: str | None = long_text()
    industry: str | None = long_text()
    employee_headcount: str | None = long_text()
    timezone: str | None = long_text()
    status: str = word(LeadStatus.NEW)
    campaign_id: UUID | None = reference("campaign.id", delete="SET NULL", nullable=True)
    enrichment_status: str | None = long_text()
    current_replier_email: str | None = long_text()
    current_replier_name: str | None = long_text()
    current_replier_since: datetime | None = moment()
    sms_dnd: bool = flag(False)
    sms_dnd_at: datetime | None = moment()
    sms_dnd_reason: str | None = long_text()
    opted_out_at: datetime | None = moment()
    blacklist_reason: str | None = long_text()
    auto_reply: bool = flag(False)
    facts: dict = document()
    merged_into: UUID | None = reference("lead.id", nullable=True)
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)
    search_text: str | None = Field(default=None, sa_column=Column(Text, Computed(SEARCH_TEXT, persisted=True)))
    company_key: str | None = Field(default=None, sa_column=Column(Text, Computed(COMPANY_KEY, persisted=True)))
    mail_domain: str | None = Field(default=None, sa_column=Column(Text, Computed(MAIL_DOMAIN, persisted=True)))


class LeadIdentity(SQLModel, table=True):
    """One thing that identifies a lead; unique in its workspace, so two first contacts make one lead.

    Alternate e-mails are identities of kind `email` that are not primary.
    """

    __tablename__ = "lead_identity"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "value", name="lead_identity_once"),
        Index("lead_identity_lead", "lead_id"),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id")
    kind: str = long_text(nullable=False)
    value: str = long_text(nullable=False)
    is_primary: bool = flag(False)
    created_at: datetime = moment(now=True)
