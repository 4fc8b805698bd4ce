"""Where does a benchmark play, and where do its figures go? A database of its own, and `benchmarks/RESULTS.md`."""

import os
import platform
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

import zrg_app.services.reactions  # noqa: F401 because facts recorded in a benchmark need their reactions
from zrg_app.kit import clock, db
from zrg_app.kit.settings import settings
from zrg_app.runtime.database import migrate

RESULTS = Path(__file__).parent / "RESULTS.md"
HEADING = "# Measured\n\nEach section was written by `./zrg bench NAME` on the machine and date it names; trust ratios of one run.\n"


@contextmanager
def database(name: str) -> Iterator[str]:
    """A fresh, migrated database on the server of DATABASE_URL; the settings point at it, and it is dropped afterwards."""
    server = db.plain_url(os.environ["DATABASE_URL"])
    own = f"zrg_bench_{name}"
    url = make_url(server).set(database=own).render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(own)))
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(own)))
    os.environ["DATABASE_URL"] = url
    settings.cache_clear()
    db.dispose()
    try:
        migrate(url)
        yield url
    finally:
        db.dispose()
        os.environ["DATABASE_URL"] = server
        settings.cache_clear()
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(own)))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` per cent of sorted `values` lie."""
    return values[min(len(values) - 1, round(len(values) * share / 100))]


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def save(name: str, title: str, text: str, *, notes: str = "") -> None:
    """Print a section and write it into RESULTS.md in place of the one of the same name and title."""
    head = f"## {title}"
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {clock.now():%Y-%m-%d}"
    section = f"{head}\n\n`./zrg bench {name}` · {machine}\n\n{text}\n" + (f"\n{notes}\n" if notes else "")
    print(section)
    whole = RESULTS.read_text() if RESULTS.exists() else HEADING
    pattern = re.compile(rf"^{re.escape(head)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    body = pattern.sub(lambda _: section + "\n", whole) if pattern.search(whole) else whole.rstrip() + "\n\n" + section
    RESULTS.write_text(body.rstrip() + "\n")
