"""How are the recurring columns declared? Once, here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from zrg_app.kit import clock, ids


def primary_key() -> Any:
    """A UUIDv7 primary key, made when the row is."""
    return Field(default_factory=ids.new_id, primary_key=True)


def reference(target: str, *, delete: str = "CASCADE", nullable: bool = False, index: bool = False,
              primary_key: bool = False) -> Any:
    """A foreign key to `table.column` with what happens when that row goes."""
    extra = {"default": None} if nullable else {}
    return Field(sa_column_args=[ForeignKey(target, ondelete=delete)], nullable=nullable, index=index,
                 primary_key=primary_key, **extra)


def moment(*, nullable: bool = True, now: bool = False) -> Any:
    """An instant, `timestamptz`, stored in UTC; `now` fills it when the row is made."""
    if now:
        return Field(default_factory=clock.now, sa_type=DateTime(timezone=True), nullable=False,
                     sa_column_kwargs={"server_default": text("now()")})
    extra = {"default": None} if nullable else {}
    return Field(sa_type=DateTime(timezone=True), nullable=nullable, **extra)


def long_text(default: str | None = None, *, nullable: bool = True) -> Any:
    """Text without a length; not null with a default unless `nullable`."""
    if nullable:
        return Field(default=default, sa_type=Text, nullable=True)
    return Field(default=default or "", sa_type=Text, nullable=False, sa_column_kwargs={"server_default": default or ""})


def key_text(*, unique: bool = False) -> Any:
    """Required text that rows are found by."""
    return Field(sa_type=Text, nullable=False, unique=unique)


def word(default: str) -> Any:
    """A value of a closed vocabulary, stored as text."""
    return Field(default=default, sa_type=Text, nullable=False, sa_column_kwargs={"server_default": str(default)})


def flag(default: bool = False) -> Any:
    """A not-null boolean with a server default."""
    return Field(default=default, nullable=False, sa_column_kwargs={"server_default": text("true" if default else "false")})


def count(default: int = 0) -> Any:
    """A not-null integer with a server default."""
    return Field(default=default, nullable=False, sa_column_kwargs={"server_default": text(str(default))})


def document(default: Any = dict) -> Any:
    """A not-null JSON document; `default` is its factory."""
    empty = "'[]'::jsonb" if default is list else "'{}'::jsonb"
    return Field(default_factory=default, sa_type=JSONB, nullable=False, sa_column_kwargs={"server_default": text(empty)})


__all__ = ["UUID", "count", "datetime", "document", "flag", "key_text", "long_text", "moment", "primary_key", "reference", "word"]
