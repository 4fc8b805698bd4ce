"""What does connecting Calendly leave there and here? Against the stand-in over HTTP, committed for real."""

from collections.abc import Iterator

import pytest

from sandbox.client import Row
from sandbox.server import Running, running
from tests.services.inbound.deliveries import rows
from tests.world import World
from zrg_app.kit import db, vault
from zrg_app.kit.errors import NotFound, ProviderLocked
from zrg_app.kit.scope import Scope, system
from zrg_app.kit.settings import settings
from zrg_app.services import connections, jobs


@pytest.fixture(scope="module")
def calendly() -> Iterator[Running]:
    """One listening sandbox for the file."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(calendly: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A fresh sandbox that the product calls."""
    calendly.control.reset()
    monkeypatch.setenv("ZRG_CALENDLY_BASE_URL", f"{calendly.base_url}/calendly")
    monkeypatch.setenv("ZRG_PUBLIC_URL", "https://inbox.example")
    settings.cache_clear()
    yield calendly
    monkeypatch.delenv("ZRG_CALENDLY_BASE_URL")
    monkeypatch.delenv("ZRG_PUBLIC_URL")
    settings.cache_clear()


def _subscriptions(sandbox: Running) -> list[Row]:
    return sandbox.world.store.rows("calendly_subscriptions")


def _stored(world: World) -> dict[str, str]:
    row, = rows(world.acme, "select credentials from connection where provider = 'calendly'")
    return vault.unseal(row.credentials)


def _enter(scope: Scope, token: str = "a-good-token") -> connections.CheckView:
    connections.connect(scope, "calendly", values={"access_token": token})
    return connections.check(scope, "calendly")


def test_connecting_makes_one_signed_subscription(committed_world: World, sandbox: Running) -> None:
    scope = committed_world.as_mara
    found = _enter(scope)
    assert found.works and found.sentence == "Connected as Sandbox Host; the webhook is active."
    row, = _subscriptions(sandbox)
    stored = _stored(committed_world)
    assert row["callback_url"] == f"https://inbox.example/api/webhooks/calendly/{committed_world.acme}"
    assert row["scope"] == "user" and set(row["events"]) >= {"invitee.created", "invitee.canceled"}
    assert (stored["webhook_uri"], stored["signing_key"]) == (row["uri"], row["_signing_key"]) and len(stored["signing_key"]) >= 32
    assert stored["access_token"] == "a-good-token" and stored["user_uri"] == row["user"]
    with db.transaction(scope) as tx:
        view = connections.view(tx, scope, "calendly")
    assert view.status == "working" and [field.name for field in view.fields] == ["access_token"]
    assert view.webhook_address == row["callback_url"] and view.account_name == "Sandbox Host"
    assert not view.shows_secret and stored["signing_key"] not in repr(view)


def test_a_bad_token_is_refused_and_leaves_nothing_anywhere(committed_world: World, sandbox: Running) -> None:
    with pytest.raises(ProviderLocked, match="does not accept our credentials"):
        _enter(committed_world.as_mara, "bad-token")
    assert _subscriptions(sandbox) == []
    assert rows(committed_world.acme, "select id from connection where provider = 'calendly'") == []


def test_a_webhook_that_cannot_be_made_is_said_and_made_by_the_next_test(committed_world: World, sandbox: Running) -> None:
    sandbox.control.add_fault("calendly", "status", status=403, method="POST", message="Please upgrade your account")
    connections.connect(committed_world.as_mara, "calendly", values={"access_token": "a-good-token"})
    stored, = rows(committed_world.acme, "select status, last_error from connection where provider = 'calendly'")
    assert stored.status == "locked" and "Please upgrade your account" in stored.last_error
    assert connections.check(committed_world.as_mara, "calendly").works and len(_subscriptions(sandbox)) == 1


def test_testing_again_makes_no_second_subscription(committed_world: World, sandbox: Running) -> None:
    _enter(committed_world.as_mara)
    before = _stored(committed_world)
    assert connections.check(committed_world.as_mara, "calendly").works
    assert len(_subscriptions(sandbox)) == 1 and _stored(committed_world) == before


