"""How does a workspace reach its providers, and what did they tell us?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from zrg_app.models.columns import count, document, flag, key_text, long_text, moment, primary_key, reference, word
from zrg_app.models.vocabulary import ConnectionStatus, WebhookStatus


class Connection(SQLModel, table=True):
    """A workspace's account at a provider; `credentials` is sealed by the vault (spec section 4).

    An account belongs to one workspace, but for a Slack team: an agency has one, and a workspace per client.
    `alerted` says per way of telling people (mail, slack) when they were last told that it stopped working.
    """

    __tablename__ = "connection"
    __table_args__ = (
        UniqueConstraint("workspace_id", "provider", name="connection_once"),
        Index("connection_external", "provider", "external_id", unique=True, postgresql_where=text("provider <> 'slack'")),
        Index("connection_shared", "provider", "external_id", postgresql_where=text("provider = 'slack'")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    provider: str = long_text(nullable=False)
    external_id: str | None = long_text()
    base_url: str | None = long_text()
    credentials: str | None = long_text()
    webhook_secret: str | None = long_text()
    options: dict = document()
    status: str = word(ConnectionStatus.UNCHECKED)
    last_error: str | None = long_text()
    last_checked_at: datetime | None = moment()
    last_event_at: datetime | None = moment()
    last_send_at: datetime | None = moment()
    alerted: dict = document()
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class WebhookEvent(SQLModel, table=True):
    """The ledger: what a provider said, byte for byte, and what became of it (spec sections 5 and 7)."""

    __tablename__ = "webhook_event"
    __table_args__ = (
        UniqueConstraint("workspace_id", "dedupe_key", name="webhook_event_once"),
        Index("webhook_event_recent", "workspace_id", "received_at"),
        Index("webhook_event_recovered", "workspace_id", "received_at", postgresql_where=text("recovered")),
        Index("webhook_event_mismatch", "workspace_id", "received_at", postgresql_where=text("reason = 'provider_mismatch'")),
        Index("webhook_event_strangers", "received_at",
              postgresql_where=text("status = 'IGNORED' and reason = 'lead_not_found'")),
        Index("webhook_event_open", "status", "received_at", postgresql_where=text("status in ('PENDING', 'FAILED')")),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    provider: str = long_text(nullable=False)
    event_type: str = long_text(nullable=False)
    dedupe_key: str = key_text()
    status: str = word(WebhookStatus.PENDING)
    reason: str | None = long_text()
    body: bytes = Field(sa_type=LargeBinary, nullable=False)
    content_type: str | None = long_text()
    deliveries: int = count(1)
    recovered: bool = flag(False)
    received_at: datetime = moment(now=True)
    processed_at: datetime | None = moment()
    last_error: str | None = long_text()
