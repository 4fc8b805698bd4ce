"""What does the Test button find out, over real HTTP against a stand-in for the provider?"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.api.serving import serving
from tests.services.inbound.deliveries import rows
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.settings import settings
from zrg_app.services import connections


@contextmanager
def _provider(monkeypatch: pytest.MonkeyPatch, status: int) -> Iterator[list[str]]:
    seen: list[str] = []

    async def answer(request: Request) -> JSONResponse:
        seen.append(request.headers.get("authorization", ""))
        return JSONResponse({"location": {"id": "loc_acme", "name": "Acme Growth"}, "contacts": [], "conversations": []},
                            status_code=status)

    with serving([Route("/{rest:path}", answer, methods=["GET", "POST"])]) as address:
        monkeypatch.setenv("ZRG_GHL_BASE_URL", address)
        settings.cache_clear()
        yield seen
    monkeypatch.delenv("ZRG_GHL_BASE_URL")
    settings.cache_clear()


@pytest.mark.parametrize(("status", "works", "stored"), [(200, True, "working"), (401, False, "locked"), (422, False, "failing")])
def test_the_answer_of_the_provider_is_kept(
        committed_world: World, monkeypatch: pytest.MonkeyPatch, status: int, works: bool, stored: str) -> None:
    scope = committed_world.as_mara
    with db.transaction(scope) as tx:
        connections.save(tx, scope, "ghl", values={"location_id": "loc_acme", "access_token": "pit-0123456789"})
    with _provider(monkeypatch, status) as seen:
        found = connections.check(scope, "ghl")
    assert found.works is works and found.sentence and seen[0] == "Bearer pit-0123456789"
    row, = rows(committed_world.acme, "select status, last_error, last_checked_at from connection where provider = 'ghl'")
    assert row.status == stored and row.last_checked_at is not None and (row.last_error is None) is works
