"""Up, ready and measured: what load balancers and Prometheus are told."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from tests import jobs as examples  # noqa: F401 because it registers the jobs of the tests
from tests.world import World
from zrg_app.api import health
from zrg_app.kit import clock, db
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings
from zrg_app.services import jobs


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    """The routes as seen from this machine."""
    app = Starlette(routes=health.ROUTES, middleware=[Middleware(health.Timed)])
    with TestClient(app, client=("127.0.0.1", 50_000)) as client:
        yield client


def see_worker(seconds_ago: int) -> None:
    """A worker that was last seen so long ago."""
    with db.fast_transaction(system("a worker")) as connection:
        connection.execute("delete from job_worker")
        connection.execute("insert into job_worker (id, seen_at) values ('w', %s - make_interval(secs => %s))",
                           (clock.now(), seconds_ago))


def test_health_asks_nothing_but_the_process(client: TestClient) -> None:
    answer = client.get("/api/health")
    assert answer.status_code == 200 and answer.json()["status"] == "ok" and answer.json()["version"][0].isdigit()


def test_ready_when_database_schema_and_worker_are_there(client: TestClient) -> None:
    see_worker(1)
    answer = client.get("/api/ready")
    assert answer.status_code == 200, answer.text
    assert set(answer.json()["parts"]) == {"database", "migrations", "worker"}


def test_not_ready_when_the_worker_is_silent(client: TestClient) -> None:
    see_worker(90)
    answer = client.get("/api/ready")
    assert answer.status_code == 503
    assert "python -m scheduler" in answer.json()["parts"]["worker"]["detail"]


def test_not_ready_when_the_schema_is_old(client: TestClient) -> None:
    see_worker(1)
    with db.fast_transaction(system("an old schema")) as connection:
        connection.execute("reset role")
        connection.execute("update alembic_version set version_num = '0002'")
    part = client.get("/api/ready").json()["parts"]["migrations"]
    assert not part["ok"] and "./zrg migrate" in part["detail"]


def test_not_ready_without_a_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    db.dispose()
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    settings.cache_clear()
    try:
        with TestClient(Starlette(routes=health.ROUTES), client=("127.0.0.1", 1)) as client:
            answer = client.get("/api/ready")
            measured = client.get("/api/metrics").text
    finally:
        db.dispose()
        monkeypatch.undo()
        settings.cache_clear()
    assert answer.status_code == 503 and not answer.json()["parts"]["database"]["ok"]
    assert "zrg_database_up 0.0" in measured


def test_the_figures_count_what_is_there(client: TestClient, world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue(tx, world.as_mara, "tests.refused")
    jobs.run_ready()
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue_many(tx, world.as_mara, "tests.flow", [{"name": "a"}, {"name": "b"}])
    client.get("/api/health")
    text = client.get("/api/metrics").text
    assert 'zrg_queue_depth{queue="default"} 2.0' in text
    assert 'zrg_dead_letters{kind="tests.refused"} 1.0' in text
    assert 'zrg_jobs_ended_5m{kind="tests.refused",outcome="FAILED"} 1.0' in text
    assert "zrg_sends_unknown 0.0" in text and "zrg_database_up 1.0" in text
    assert 'zrg_http_seconds_count{method="GET",route="/api/health",status="200"}' in text


@pytest.mark.parametrize(("token", "host", "headers", "status"), [
    ("", "127.0.0.1", {}, 200),
    ("", "::1", {}, 200),
    ("", "10.0.0.7", {}, 401),
    ("", "127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, 401),
    ("", "somewhere", {}, 401),
    ("a-token-for-prometheus", "10.0.0.7", {"Authorization": "Bearer a-token-for-prometheus"}, 200),
    ("a-token-for-prometheus", "127.0.0.1", {}, 401),
    ("a-token-for-prometheus", "10.0.0.7", {"Authorization": "Bearer wrong"}, 401),
])
def test_figures_are_for_this_machine_or_the_bearer(world: World, monkeypatch: pytest.MonkeyPatch, token: str, host: str,
                                                    headers: dict, status: int) -> None:
    monkeypatch.setenv("ZRG_METRICS_TOKEN", token)
    settings.cache_clear()
    try:
        with TestClient(Starlette(routes=health.ROUTES), client=(host, 1)) as client:
            assert client.get("/api/metrics", headers=headers).status_code == status
    finally:
        monkeypatch.undo()
        settings.cache_clear()
