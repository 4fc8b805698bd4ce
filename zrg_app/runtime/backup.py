"""How is the database kept and brought back? As one file by PostgreSQL's own tools, which travel with the product."""

import os
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from zrg_app.runtime.environment import inherited
from zrg_app.runtime.home import Home, RuntimeRefused
from zrg_app.runtime.postgres_files import packaged_programs

_ROLES = ("zrg_app", "zrg_system")
_ROWS = "select exists (select from app_user) or exists (select from workspace) or exists (select from background_job)"
_OTHERS = """
select count(*) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""


def back_up(url: str, file: Path) -> int:
    """Write everything in the database at `url` to `file` (mode 600), whole or not at all; returns its size in bytes.

    Raises RuntimeRefused when `file` is there already or the database cannot be read.
    """
    if file.exists():
        raise RuntimeRefused(f"{file} is there already; name another file.")
    if not file.absolute().parent.is_dir():
        raise RuntimeRefused(f"There is no folder {file.absolute().parent}.")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        _run("pg_dump", url, "--format=custom", "--no-owner", "--schema=public", "--extension=*", f"--file={draft}")
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)
    return file.stat().st_size


def bring_back(url: str, file: Path, *, home: Home, now: datetime, force: bool = False) -> Path | None:
    """Make the database at `url` what `file` says.

    A database in which anybody lives is replaced with `force` only, after a backup of it, whose path is returned. Raises
    RuntimeRefused when `file` is no backup, the product is running, or the database is not empty.
    """
    contents = _contents(file)
    kept = None
    if is_inhabited(url):
        if not force:
            raise RuntimeRefused("There are people in this database; --force replaces them, after a backup of what is there.")
        folder = home.ready().path("backups")
        folder.mkdir(exist_ok=True)
        kept = folder / f"before-restore-{now:%Y%m%dT%H%M%S}.dump"
    _refuse_company(url)
    if kept:
        back_up(url, kept)
    _clear(url)
    with tempfile.NamedTemporaryFile("w", suffix=".list") as wanted:
        wanted.write(contents)
        wanted.flush()
        _run("pg_restore", url, "--no-owner", "--single-transaction", "--exit-on-error", f"--use-list={wanted.name}", str(file))
    _grant_later_tables(url)
    return kept


def is_inhabited(url: str) -> bool:
    """Whether anybody or anything is in the database at `url`; a schema without people is empty."""
    with psycopg.connect(url) as connection:
        there = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()[0]
        known = connection.execute("select to_regclass('app_user') is not null and to_regclass('background_job') is not null")
        # Tables of somebody else are not ours to replace unasked.
        return bool(connection.execute(_ROWS).fetchone()[0]) if known.fetchone()[0] else bool(there)


def _contents(file: Path) -> str:
    """The table of contents of a backup, without the default privileges: they name the role that made the backup."""
    if not file.is_file():
        raise RuntimeRefused(f"There is no file {file}.")
    done = subprocess.run([_program("pg_restore"), "--list", str(file)], capture_output=True, text=True, check=False,
                          env=inherited(LC_ALL="C"))
    if done.returncode or "TABLE DATA public workspace " not in done.stdout:
        raise RuntimeRefused(f"{file} is no backup of this product.")
    unwanted = (" DEFAULT ACL ", " SCHEMA - public ")
    return "\n".join(line for line in done.stdout.splitlines() if not any(each in line for each in unwanted)) + "\n"


def _refuse_company(url: str) -> None:
    with psycopg.connect(url) as connection:
        others = connection.execute(_OTHERS).fetchone()[0]
    if others:
        raise RuntimeRefused(f"{others} other connections use this database; stop the product before restoring.")


def _clear(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("set lock_timeout = '5s'")
        for role in _ROLES:
            known = connection.execute("select from pg_roles where rolname = %s", (role,)).fetchone()
            if known is None:
                connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(role)))
            connection.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(role)))
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")


def _grant_later_tables(url: str) -> None:
    """Let the product's roles use tables of later migrations, as migration 0002 does for the role that runs it."""
    with psycopg.connect(url) as connection:
        for grant in ("select, insert, update, delete on tables", "usage, select on sequences"):
            connection.execute(f"alter default privileges in schema public grant {grant} to {', '.join(_ROLES)}")


def _program(name: str) -> str:
    return str(packaged_programs() / name)


def _run(name: str, url: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL against `url`; the password travels in the environment, where other users cannot see it."""
    parts = conninfo_to_dict(url)
    password = str(parts.pop("password", "") or "")
    command = [_program(name), f"--dbname={make_conninfo(**parts)}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
                          env=inherited(PGPASSWORD=password, LC_ALL="C"))
    if done.returncode:
        said = (done.stderr.strip() or "no reason given").splitlines()
        raise RuntimeRefused(f"{name} could not finish: {said[0]}")
