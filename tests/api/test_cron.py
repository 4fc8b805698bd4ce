"""An outside clock with the right secret starts work once per window; nobody else starts anything."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.jobs import rows
from tests.world import World
from zrg_app.api import cron
from zrg_app.kit import clock, db
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings
from zrg_app.services import jobs

SECRET = "a-cron-secret-of-some-length"
PATH = "/api/cron/background-jobs"


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The cron routes with a secret configured; the newline is what once stopped production."""
    monkeypatch.setenv("CRON_SECRET", SECRET + "\n")
    settings.cache_clear()
    with TestClient(Starlette(routes=cron.ROUTES)) as client:
        yield client
    settings.cache_clear()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("headers", "status"), [
    ({}, 401),
    ({"Authorization": f"Bearer {SECRET}"}, 202),
    ({"Authorization": f"bearer {SECRET}"}, 202),
    ({"x-cron-secret": SECRET}, 202),
    ({"Authorization": "Bearer wrong", "x-cron-secret": SECRET}, 202),
    ({"Authorization": "Bearer wrong"}, 401),
    ({"Authorization": SECRET}, 401),
    ({"Authorization": f"Basic {SECRET}"}, 401),
    ({"Authorization": "Bearer "}, 401),
    ({"x-cron-secret": ""}, 401),
    ({"Authorization": f"Bearer {SECRET}x"}, 401),
    ({"x-cron-secret": "schlüssel".encode("latin-1")}, 401),
])
def test_only_the_secret_opens_the_door(client: TestClient, method: str, headers: dict, status: int) -> None:
    answer = client.request(method, PATH, headers=headers)
    assert answer.status_code == status
    assert len(rows()) == (1 if status == 202 else 0)


def test_without_a_secret_the_route_is_closed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRON_SECRET", " \n")
    settings.cache_clear()
    assert client.get(PATH, headers={"Authorization": "Bearer "}).status_code == 503
    assert rows() == []


def test_calls_within_one_window_start_the_work_once(client: TestClient) -> None:
    at, headers = datetime(2026, 5, 4, 12, 0, 10, tzinfo=UTC), {"x-cron-secret": SECRET}
    with clock.frozen(at):
        first = client.get(PATH, headers=headers).json()
    with clock.frozen(at + timedelta(seconds=40)):
        second = client.post(PATH, headers=headers).json()
    with clock.frozen(at + timedelta(seconds=50)):
        third = client.get(PATH, headers=headers).json()
    assert first["success"] and first["mode"] == "dispatch-only" and first["enqueued"] and not second["enqueued"]
    assert first["dispatchKey"] == second["dispatchKey"] == "background-jobs@2026-05-04T12:00:00+00:00"
    assert first["correlationId"] == second["correlationId"]
    assert third["enqueued"] and third["dispatchKey"] != first["dispatchKey"]
    assert len(rows()) == 2


def test_the_run_ends_in_the_ledger_with_its_outcome(client: TestClient) -> None:
    key = client.get(PATH, headers={"x-cron-secret": SECRET}).json()["dispatchKey"]
    jobs.run_ready()
    with db.fast_transaction(system("look at the ledger")) as connection:
        found = connection.execute("select status, source, outcome from function_run where dispatch_key = %s", (key,)).fetchone()
    assert found == ("SUCCEEDED", "cron", {"released": 0, "healed": 0, "waiting": 0, "oldest_seconds": 0})
