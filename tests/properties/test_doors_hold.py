"""What may a stranger or a broken sender do to a webhook door? Nothing: no error of ours, and no row without the secret."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from random import Random

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from sandbox.actors import ACTORS
from sandbox.crowd import Letter
from sandbox.world import open_world
from tests.properties import doors, odd
from tests.properties.example import bounded, example
from zrg_app.kit import db
from zrg_app.kit.scope import system, workspace_system
from zrg_app.kit.settings import settings as current
from zrg_app.services import inbound

TRIES = 40
REFUSED = {400, 401, 403, 404, 405, 413, 415, 422, 429}
PATHS = doors.routes()

_TABLES = "select tablename from pg_tables where schemaname = 'public' order by 1"
_PENDING = "select id, workspace_id from webhook_event where status = 'PENDING'"


def test_every_provider_that_sends_webhooks_has_a_door_that_lets_it_in(database_url: str) -> None:
    with example() as world:
        letters = [(door.provider, told) for door in doors.doors(open_world(), doors.connected(world.mara)) for told in door.letters]
        answers = _post(told for _, told in letters)
        refused = {(provider, answer.status_code, answer.text)
                   for (provider, _), answer in zip(letters, answers, strict=True) if answer.status_code != 200}
        assert refused == set()
        assert {provider for provider, _ in letters} == set(ACTORS)
        assert _kept()
        _understand_all()


@bounded
@given(seed=st.integers(0, 2**32))
def test_nothing_that_is_let_in_breaks_a_door_or_its_reader(database_url: str, seed: int) -> None:
    chance = Random(seed)
    with example() as world:
        letters = [told for door in doors.doors(open_world(), doors.connected(world.mara)) for told in door.letters]
        answers = _post(odd.spoil(chance.choice(letters), chance) for _ in range(TRIES))
        assert {answer.status_code for answer in answers} <= {200, *REFUSED}, [each.text for each in answers]
        _understand_all()


@settings(bounded, max_examples=10)
@given(seed=st.integers(0, 2**32))
def test_a_stranger_leaves_no_trace_where_a_secret_is_asked_for(database_url: str, seed: int) -> None:
    chance = Random(seed)
    with example() as world:
        places = doors.connected(world.mara)
        wrong = [told for door in doors.doors(open_world(), places, secret="a-wrong-secret-of-good-length") for told in door.letters]
        bare = [replace(told, headers={"content-type": "application/json"}, query={
            name: value for name, value in told.query.items() if name == "clientId"}) for told in wrong]
        elsewhere = [replace(told, path=chance.choice(PATHS).replace("{secret}", "guessed").replace(
            "{client_id}", str(chance.choice(list(places.values()))))) for told in bare]
        before = _fingerprint()
        answers = _post([*wrong, *bare, *elsewhere, *(odd.spoil(chance.choice(wrong), chance) for _ in range(TRIES))])
        assert {reason for _, _, reason in _kept()} <= {"provider_mismatch"}
        assert _asked_for_a_secret() == 0
        after = _fingerprint()
        assert {name for name in after if after[name] != before[name]} <= {"webhook_event"}
        assert {answer.status_code for answer in answers if answer.status_code != 200} <= REFUSED
        assert all(answer.json().get("ignored") for answer in answers if answer.status_code == 200)


@pytest.mark.parametrize("path", PATHS)
def test_every_door_has_its_limits(database_url: str, path: str) -> None:
    limit = current().webhook_max_bytes
    address = path.replace("{secret}", doors.SECRET).replace("{client_id}", "00000000-0000-0000-0000-000000000000")
    bodies = [b'{"a": "' + b"x" * limit + b'"}', b'{"a":' * 100 + b"1" + b"}" * 100, b"[" * 100_000, b""]
    with example():
        before = _fingerprint()
        answers = _post(Letter(address, {}, {"content-type": "application/json"}, body) for body in bodies)
        assert answers[0].status_code == 413
        assert {answer.status_code for answer in answers[1:]} <= REFUSED
        assert _fingerprint() == before


def _post(letters: Iterable[Letter]) -> list[httpx.Response]:
    async def all_of_them() -> list[httpx.Response]:
        async with doors.client() as http:
            return [await doors.post(http, told) for told in letters]

    return asyncio.run(all_of_them())


def _understand_all() -> None:
    """Let every kept webhook be read: each ends, none by an error."""
    with db.transaction(system("read what was kept")) as tx:
        waiting = tx.execute(text(_PENDING)).all()
    for event_id, workspace_id in waiting:
        with db.transaction(workspace_system(workspace_id, "test")) as tx:
            # Who is a stranger would be looked up at the provider first; here nobody answers.
            inbound.understand_event(tx, workspace_system(workspace_id, "test"), webhook_event_id=event_id, looked_up=True)
    with db.transaction(system("read what was kept")) as tx:
        assert tx.execute(text(_PENDING)).all() == []
        assert tx.execute(text("select provider, last_error from webhook_event where status = 'FAILED'")).all() == []


def _asked_for_a_secret() -> int:
    """How many kept webhooks came from a provider that the workspace is connected to. Where it is not, there is no secret to
    ask for: the row is kept without any effect, so that Settings can say which provider still posts (spec section 5)."""
    with db.transaction(system("look at the ledger")) as tx:
        return tx.execute(text("select count(*) from webhook_event e join connection c on c.workspace_id = e.workspace_id "
                               "and c.provider = e.provider")).scalar_one()


def _kept() -> list[tuple[str, str, str]]:
    """What the ledger holds: provider, event, reason."""
    with db.transaction(system("look at the ledger")) as tx:
        return [tuple(row) for row in tx.execute(text("select provider, event_type, reason from webhook_event order by 1, 2"))]


def _fingerprint() -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a digest of all of them."""
    with db.transaction(system("look at every table")) as tx:
        driver = db.driver(tx)
        driver.execute("reset role")
        return {name: driver.execute(f'select count(*), md5(string_agg(t::text, chr(10) order by t::text)) from "{name}" t').fetchone()
                for (name,) in driver.execute(_TABLES).fetchall()}
