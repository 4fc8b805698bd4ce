"""Which meetings do leads have with us, which times are free for one, and which were offered to whom?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from zrg_app.models.columns import count, document, key_text, long_text, moment, primary_key, reference, word
from zrg_app.models.vocabulary import AppointmentSource, AppointmentStatus


class Appointment(SQLModel, table=True):
    """A meeting of a lead (spec section 12). `external_id` is the provider's id of it: Calendly's invitee, GoHighLevel's event.

    `told_at` is the provider's time of the newest news about it; `replaces` and `replaced_by` are external ids of the meeting
    it was moved from and to, because either may be told first.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        UniqueConstraint("workspace_id", "provider", "external_id", name="appointment_once"),
        Index("appointment_lead", "lead_id", "starts_at"),
        Index("appointment_time", "workspace_id", "starts_at"),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id")
    provider: str = long_text(nullable=False)
    external_id: str = key_text()
    status: str = word(AppointmentStatus.CONFIRMED)
    source: str = word(AppointmentSource.WEBHOOK)
    starts_at: datetime | None = moment()
    ends_at: datetime | None = moment()
    title: str | None = long_text()
    calendar: str | None = long_text()
    join_url: str | None = long_text()
    cancel_url: str | None = long_text()
    reschedule_url: str | None = long_text()
    attendee_email: str | None = long_text()
    attendee_name: str | None = long_text()
    timezone: str | None = long_text()
    cancelled_at: datetime | None = moment()
    cancelled_by: str | None = long_text()
    cancel_reason: str | None = long_text()
    replaces: str | None = long_text()
    replaced_by: str | None = long_text()
    handles: dict = document()
    booked_at: datetime | None = moment()
    told_at: datetime = moment(nullable=False)
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class Availability(SQLModel, table=True):
    """The free times of a workspace's calendar at a provider, as last read: `slots` are ISO instants, soonest first."""

    __tablename__ = "availability"

    workspace_id: UUID = reference("workspace.id", primary_key=True)
    provider: str = Field(sa_type=Text, primary_key=True)
    slots: list[str] = document(list)
    minutes: int = count(30)
    fetched_at: datetime | None = moment()
    wanted_at: datetime | None = moment()
    error: str | None = long_text()


class OfferedTime(SQLModel, table=True):
    """A time that a message proposed to a lead, with the words it was proposed in (FACTS section 12.2)."""

    __tablename__ = "offered_time"
    __table_args__ = (
        UniqueConstraint("draft_id", "starts_at", name="offered_time_once"),
        Index("offered_time_lead", "lead_id", "offered_at"),
        Index("offered_time_workspace", "workspace_id", "starts_at"),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    lead_id: UUID = reference("lead.id")
    draft_id: UUID | None = reference("draft.id", delete="SET NULL", nullable=True)
    starts_at: datetime = moment(nullable=False)
    label: str = long_text(nullable=False)
    zone: str = long_text(nullable=False)
    offered_at: datetime = moment(now=True)
