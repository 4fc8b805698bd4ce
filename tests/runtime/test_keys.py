"""Does the vault get a new key without losing a secret, whenever it is killed?"""

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from tests.world import World
from zrg_app.kit import db, vault
from zrg_app.kit.errors import Invalid, Refused
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings
from zrg_app.runtime import keys
from zrg_app.runtime.environment import CHECKOUT
from zrg_app.services.access import mails

SECRET = {"location_id": "loc_acme", "access_token": "pit-0123456789"}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[None]:
    monkeypatch.setenv("ZRG_HOME", str(tmp_path))
    monkeypatch.delenv("ZRG_SECRET_KEY", raising=False)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def _keep_secret() -> None:
    with db.transaction(system("keep a secret")) as tx:
        tx.execute(text("update connection set credentials = :sealed, webhook_secret = :sealed where provider = 'ghl'"),
                   {"sealed": vault.seal(SECRET)})


def _secrets() -> list[dict[str, str]]:
    with db.transaction(system("read the secret")) as tx:
        row = tx.execute(text("select credentials, webhook_secret from connection where provider = 'ghl'")).one()
    return [vault.unseal(value) for value in row]


def test_everything_is_sealed_again_and_the_old_key_goes(world: World) -> None:
    _keep_secret()
    with db.transaction(system("mail a link")) as tx:
        mails.enqueue(tx, system("mail a link"), mails.Mail(to="dana@northwind.example", subject="s", text="t", link="l"))
    old = vault.keys()
    assert keys.rotate() == 3
    assert len(vault.keys()) == 1
    assert vault.keys() != old
    assert _secrets() == [SECRET, SECRET]
    with db.transaction(system("read the mail")) as tx:
        sealed = tx.execute(text("select payload ->> 'sealed' from background_job where payload ? 'sealed'")).scalar_one()
    assert vault.unseal(sealed)["to"] == "dana@northwind.example"


def test_a_rotation_that_ended_after_any_step_can_be_repeated(world: World) -> None:
    _keep_secret()
    keys.add_key()
    assert _secrets() == [SECRET, SECRET]
    keys.add_key()
    keys.reseal_everything()
    assert len(vault.keys()) == 3
    assert _secrets() == [SECRET, SECRET]
    assert keys.rotate() == 2
    assert len(vault.keys()) == 1
    assert _secrets() == [SECRET, SECRET]


def test_a_rotation_killed_while_it_seals_loses_nothing(committed_world: World, tmp_path: Path) -> None:
    _keep_secret()
    before = vault.keys()
    with psycopg.connect(settings().database_url) as holding:
        holding.execute("select from connection for update")
        command = [sys.executable, "-c", "from zrg_app.runtime import keys; keys.rotate()"]
        running = subprocess.Popen(command, cwd=CHECKOUT, env={**os.environ, "ZRG_HOME": str(tmp_path)})
        deadline = time.monotonic() + 60
        while len(vault.keys()) == len(before) and time.monotonic() < deadline:
            time.sleep(0.05)
        running.kill()
        running.wait()
    assert len(vault.keys()) == 2
    assert _secrets() == [SECRET, SECRET]
    keys.rotate()
    assert _secrets() == [SECRET, SECRET]


def test_a_secret_that_no_key_opens_keeps_the_old_key(world: World) -> None:
    _keep_secret()
    with db.transaction(system("break a secret")) as tx:
        tx.execute(text("update connection set credentials = 'gAAAAAbroken' where provider = 'emailbison'"))
    with pytest.raises(Invalid):
        keys.rotate()
    assert len(vault.keys()) == 2
    assert _secrets() == [SECRET, SECRET]


def test_a_key_of_the_environment_is_changed_by_the_operator(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = vault.new_key(), vault.new_key()
    monkeypatch.setenv("ZRG_SECRET_KEY", old)
    settings.cache_clear()
    _keep_secret()
    with pytest.raises(Refused, match="in front"):
        keys.rotate()
    monkeypatch.setenv("ZRG_SECRET_KEY", f"{new},{old}")
    settings.cache_clear()
    assert keys.rotate() == 2
    monkeypatch.setenv("ZRG_SECRET_KEY", new)
    settings.cache_clear()
    assert _secrets() == [SECRET, SECRET]


def test_the_first_key_is_made_once_by_whoever_is_first(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: tuple(vault.keys()), range(32)))
    assert len(found) == 1
    assert stat.S_IMODE((tmp_path / vault.KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [vault.KEY_FILE]
