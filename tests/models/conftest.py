"""Which databases do tests of the schema use? Fresh ones, made cheaply from templates and dropped at once."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

Fresh = Callable[..., str]


@contextmanager
def _made(server_url: str, template: str) -> Iterator[str]:
    name = f"zrg_schema_{secrets.token_hex(4)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield server_url.rsplit("/", 1)[0] + f"/{name}" + ("?" + server_url.split("?", 1)[1] if "?" in server_url else "")
        finally:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def empty_database(server_url: str) -> Iterator[str]:
    """A database with nothing in it."""
    with _made(server_url, "template0") as url:
        yield url


@pytest.fixture
def another_database(server_url: str) -> Iterator[str]:
    """A second database with nothing in it."""
    with _made(server_url, "template0") as url:
        yield url
