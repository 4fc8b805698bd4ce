"""What does a test stand on? A real PostgreSQL, migrated once, rolled back after each test."""

import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from xdist.scheduler import LoadScopeScheduling

from tests.world import World, build_world
from zrg_app.kit import db
from zrg_app.kit.settings import settings

ROOT = Path(__file__).parent.parent
BROWSER = "tests/browser/"
PRODUCTS = ("tests/faults/", "tests/runtime/", "tests/scheduler/")
"""Tests that start products and kill them: they take turns, for two at once would wait for each other's processes."""

LONGEST = (BROWSER, *PRODUCTS, "tests/properties/", "tests/evals/", "tests/services/inbound/", "tests/cli/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: next((place for place, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST)))


class _ByFile(LoadScopeScheduling):
    """Which tests stay in one process: those of a file, all that visit the one product of the browser, all with products of their own."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(PRODUCTS):
            return "products"
        return BROWSER if nodeid.startswith(BROWSER) else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Where several processes share the work, deal it out by files."""
    return _ByFile(config, log)


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server: the one of DATABASE_URL, else an embedded one thrown away afterwards."""
    if os.environ.get("DATABASE_URL"):
        yield db.plain_url(os.environ["DATABASE_URL"])
        return
    from zrg_app.runtime import postgres  # noqa: PLC0415 because starting a server is only for those who need one

    with postgres.running(tmp_path_factory.mktemp("postgres")) as url:
        yield db.plain_url(url)


@pytest.fixture(scope="session")
def database_url(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A fresh database of this run with the whole schema; the settings point at it."""
    name = f"zrg_test_{secrets.token_hex(4)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    url = server_url.rsplit("/", 1)[0] + f"/{name}" + ("?" + server_url.split("?", 1)[1] if "?" in server_url else "")
    os.environ.update(DATABASE_URL=url, ZRG_ENVIRONMENT="test", ZRG_HOME=str(tmp_path_factory.mktemp("home")))
    settings.cache_clear()
    migrate(url)
    yield url
    db.dispose()
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database of `url` to `revision`."""
    from alembic import command  # noqa: PLC0415 because the alembic folder of this repository is no package
    from alembic.config import Config  # noqa: PLC0415

    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, revision)


@pytest.fixture
def database(database_url: str) -> Iterator[str]:
    """The database for one test; every transaction of it becomes a savepoint that is rolled back at the end."""
    import zrg_app.services.reactions  # noqa: F401, PLC0415 because importing it registers jobs and reactions

    with db.engine().connect() as connection, connection.begin() as outer:
        with db.bound_to(connection):
            yield database_url
        outer.rollback()


@pytest.fixture
def committed_database(database_url: str) -> Iterator[str]:
    """The database for one test that commits for real (locks, workers, concurrency); emptied afterwards."""
    import zrg_app.services.reactions  # noqa: F401, PLC0415

    yield database_url
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("truncate workspace, app_user, rate_window cascade")
        connection.execute("truncate background_job, function_run, audit_event, job_worker")


@pytest.fixture
def world(database: str) -> World:
    """The example world inside a rolled-back test."""
    return build_world()


@pytest.fixture
def committed_world(committed_database: str) -> World:
    """The example world inside a test that commits for real."""
    return build_world()
