"""Does the doctor find what is wrong, say what mends it, and leave the healthy alone?"""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from sandbox.server import running
from tests.world import World
from zrg_app.kit import db, vault
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings
from zrg_app.runtime.doctor import Finding, examine
from zrg_app.runtime.environment import CHECKOUT, inherited
from zrg_app.runtime.home import Home
from zrg_app.runtime.ports import free_port


@pytest.fixture(autouse=True)
def own_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[None]:
    monkeypatch.setenv("ZRG_HOME", str(tmp_path))
    monkeypatch.setenv("ZRG_PORT", str(free_port()))
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def _examined(tmp_path: Path, *, reach: bool = False) -> dict[str, Finding]:
    settings.cache_clear()
    return {finding.subject: finding for finding in examine(Home(tmp_path), reach=reach)}


def test_a_healthy_installation_has_nothing_broken(database: str, tmp_path: Path) -> None:
    found = _examined(tmp_path)
    assert {"Python", "Disk", "Port", "Secrets", "Settings", "Node", "Vault", "Database", "Migrations", "Worker"} <= set(found)
    assert [finding for finding in found.values() if finding.state == "broken"] == []
    assert found["Worker"].remedy


def test_a_line_break_in_a_secret_is_found_before_it_is_stripped(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-0123456789\n")
    found = _examined(tmp_path)["Secrets"]
    assert found.state == "broken"
    assert "OPENAI_API_KEY" in found.sentence
    assert "sk-0123456789" not in found.sentence + found.remedy


def test_a_weak_secret_is_noted(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRON_SECRET", "changeme")
    found = _examined(tmp_path)["Settings"]
    assert found.state == "note"
    assert "CRON_SECRET" in found.sentence


def test_a_wrong_setting_is_named(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKGROUND_JOB_CRON_LIMIT", "many")
    found = _examined(tmp_path)["Settings"]
    assert found.state == "broken"
    assert "BACKGROUND_JOB_CRON_LIMIT" in found.sentence


def test_a_taken_port_is_found(database: str, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", settings().port))
        other.listen()
        assert _examined(tmp_path)["Port"].state == "broken"


def test_a_key_that_others_may_read_is_found(database: str, tmp_path: Path) -> None:
    vault.seal({"a": "b"})
    vault.key_path().chmod(0o644)
    found = [finding for finding in examine(Home(tmp_path), reach=False) if finding.subject == "Vault"]
    assert found[0].state == "broken"
    assert "chmod 600" in found[0].remedy


def test_a_broken_key_is_found(database: str, tmp_path: Path) -> None:
    vault.seal({"a": "b"})
    vault.key_path().write_text("not a key\n")
    assert _examined(tmp_path)["Vault"].state == "broken"


def test_an_older_schema_is_found(database: str, tmp_path: Path) -> None:
    with db.transaction(system("pretend an older schema")) as tx:
        tx.execute(text("reset role"))
        tx.execute(text("update alembic_version set version_num = '0001'"))
    found = _examined(tmp_path)["Migrations"]
    assert found.state == "broken"
    assert found.remedy == "Run ./zrg migrate."


def test_every_connection_is_asked_at_its_provider(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with db.transaction(system("give credentials")) as tx:
        for provider, values in (("ghl", {"location_id": "loc_acme", "access_token": "good"}),
                                 ("emailbison", {"workspace_id": "4711", "api_key": "bad"})):
            tx.execute(text("update connection set credentials = :sealed where provider = :provider"),
                       {"sealed": vault.seal(values), "provider": provider})
    with running(adopt_unknown=True) as sandbox:
        monkeypatch.setenv("ZRG_SANDBOX_URL", sandbox.base_url)
        found = _examined(tmp_path, reach=True)
    assert found["ghl of Acme Growth"].state == "ok"
    assert found["emailbison of Acme Growth"].state == "broken"
    assert found["emailbison of Acme Growth"].remedy


def test_the_command_fails_with_remedies_when_the_database_is_away(tmp_path: Path) -> None:
    nowhere = f"postgresql://postgres@127.0.0.1:{free_port()}/nothing"
    environment = inherited(DATABASE_URL=nowhere, ZRG_HOME=str(tmp_path), ZRG_PORT=str(free_port()))
    done = subprocess.run([sys.executable, "-m", "zrg_app.cli", "doctor"], cwd=CHECKOUT, capture_output=True, text=True,
                          check=False, env=environment)
    assert done.returncode == 1
    assert "BROKEN Database" in done.stdout
    assert "-> Start the product" in done.stdout
    assert "Traceback" not in done.stderr
