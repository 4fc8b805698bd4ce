"""Do the doors hold against senders that are slow, hang up, or lie about what they send? Over real HTTP."""

import json
import logging
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx
import pytest

from tests.api.serving import serving
from tests.properties import doors
from tests.services.inbound.deliveries import fixture, rows
from tests.world import World
from zrg_app.api.webhooks import ROUTES
from zrg_app.services.connections import routing

PATHS = [path.replace("{secret}", "guessed").replace("{client_id}", "00000000-0000-0000-0000-000000000000")
         for path in doors.routes()]
SLOW = 30


@pytest.fixture(scope="module")
def served(database_url: str) -> Iterator[str]:
    """The doors, served once for the whole file."""
    with serving(ROUTES) as base:
        yield base


@pytest.fixture
def address(served: str) -> Iterator[str]:
    """Where the doors are; they have forgotten the workspaces of the last test."""
    routing.forget()
    yield served
    routing.forget()


def _begun(address: str, path: str, promised: int, sent: bytes) -> socket.socket:
    """A request whose body has begun and does not end."""
    parts = urlsplit(address)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=10)
    head = f"POST {path} HTTP/1.1\r\nhost: doors\r\ncontent-type: application/json\r\ncontent-length: {promised}\r\n\r\n"
    connection.sendall(head.encode() + sent)
    return connection


@pytest.mark.parametrize("path", PATHS)
def test_senders_that_never_finish_keep_nobody_waiting_and_leave_nothing(
        address: str, committed_world: World, caplog: pytest.LogCaptureFixture, path: str) -> None:
    body = json.dumps(fixture("ghl/workflow_sms")).encode()
    with caplog.at_level(logging.ERROR), ExitStack() as open_ones, httpx.Client(base_url=address, timeout=10) as http:
        for _ in range(SLOW):
            open_ones.enter_context(_begun(address, path, len(body), body[: len(body) // 2]))
        assert http.get(path).status_code == 200
        assert http.post("/api/webhooks/ghl/sms", content=body).status_code == 200
        open_ones.close()
        assert http.get(path).status_code == 200
    assert len(rows(committed_world.acme, "select id from webhook_event")) == 1
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_body_that_is_longer_than_promised_or_never_begins_is_no_error_of_ours(address: str, path: str) -> None:
    for promised, sent in ((5, b'{"a": 1, "b": 2}'), (0, b""), (10**12, b"{}")):
        with _begun(address, path, promised, sent) as connection:
            answer = connection.recv(65536)
        assert int(answer.split()[1]) in (400, 401, 404, 413), answer


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(address: str, path: str, method: str) -> None:
    assert httpx.request(method, f"{address}{path}", timeout=10).status_code == 405
