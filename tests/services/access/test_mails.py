"""A mail leaves through Resend with a key that makes retries safe; without Resend its link is for the operator's log."""

import json
from collections.abc import Callable

import httpx
import pytest
from structlog.testing import capture_logs

from tests.world import World
from zrg_app.integrations import resend, transport
from zrg_app.kit import db, vault
from zrg_app.kit.errors import ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused
from zrg_app.kit.scope import system
from zrg_app.services import access, jobs


def answering(status: int, body: object = None, **headers: str) -> Callable[[httpx.Request], httpx.Response]:
    """A Resend that answers like this."""
    return lambda request: httpx.Response(status, json=body if body is not None else {}, headers=headers)


def send(handler: Callable[[httpx.Request], httpx.Response]) -> str:
    """Send one mail to that Resend."""
    with transport.through(httpx.MockTransport(handler)):
        return resend.send(api_key="re_1", sender="ZRG <a@b.example>", to="luis@agency.example", subject="Come in", text="Link",
                           idempotency_key="door/1")


@pytest.fixture(autouse=True)
def _alone(database: str) -> None:
    """The shared rate limit counts in this test's own database."""


def test_the_request_is_as_resend_wants_it() -> None:
    seen: list[httpx.Request] = []
    assert send(lambda request: seen.append(request) or httpx.Response(200, json={"id": "m1"})) == "m1"
    [request] = seen
    assert (request.method, request.url.path) == ("POST", "/emails")
    assert request.headers["authorization"] == "Bearer re_1"
    assert request.headers["idempotency-key"] == "door/1"
    assert request.headers["user-agent"] == "zrg-inbox"
    assert json.loads(request.content) == {
        "from": "ZRG <a@b.example>", "to": ["luis@agency.example"], "subject": "Come in", "text": "Link"}


@pytest.mark.parametrize(("handler", "kind"), [
    (answering(500), ProviderDown), (answering(401, {"name": "missing_api_key"}), ProviderLocked),
    (answering(403, {"name": "validation_error"}), ProviderLocked),
    (answering(422, {"name": "invalid_from_address"}), ProviderRefused),
    (answering(409, {"name": "concurrent_idempotent_requests"}), ProviderBusy), (answering(422, ["odd"]), ProviderRefused)])
def test_each_failure_has_its_kind(handler: Callable[[httpx.Request], httpx.Response], kind: type[Exception]) -> None:
    with pytest.raises(kind):
        send(handler)


def test_being_asked_to_wait_says_how_long() -> None:
    with pytest.raises(ProviderBusy) as busy:
        send(answering(429, {"name": "rate_limit_exceeded"}, **{"retry-after": "3"}))
    assert busy.value.retry_after == 3


def test_an_unreachable_resend_is_tried_again() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    with pytest.raises(ProviderDown):
        send(refuse)


def test_without_resend_the_link_is_in_the_log_for_the_operator(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        link = access.invite(tx, world.as_mara, "luis@agency.example", "SETTER").link
    sealed = vault.seal({"to": "luis@agency.example", "subject": "s", "text": "t", "link": link})
    job = jobs.registered("access.send_mail")
    with capture_logs() as lines:
        job.function(system("run a job"), sealed=sealed, idempotency_key="door/1")
    [line] = lines
    assert (line["log_level"], line["link"]) == ("warning", link)
    assert "luis@agency.example" not in str(line)
