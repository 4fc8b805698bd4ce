"""Who may come in: people, memberships, invitations, logins and tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlmodel import SQLModel

from zrg_app.models.columns import count, flag, key_text, long_text, moment, primary_key, reference, word
from zrg_app.models.vocabulary import Role, TokenScope


class User(SQLModel, table=True):
    """A person who can sign in; e-mail is stored lower-case."""

    __tablename__ = "app_user"
    __table_args__ = (Index("app_user_email", text("lower(email)"), unique=True),)

    id: UUID = primary_key()
    email: str = long_text(nullable=False)
    name: str = long_text(nullable=False)
    password_hash: str | None = long_text()
    theme: str = long_text("system", nullable=False)
    created_at: datetime = moment(now=True)
    last_login_at: datetime | None = moment()
    disabled_at: datetime | None = moment()


class Member(SQLModel, table=True):
    """A role of a person in a workspace; several are allowed, the highest counts."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id", "role", name="member_once"),)

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    user_id: UUID = reference("app_user.id", index=True)
    role: str = word(Role.SETTER)
    created_at: datetime = moment(now=True)


class Invitation(SQLModel, table=True):
    """A mailed link that makes its reader a member; only the token's hash is kept."""

    __tablename__ = "invitation"
    __table_args__ = (Index("invitation_open", "workspace_id", text("lower(email)")),)

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id")
    email: str = long_text(nullable=False)
    role: str = word(Role.SETTER)
    token_hash: str = key_text(unique=True)
    invited_by: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    created_at: datetime = moment(now=True)
    expires_at: datetime = moment(nullable=False)
    accepted_at: datetime | None = moment()
    revoked_at: datetime | None = moment()


class PasswordReset(SQLModel, table=True):
    """A mailed link that sets a new password once."""

    __tablename__ = "password_reset"

    id: UUID = primary_key()
    user_id: UUID = reference("app_user.id", index=True)
    token_hash: str = key_text(unique=True)
    created_at: datetime = moment(now=True)
    expires_at: datetime = moment(nullable=False)
    used_at: datetime | None = moment()


class LoginSession(SQLModel, table=True):
    """A signed-in browser; the cookie's token is kept as a hash."""

    __tablename__ = "login_session"

    id: UUID = primary_key()
    user_id: UUID = reference("app_user.id", index=True)
    token_hash: str = key_text(unique=True)
    created_at: datetime = moment(now=True)
    last_seen_at: datetime = moment(now=True)
    expires_at: datetime = moment(nullable=False)
    revoked_at: datetime | None = moment()
    user_agent: str | None = long_text()


class ApiToken(SQLModel, table=True):
    """A program's key to one workspace, to read or to write."""

    __tablename__ = "api_token"

    id: UUID = primary_key()
    workspace_id: UUID = reference("workspace.id", index=True)
    name: str = long_text(nullable=False)
    scope: str = word(TokenScope.READ)
    token_hash: str = key_text(unique=True)
    last_four: str = long_text(nullable=False)
    created_by: UUID | None = reference("app_user.id", delete="SET NULL", nullable=True)
    created_at: datetime = moment(now=True)
    last_used_at: datetime | None = moment()
    revoked_at: datetime | None = moment()


class RateWindow(SQLModel, table=True):
    """How often something was tried in a window of time; shared by all processes."""

    __tablename__ = "rate_window"
    __table_args__ = (PrimaryKeyConstraint("key", "window_started_at"), {"prefixes": ["UNLOGGED"]})

    key: str = key_text()
    window_started_at: datetime = moment(nullable=False)
    tries: int = count(0)
    blocked: bool = flag(False)