def test_saving_again_renews_the_subscription(committed_world: World, sandbox: Running) -> None:
    _enter(committed_world.as_mara)
    before = _stored(committed_world)
    assert _enter(committed_world.as_mara, "").works
    row, = _subscriptions(sandbox)
    after = _stored(committed_world)
    assert after["access_token"] == "a-good-token" and after["webhook_uri"] == row["uri"] != before["webhook_uri"]
    assert after["signing_key"] == row["_signing_key"] != before["signing_key"]


def test_another_person_s_token_leaves_the_former_account(committed_world: World, sandbox: Running) -> None:
    _enter(committed_world.as_mara)
    assert _enter(committed_world.as_mara, "the-token-of-another").works
    row, = _subscriptions(sandbox)
    assert row["user"] == _stored(committed_world)["user_uri"]


def test_a_subscription_left_over_there_is_found_and_made_anew(committed_world: World, sandbox: Running) -> None:
    scope = committed_world.as_mara
    _enter(scope)
    sandbox.control.add_fault("calendly", "status", status=500, method="DELETE")
    told = connections.disconnect(scope, "calendly")
    assert "its webhook is still there" in told and len(_subscriptions(sandbox)) == 1
    left = _subscriptions(sandbox)[0]
    assert _enter(scope).works
    row, = _subscriptions(sandbox)
    assert row["uri"] != left["uri"] and _stored(committed_world)["signing_key"] == row["_signing_key"]


def test_disconnecting_takes_the_subscription_back(committed_world: World, sandbox: Running) -> None:
    scope = committed_world.as_mara
    _enter(scope)
    assert connections.disconnect(scope, "calendly") == "Calendly is disconnected and its credentials are forgotten."
    assert _subscriptions(sandbox) == [] and rows(committed_world.acme, "select id from connection where provider = 'calendly'") == []
    with pytest.raises(NotFound):
        connections.disconnect(scope, "calendly")


@pytest.mark.parametrize(("change", "said"), [
    ({"state": "disabled"}, "switched the webhook off"), ({"retry_started_at": "2026-11-20T10:00:00.000000Z"}, "since 20 Nov, 10:00"),
    (None, "the webhook is gone there")])
def test_a_webhook_that_does_not_live_is_said_and_marked(
        committed_world: World, sandbox: Running, change: dict | None, said: str) -> None:
    _enter(committed_world.as_mara)
    row, = _subscriptions(sandbox)
    key = row["uri"].rsplit("/", 1)[-1]
    if change is None:
        sandbox.world.store.delete("calendly_subscriptions", key)
    else:
        sandbox.world.store.put("calendly_subscriptions", key, row | change)
    found = connections.check(committed_world.as_mara, "calendly")
    assert not found.works and said in found.sentence
    stored, = rows(committed_world.acme, "select status, last_error from connection where provider = 'calendly'")
    assert stored.status == "failing" and said in stored.last_error


def test_the_daily_timer_asks_for_each_workspace_once(committed_world: World, sandbox: Running) -> None:
    _enter(committed_world.as_mara)
    sandbox.world.store.clear()
    for _ in range(2):
        with db.transaction(system("timer")) as tx:
            connections.check_all(tx, system("timer"))
    job, = rows(committed_world.acme, "select * from background_job where kind = 'connections.check_one'")
    assert job.payload == {"provider": "calendly"} and jobs.registered("connections.check_one")
    connections.check_one(committed_world.as_mara, provider="calendly")
    assert rows(committed_world.acme, "select status from connection where provider = 'calendly'")[0].status == "failing"
    connections.disconnect(committed_world.as_mara, "calendly")
    connections.check_one(committed_world.as_mara, provider="calendly")


def test_accepting_unsigned_webhooks_is_a_switch_with_a_warning(committed_world: World, sandbox: Running) -> None:
    scope = committed_world.as_mara
    connections.connect(scope, "calendly", values={"access_token": "a-good-token"}, options={"allow_unsigned": True})
    with db.transaction(scope) as tx:
        option, kind = connections.view(tx, scope, "calendly").options
    assert not kind.is_on and option.is_on and "without a signature" in option.warning
    connections.connect(scope, "calendly", values={"access_token": ""}, options={"allow_unsigned": False})
    with db.transaction(scope) as tx:
        assert not connections.view(tx, scope, "calendly").options[0].is_on
    assert len(_subscriptions(sandbox)) == 1
