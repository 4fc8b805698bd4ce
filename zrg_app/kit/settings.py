"""What does the environment say? The only place that reads it."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from zrg_app.kit.errors import Invalid

DEVELOPMENT_ONLY = {"changeme", "secret", "development", "password", "test"}


def _stripped(value: object) -> object:
    # A trailing newline in a key once stopped production for hours (spec section 22).
    return value.strip() if isinstance(value, str) else value


def _address(value: object) -> object:
    # A vendor hands out "api7.example.com:13744"; what we call needs a scheme.
    text = _stripped(value)
    return f"https://{text}" if isinstance(text, str) and text and "://" not in text else text


Secret = Annotated[str, BeforeValidator(_stripped), Field(repr=False)]
Text = Annotated[str, BeforeValidator(_stripped)]
Address = Annotated[str, BeforeValidator(_address)]


def _variable(name: str, default: object, description: str, **limits: object) -> object:
    return Field(default=default, validation_alias=AliasChoices(name), description=description, **limits)


class Settings(BaseSettings):
    """Every environment variable the product reads, one sentence each (`docs/settings.md` is checked against it)."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True)

    environment: Literal["development", "test", "production"] = _variable(
        "ZRG_ENVIRONMENT", "development", "Where this runs; production refuses weak secrets and insecure cookies.")
    home: Path = _variable("ZRG_HOME", Path(".zrg"), "Folder for the embedded database, generated keys and logs.")
    port: int = _variable("ZRG_PORT", 3000, "Port the product listens on.", ge=1, le=65535)
    public_url: Text = _variable(
        "ZRG_PUBLIC_URL", "", "Address people and providers reach the product at; default http://localhost:<port>.")
    database_url: Secret = _variable("DATABASE_URL", "", "PostgreSQL to use instead of the embedded one.")
    redis_url: Secret = _variable("REDIS_URL", "", "Redis for Reflex state shared between several app processes.")
    database_pool_size: int = _variable("ZRG_DATABASE_POOL_SIZE", 8, "Connections per process; small is faster.", ge=2)
    secret_key: Secret = _variable(
        "ZRG_SECRET_KEY", "", "Key(s) for credentials at rest, comma separated, first one encrypts; else a generated file.")
    sandbox_url: Text = _variable("ZRG_SANDBOX_URL", "", "Address of the sandbox; set means all providers are stand-ins.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = _variable("ZRG_LOG_LEVEL", "INFO", "Least level logged.")
    log_format: Literal["console", "json"] = _variable("ZRG_LOG_FORMAT", "console", "Log lines for people or machines.")

    design_page: bool = _variable("ZRG_DESIGN_PAGE", False, "1 serves /dev/ui: every part of the design system in every state.")

    cron_secret: Secret = _variable("CRON_SECRET", "", "Bearer secret of /api/cron routes; unset answers 503.")
    metrics_token: Secret = _variable("ZRG_METRICS_TOKEN", "", "Bearer token of /api/metrics; unset allows localhost only.")
    session_days: int = _variable("ZRG_SESSION_DAYS", 30, "Days a login lasts without use.", ge=1, le=365)
    webhook_max_bytes: int = _variable("ZRG_WEBHOOK_MAX_BYTES", 2_000_000, "Largest webhook body accepted, bytes.", ge=1024)
    undo_seconds: float = _variable("ZRG_UNDO_SECONDS", 10.0, "Seconds a send can be undone.", ge=0, le=300)

    openai_api_key: Secret = _variable("OPENAI_API_KEY", "", "Key of the model provider; unset gives safe rule-based answers.")
    openai_base_url: Text = _variable("OPENAI_BASE_URL", "", "Any server that speaks the OpenAI Responses API.")
    openai_timeout_seconds: float = _variable("OPENAI_TIMEOUT_SECONDS", 90.0, "Longest wait for one model call.", ge=5)
    sentiment_model: Text = _variable("ZRG_SENTIMENT_MODEL", "gpt-5-mini", "Model that labels replies.")
    draft_model: Text = _variable("ZRG_DRAFT_MODEL", "gpt-5.1", "Model that writes drafts.")
    embedding_model: Text = _variable(
        "ZRG_EMBEDDING_MODEL", "", "Model that finds knowledge by meaning, e.g. text-embedding-3-small; unset finds it by words.")
    more_models: Text = _variable(
        "ZRG_MODELS", "", "Models besides those we know, as name input/output, prices in dollars per million tokens, then the "
        "efforts it takes and temperature if it does: house-7b 0.2/0.6 temperature; gpt-6 2/12 none,low,high.")
    ai_call_days: int = _variable("ZRG_AI_CALL_DAYS", 30, "Days the ledger of model calls is kept.", ge=2, le=3650)
    verifier_model: Text = _variable("ZRG_VERIFIER_MODEL", "gpt-5.2", "Model that checks drafts, where a workspace names none.")
    fast_model: Text = _variable("ZRG_FAST_MODEL", "gpt-5-mini", "Model for quick second drafts and what is remembered of leads.")
    overseer_model: Text = _variable(
        "ZRG_OVERSEER_MODEL", "gpt-5.2", "Model that reads what a lead wants of a meeting and looks over drafts.")
    auto_send_disabled: bool = _variable("AUTO_SEND_DISABLED", False, "Kill-switch: 1 lets nothing leave without a person.")
    auto_send_evaluator_model: Text = _variable(
        "AUTO_SEND_EVALUATOR_MODEL", "gpt-5-mini", "Model that judges whether a draft may leave without a person.")
    auto_send_revision_model: Text = _variable(
        "AUTO_SEND_REVISION_MODEL", "gpt-5.2", "Model that improves a draft the evaluator was not sure of.")
    knowledge_model: Text = _variable("ZRG_KNOWLEDGE_MODEL", "gpt-5-mini", "Model that makes notes of knowledge.")
    resend_api_key: Secret = _variable("RESEND_API_KEY", "", "Key for invitations and password mails.")
    resend_from_email: Text = _variable("RESEND_FROM_EMAIL", "", "Sender of those mails, on a domain verified at Resend.")
    ghl_webhook_public_key: Text = _variable(
        "ZRG_GHL_WEBHOOK_PUBLIC_KEY", "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=",
        "Public key GoHighLevel signs its app webhooks with (Ed25519, base64); the default is the vendor's.")
    ghl_base_url: Text = _variable("ZRG_GHL_BASE_URL", "", "GoHighLevel API; default the vendor's, or the sandbox.")
    emailbison_base_url: Text = _variable("EMAILBISON_BASE_URL", "", "Default EmailBison instance of new connections.")
    emailbison_allowed_hosts: Text = _variable(
        "EMAILBISON_ALLOWED_HOSTS", "", "Comma separated hosts an EmailBison connection may name besides the default.")
    unipile_base_url: Address = _variable(
        "UNIPILE_DSN", "", "Unipile address of connections that name none of their own, e.g. api7.unipile.com:13744.")
    unipile_api_key: Secret = _variable("UNIPILE_API_KEY", "", "Unipile key of those connections; never sent to another address.")
    unipile_webhook_secret: Secret = _variable(
        "UNIPILE_WEBHOOK_SECRET", "", "Secret every Unipile webhook may show in the header Unipile-Auth.")
    calendly_base_url: Text = _variable("ZRG_CALENDLY_BASE_URL", "", "Calendly API; default the vendor's, or the sandbox.")
    slack_signing_secret: Secret = _variable(
        "SLACK_SIGNING_SECRET", "", "Signing secret of the installation's Slack app, for workspaces without their own.")
    slack_base_url: Text = _variable("ZRG_SLACK_BASE_URL", "", "Slack API; default the vendor's, or the sandbox.")
    resend_base_url: Text = _variable("ZRG_RESEND_BASE_URL", "", "Resend API; default the vendor's, or the sandbox.")

    job_cron_limit: int = _variable("BACKGROUND_JOB_CRON_LIMIT", 20, "Jobs claimed per batch.", ge=1, le=200)
    job_concurrency: int = _variable("BACKGROUND_JOB_WORKER_CONCURRENCY", 4, "Jobs run at once per worker.", ge=1, le=32)
    job_time_budget_ms: int = _variable(
        "BACKGROUND_JOB_CRON_TIME_BUDGET_MS", 240_000, "Longest one job may take before its lease is not renewed.", ge=10_000)
    job_stale_lock_ms: int = _variable(
        "BACKGROUND_JOB_STALE_LOCK_MS", 60_000, "Lease of a running job; a dead worker's jobs return after it.", ge=1_000)
    webhook_event_cron_limit: int = _variable(
        "WEBHOOK_EVENT_CRON_LIMIT", 25, "No effect, kept for older set-ups: webhook events are jobs (BACKGROUND_JOB_CRON_LIMIT).",
        ge=1, le=200)
    webhook_event_time_budget_ms: int = _variable(
        "WEBHOOK_EVENT_CRON_TIME_BUDGET_MS", 45_000, "No effect, as above; see BACKGROUND_JOB_CRON_TIME_BUDGET_MS.", ge=5_000)
    webhook_event_stale_lock_ms: int = _variable(
        "WEBHOOK_EVENT_STALE_LOCK_MS", 60_000, "No effect, as above; see BACKGROUND_JOB_STALE_LOCK_MS.", ge=1_000)
    sync_window_ms: int = _variable(
        "CONVERSATION_SYNC_DEDUPE_WINDOW_MS", 300_000, "An open conversation is read back from its providers once per window.",
        ge=30_000, le=1_800_000)
    dispatch_window_seconds: int = _variable(
        "BACKGROUND_JOBS_DISPATCH_WINDOW_SECONDS", 60, "Calls of a cron route within one window start it once.", ge=15, le=3600)

    @property
    def address(self) -> str:
        """Where people reach the product, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    def provider_url(self, provider: str, vendor_url: str) -> str:
        """Base URL of a provider: its own setting, else the sandbox's prefix, else the vendor's."""
        own = getattr(self, f"{provider}_base_url", "")
        return (own or (f"{self.sandbox_url}/{provider}" if self.sandbox_url else vendor_url)).rstrip("/")

    def weaknesses(self) -> list[str]:
        """Sentences about secrets that must not be used in production."""
        secrets = {"CRON_SECRET": self.cron_secret, "ZRG_SECRET_KEY": self.secret_key, "ZRG_METRICS_TOKEN": self.metrics_token,
                   "SLACK_SIGNING_SECRET": self.slack_signing_secret}
        return [f"{name} is a default or too short." for name, value in secrets.items()
                if value and (value.lower() in DEVELOPMENT_ONLY or len(value) < 16)]


def load() -> Settings:
    """Read the environment now. Raises Invalid with one sentence per wrong variable, or for weak production secrets."""
    try:
        found = Settings()
    except ValidationError as error:
        raise Invalid("; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())) from error
    if found.environment == "production" and found.weaknesses():
        raise Invalid(" ".join(found.weaknesses()))
    return found


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return load()
