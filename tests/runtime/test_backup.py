"""Does a backup bring back every row, and is nothing lost when somebody restores over something?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.models.conftest import _made
from tests.models.schema import shape, upgrade
from zrg_app.kit import db, vault
from zrg_app.kit.settings import settings
from zrg_app.runtime.backup import back_up, bring_back, is_inhabited
from zrg_app.runtime.home import Home, RuntimeRefused

NOW = datetime(2026, 11, 20, 16, tzinfo=UTC)


@pytest.fixture
def two_databases(server_url: str) -> Iterator[tuple[str, str]]:
    """Two databases: one with the schema, one with nothing in it."""
    with _made(server_url, "template0") as first, _made(server_url, "template0") as second:
        upgrade(first)
        yield first, second


@pytest.fixture
def inhabited(two_databases: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database with the demo world."""
    from zrg_app.demo import world  # noqa: PLC0415 because the settings of the process are changed first

    monkeypatch.setenv("DATABASE_URL", two_databases[0])
    monkeypatch.setenv("ZRG_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    db.dispose()
    world.seed(now=NOW)
    db.dispose()
    yield two_databases[0]
    monkeypatch.undo()
    settings.cache_clear()
    db.dispose()


def _rows(url: str) -> dict[str, list[tuple]]:
    """Every row of every table as text, in one order."""
    with psycopg.connect(url) as connection:
        names = [name for (name,) in connection.execute("select tablename from pg_tables where schemaname = 'public'")]
        return {name: sorted(connection.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(name))).fetchall())
                for name in names}


def test_a_backup_brings_back_every_row_of_every_table(inhabited: str, two_databases: tuple[str, str], tmp_path: Path) -> None:
    file = tmp_path / "all.dump"
    assert back_up(inhabited, file) > 10_000
    assert file.stat().st_mode & 0o777 == 0o600
    assert bring_back(two_databases[1], file, home=Home(tmp_path), now=NOW) is None
    before, after = _rows(inhabited), _rows(two_databases[1])
    assert before == after
    assert len(before["message"]) > 100
    assert shape(inhabited) == shape(two_databases[1])


def test_a_restored_database_keeps_its_roles(inhabited: str, two_databases: tuple[str, str], tmp_path: Path) -> None:
    back_up(inhabited, tmp_path / "all.dump")
    bring_back(two_databases[1], tmp_path / "all.dump", home=Home(tmp_path), now=NOW)
    with psycopg.connect(two_databases[1]) as connection:
        connection.execute("set local role zrg_app")
        assert connection.execute("select count(*) from lead").fetchone() == (0,)
        connection.execute("reset role")
        connection.execute("set local role zrg_system")
        sealed = connection.execute("select credentials from connection where provider = 'ghl'").fetchone()[0]
        connection.execute("reset role")
        connection.execute("create table later (id int)")
        connection.execute("set local role zrg_app")
        assert connection.execute("select count(*) from later").fetchone() == (0,)
    assert vault.unseal(sealed)["location_id"] == "loc_acme"


def test_a_database_with_people_is_not_replaced_unasked(inhabited: str, tmp_path: Path) -> None:
    back_up(inhabited, tmp_path / "all.dump")
    before = _rows(inhabited)
    with pytest.raises(RuntimeRefused, match="--force"):
        bring_back(inhabited, tmp_path / "all.dump", home=Home(tmp_path), now=NOW)
    assert _rows(inhabited) == before


def test_what_is_replaced_is_kept_first(inhabited: str, tmp_path: Path) -> None:
    back_up(inhabited, tmp_path / "all.dump")
    before = _rows(inhabited)
    with psycopg.connect(inhabited) as connection:
        connection.execute("delete from message")
    changed = _rows(inhabited)
    kept = bring_back(inhabited, tmp_path / "all.dump", home=Home(tmp_path / "kept"), now=NOW, force=True)
    assert _rows(inhabited) == before
    assert kept is not None
    bring_back(inhabited, kept, home=Home(tmp_path / "again"), now=NOW, force=True)
    assert _rows(inhabited) == changed


def test_a_running_product_is_not_pulled_away_from_under_people(inhabited: str, tmp_path: Path) -> None:
    back_up(inhabited, tmp_path / "all.dump")
    with psycopg.connect(inhabited), pytest.raises(RuntimeRefused, match="stop the product"):
        bring_back(inhabited, tmp_path / "all.dump", home=Home(tmp_path), now=NOW, force=True)
    assert is_inhabited(inhabited)


@pytest.mark.parametrize("content", [None, b"", b"not a backup at all"])
def test_something_else_is_not_restored(two_databases: tuple[str, str], tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "other.dump"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(RuntimeRefused, match="no backup|There is no file"):
        bring_back(two_databases[0], file, home=Home(tmp_path), now=NOW)
    assert shape(two_databases[0])


def test_a_backup_does_not_write_over_a_file(two_databases: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(RuntimeRefused, match="already"):
        back_up(two_databases[0], tmp_path / "mine.txt")
    assert (tmp_path / "mine.txt").read_text() == "mine"
