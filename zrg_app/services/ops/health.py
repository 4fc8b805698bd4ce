"""Is the product up, and can it do its work? Each part with one sentence."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import psycopg
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

import zrg_app
from zrg_app.kit import clock, db
from zrg_app.kit.errors import ZrgError
from zrg_app.kit.scope import system

WORKER_SILENT = timedelta(seconds=30)
CHECKOUT = Path(zrg_app.__file__).parent.parent
MIGRATIONS, PROJECT = CHECKOUT / "alembic", CHECKOUT / "pyproject.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of readiness and what is to be said about it."""

    name: str
    ok: bool
    detail: str


@cache
def version() -> str:
    """The version of the product, as its checkout declares it."""
    return tomllib.loads(PROJECT.read_text())["project"]["version"]


@cache
def newest_migration() -> str:
    """The revision this code wants the database to be at."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ", ".join(sorted(ScriptDirectory.from_config(config).get_heads()))


def readiness() -> tuple[Part, ...]:
    """Database reachable, migrations at head, a worker seen lately. Never raises for a database that is away."""
    try:
        with db.fast_transaction(system("readiness")) as connection:
            connection.execute("set local statement_timeout = '3s'")
            return (Part(name="database", ok=True, detail="The database answers."), _migrations(connection), _worker(connection))
    except (psycopg.Error, DBAPIError, ZrgError) as error:
        return (Part(name="database", ok=False, detail=f"The database does not answer ({type(error).__name__})."),)


def _migrations(connection: psycopg.Connection) -> Part:
    at = ", ".join(sorted(row[0] for row in connection.execute("select version_num from alembic_version")))
    wanted = newest_migration()
    remedy = "" if at == wanted else f" This version needs {wanted}: run ./zrg migrate."
    detail = f"The schema is at {at}.{remedy}"
    return Part(name="migrations", ok=at == wanted, detail=detail)


def _worker(connection: psycopg.Connection) -> Part:
    count, seen = connection.execute("select count(*) filter (where seen_at > %s), max(seen_at) from job_worker",
                                     (clock.now() - WORKER_SILENT,)).fetchone()
    last = f"the last was seen {seen.isoformat(timespec='seconds')}" if seen else "none was ever seen"
    detail = f"{count} worker(s) at work." if count else f"No worker is at work; {last}. Start python -m scheduler."
    return Part(name="worker", ok=count > 0, detail=detail)
