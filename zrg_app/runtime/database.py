"""Which database does a command use, and is its schema the newest? Embedded unless `DATABASE_URL` names another."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config

from zrg_app.runtime.environment import CHECKOUT, variable
from zrg_app.runtime.home import Home, RuntimeRefused
from zrg_app.runtime.postgres import EmbeddedPostgres


def external_url() -> str | None:
    """Return the database that `DATABASE_URL` names, None when the embedded one is to be used."""
    return variable("DATABASE_URL") or None


def migrate(url: str, revision: str = "head") -> None:
    """Bring the schema of the database at `url` to `revision`.

    `alembic/env.py` reads the address from the option `sqlalchemy.url`.
    """
    if not (CHECKOUT / "alembic.ini").exists():
        return
    config = Config(CHECKOUT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, revision)


@contextmanager
def running_database(home: Home, say: Callable[[str], None] = lambda _: None) -> Iterator[str]:
    """Give the address of a live database for the block: external, already running, or started just for it.

    Raises RuntimeRefused when the embedded one cannot be started.
    """
    if url := external_url():
        yield url
        return
    server = EmbeddedPostgres(home)
    if not server.acquire():
        _await_other(server)
        yield server.url
        return
    say("starting the database for this command")
    try:
        with home.path("postgres.log").open("wb") as log:
            server.start(log)
        yield server.url
    finally:
        server.stop()


def _await_other(server: EmbeddedPostgres) -> None:
    """Wait up to a minute for the server that another process is starting or running."""
    deadline = time.monotonic() + 60
    while not server.is_live():
        if time.monotonic() > deadline:
            raise RuntimeRefused("Another zrg command holds the database but it does not answer; stop that command.")
        time.sleep(0.2)
