"""What do people keep on their own desk while they share an inbox: views, snippets, words half written, who looks, what was told?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, PrimaryKeyConstraint, Text, text
from sqlmodel import Field, SQLModel

from zrg_app.models.columns import document, flag, key_text, long_text, moment, primary_key, reference


class SavedView(SQLModel, table=True):
    """A view with filters that somebody named; `wanted` is the filter as a document, `is_shared` shows it to the workspace."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("saved_view_workspace", "workspace_id", "created_at"),)

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    owner_id: UUID = reference("app_user.id")
    name: str = long_text(nullable=False)
    is_shared: bool = flag(False)
    wanted: dict = document()
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class ReplySnippet(SQLModel, table=True):
    """Words a person puts into answers, with variables in them; without `owner_id` it is everybody's of the workspace."""

    __tablename__ = "reply_snippet"
    __table_args__ = (
        Index("reply_snippet_name", "workspace_id", text("coalesce(owner_id::text, '')"), text("lower(name)"), unique=True),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    owner_id: UUID | None = reference("app_user.id", nullable=True)
    name: str = long_text(nullable=False)
    body: str = long_text(nullable=False)
    created_at: datetime = moment(now=True)
    updated_at: datetime = moment(now=True)


class KeptWords(SQLModel, table=True):
    """An answer half written: one per person, lead and channel ("note" included). `base` is the text it was begun from."""

    __tablename__ = "kept_words"
    __table_args__ = (
        PrimaryKeyConstraint("user_id", "lead_id", "channel"),
        Index("kept_words_unsent", "user_id", "workspace_id", postgresql_include=["lead_id"], postgresql_where=text("body <> ''")),
    )

    workspace_id: UUID = reference("workspace.id")
    user_id: UUID = reference("app_user.id")
    lead_id: UUID = reference("lead.id", index=True)
    channel: str = key_text()
    base: str = long_text(nullable=False)
    body: str = long_text(nullable=False)
    updated_at: datetime = moment(now=True)


class Presence(SQLModel, table=True):
    """Which tab of whom looks at which conversation, and since when somebody types in it. Worth nothing after a restart."""

    __tablename__ = "presence"
    __table_args__ = (Index("presence_lead", "lead_id"), {"prefixes": ["UNLOGGED"]})

    tab: str = Field(primary_key=True, sa_type=Text)
    workspace_id: UUID = reference("workspace.id")
    user_id: UUID = reference("app_user.id")
    lead_id: UUID = reference("lead.id")
    typing_at: datetime | None = moment()
    seen_at: datetime = moment(now=True)


class Notification(SQLModel, table=True):
    """What a person is told: `kind` is mentioned, assigned or replied; `source_id` is the note it came from, else the lead: whose
    conversation is given to somebody twice, or who writes three times, is told of once, as of the last time."""

    __tablename__ = "notification"
    __table_args__ = (
        Index("notification_person", "workspace_id", "user_id", "created_at"),
        Index("notification_unread", "workspace_id", "user_id", postgresql_where=text("read_at is null")),
        Index("notification_read", "read_at", postgresql_where=text("read_at is not null")),
        Index("notification_once", "user_id", "kind", "source_id", unique=True),
    )

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    user_id: UUID = reference("app_user.id")
    lead_id: UUID = reference("lead.id", index=True)
    kind: str = key_text()
    source_id: UUID
    actor_name: str = long_text(nullable=False)
    words: str = long_text(nullable=False)
    created_at: datetime = moment(now=True)
    read_at: datetime | None = moment()
