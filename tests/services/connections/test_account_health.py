"""Do people hear once a day that an account stopped working, and is it asked for every hour?"""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from sandbox.server import Running, running
from tests.services.inbound.deliveries import deliver, fixture, rows
from tests.world import World
from zrg_app.integrations import slack
from zrg_app.integrations.base import Account
from zrg_app.kit import clock, db, vault
from zrg_app.kit.errors import Invalid, ProviderBusy
from zrg_app.kit.scope import Scope, system, workspace_system
from zrg_app.models import Connection, Member, User
from zrg_app.services import connections, jobs
from zrg_app.services.connections import policy


@pytest.fixture(scope="module")
def providers() -> Iterator[Running]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def scope(world: World, providers: Running) -> Scope:
    """Acme Growth with a LinkedIn account and a second admin."""
    providers.control.reset()
    with db.transaction(system("connect LinkedIn")) as tx:
        lena = User(email="lena@agency.example", name="Lena Admin")
        gone = User(email="gone@agency.example", name="Gone Admin", disabled_at=clock.now())
        tx.add_all([lena, gone])
        tx.flush()
        tx.add_all([Member(workspace_id=world.acme, user_id=lena.id, role="ADMIN"),
                    Member(workspace_id=world.acme, user_id=gone.id, role="ADMIN"),
                    Connection(workspace_id=world.acme, provider="unipile", external_id="acc_acme", status="working",
                               base_url=f"{providers.base_url}/unipile", credentials=vault.seal({"api_key": "good"}))])
    return workspace_system(world.acme, "test")


def run(scope: Scope, *kinds: str) -> None:
    """Run the waiting jobs of `kinds`, those of the system scope first."""
    with db.transaction(system("run jobs")) as tx:
        due = tx.execute(text("select id, kind, payload, workspace_id from background_job where status = 'PENDING' "
                              "and kind = any(:kinds) order by created_at, id"), {"kinds": list(kinds)}).all()
        tx.execute(text("update background_job set status = 'SUCCEEDED' where id = any(:ids)"), {"ids": [row.id for row in due]})
    for row in due:
        job, inside = jobs.registered(row.kind), scope.within(row.workspace_id) if row.workspace_id else system("run jobs")
        if job.transactional:
            with db.transaction(inside) as tx:
                job.function(tx, inside, **job.arguments(row.payload))
        else:
            job.function(inside, **job.arguments(row.payload))


def mailed(scope: Scope) -> list[tuple[str, str]]:
    """The alert mails that wait: to whom, with what subject."""
    run(scope, "connections.alert_locked")
    opened = [vault.unseal(row.payload["sealed"]) for row in rows(
        scope.workspace_id, "select payload from background_job where kind = 'access.send_mail' order by created_at, id")]
    return [(mail["to"], mail["subject"]) for mail in opened]


def status(scope: Scope) -> str:
    return rows(scope.workspace_id, "select status from connection where provider = 'unipile'")[0].status


def hear(scope: Scope, state: str) -> None:
    assert deliver(scope.workspace_id, "unipile", fixture("unipile/account_status", AccountStatus__message=state))[0] == "SUCCEEDED"


def test_a_lost_login_locks_the_connection_and_a_reconnect_opens_it(scope: Scope) -> None:
    hear(scope, "CREDENTIALS")
    assert status(scope) == "locked"
    assert "log in again" in rows(scope.workspace_id, "select last_error from connection where provider = 'unipile'")[0].last_error
    hear(scope, "CONNECTING")
    assert status(scope) == "locked"
    hear(scope, "RECONNECTED")
    assert status(scope) == "working"


def test_owner_and_admins_get_one_mail_a_day(scope: Scope) -> None:
    now = clock.now()
    hear(scope, "CREDENTIALS")
    first = mailed(scope)
    assert first == [("mara@agency.example", "Unipile stopped working in Acme Growth"),
                     ("lena@agency.example", "Unipile stopped working in Acme Growth")]
    for hour in (1, 5, 23):
        with clock.frozen(now + timedelta(hours=hour)):
            hear(scope, "OK")
            hear(scope, "ERROR")
            assert mailed(scope) == first
    with clock.frozen(now + timedelta(hours=25)):
        hear(scope, "OK")
        hear(scope, "STOPPED")
        assert len(mailed(scope)) == 4


def test_every_way_of_telling_has_its_own_day(scope: Scope) -> None:
    hear(scope, "CREDENTIALS")
    with db.transaction(scope) as tx:
        alert = connections.alerts.due(tx, scope, "unipile", by="slack")
        assert (alert.provider, alert.workspace) == ("Unipile", "Acme Growth") and "settingsTab=integrations" in alert.link
        assert connections.alerts.due(tx, scope, "unipile", by="slack") is None
        assert connections.alerts.due(tx, scope, "unipile") is not None
        assert connections.alerts.due(tx, scope, "ghl") is None


@pytest.fixture
def channel(scope: Scope, providers: Running) -> str:
    """The workspace's Slack with a channel for alerts; its id."""
    address, credentials = f"{providers.base_url}/slack", {"bot_token": "xoxb-team-T0ACME"}
    account = Account(provider="slack", workspace_id="w", external_id="T0ACME", base_url=address, credentials=credentials)
    found = next(each for each in slack.channels(account) if each.name == "replies")
    with db.transaction(scope) as tx:
        tx.add(Connection(workspace_id=scope.workspace_id, provider="slack", external_id="T0ACME", status="working", base_url=address,
                          credentials=vault.seal(credentials),
                          options={"channel": {"id": found.id, "name": found.name}}))
    return found.id


def told(scope: Scope, providers: Running) -> list[str]:
    """What was told in Slack."""
    run(scope, "connections.alert_locked")
    run(scope, "connections.alert_in_slack")
    return [each["text"] for each in providers.control.sent("slack")]


def test_the_slack_channel_hears_of_it_once_a_day_too(scope: Scope, channel: str, providers: Running) -> None:
    with db.transaction(scope) as tx:
        tx.execute(text("update workspace set name = 'Acme <!channel>'"))
    now = clock.now()
    hear(scope, "CREDENTIALS")
    first, = told(scope, providers)
    assert first.startswith("*Unipile stopped working in Acme &lt;!channel&gt;.*") and "settingsTab=integrations|Open Settings" in first
    for hours, times in ((5, 1), (25, 2)):
        with clock.frozen(now + timedelta(hours=hours)):
            hear(scope, "OK")
            hear(scope, "ERROR")
            assert len(told(scope, providers)) == times
    assert rows(scope.workspace_id, "select last_send_at from connection where provider = 'slack'")[0].last_send_at


def test_a_busy_slack_hears_of_it_later_the_same_day(scope: Scope, channel: str, providers: Running) -> None:
    hear(scope, "CREDENTIALS")
    providers.control.add_fault("slack", "status", status=429, times=1)
    with pytest.raises(ProviderBusy):
        told(scope, providers)
    alert = jobs.registered("connections.alert_in_slack").function
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        alert(scope, provider="unipile")
        alert(scope, provider="unipile")
    assert len(providers.control.sent("slack")) == 1


@pytest.mark.parametrize("change", ["delete from connection where provider = 'slack'",
                                    "update connection set options = '{}' where provider = 'slack'",
                                    "update connection set status = 'locked' where provider = 'slack'"])
def test_without_a_channel_that_works_only_mails_are_sent(scope: Scope, channel: str, providers: Running, change: str) -> None:
    with db.transaction(scope) as tx:
        tx.execute(text(change))
    hear(scope, "CREDENTIALS")
    assert told(scope, providers) == [] and len(mailed(scope)) == 2
    with db.transaction(scope) as tx:
        assert connections.alerts.due(tx, scope, "unipile", by="slack") is not None, "the day's alert is not used up"


def test_a_slack_that_refuses_is_not_asked_again_that_day(scope: Scope, channel: str, providers: Running) -> None:
    hear(scope, "CREDENTIALS")
    providers.control.add_fault("slack", "status", status=200, body={"ok": False, "error": "token_revoked"}, times=0)
    assert told(scope, providers) == []
    assert rows(scope.workspace_id, "select status from connection where provider = 'slack'")[0].status == "locked"
    assert told(scope, providers) == []
    providers.control.clear_faults()


def test_a_working_account_alarms_nobody(scope: Scope) -> None:
    with db.transaction(scope) as tx:
        assert connections.alerts.due(tx, scope, "unipile") is None
    assert mailed(scope) == []


def test_the_hourly_look_finds_a_lost_login_without_a_webhook_and_its_return(scope: Scope, providers: Running) -> None:
    lead = {"first_name": "-"}
    providers.control.act("unipile", "acc_acme", lead, "CREDENTIALS", event="account_status", deliver=False)
    for _ in range(2):
        with db.transaction(system("look")) as tx:
            jobs.registered("connections.check_accounts").function(tx, system("look"))
    looks = rows(scope.workspace_id, "select payload, workspace_id from background_job where kind = 'connections.check_account'")
    assert [(row.payload, row.workspace_id) for row in looks] == [({"provider": "unipile"}, scope.workspace_id)]
    run(scope, "connections.check_account")
    assert status(scope) == "locked" and len(mailed(scope)) == 2
    providers.control.act("unipile", "acc_acme", lead, "OK", event="account_status", deliver=False)
    jobs.registered("connections.check_account").function(scope, provider="unipile")
    assert status(scope) == "working" and len(mailed(scope)) == 2


def test_a_look_that_has_to_wait_its_turn_changes_nothing(scope: Scope, providers: Running) -> None:
    providers.control.add_fault("unipile", "status", status=429)
    jobs.registered("connections.check_account").function(scope, provider="unipile")
    assert status(scope) == "working"


@pytest.mark.parametrize(("address", "kept"), [
    ("api7.unipile.com:13744", "https://api7.unipile.com:13744"), ("https://api7.unipile.com", "https://api7.unipile.com"),
    ("https://API7.Unipile.com:443/", "https://api7.unipile.com:443")])
def test_a_host_of_the_vendor_may_be_named_with_its_port(address: str, kept: str) -> None:
    assert policy.checked_address(address, frozenset(), below="unipile.com") == kept


@pytest.mark.parametrize("address", [
    "http://api7.unipile.com:13744", "https://unipile.com.evil.example", "https://evilunipile.com:13744", "https://unipile.com:13744",
    "https://api7.unipile.com@evil.example", "https://evil.example/api7.unipile.com", "https://me:pw@api7.unipile.com",
    "https://api7.unipile.com:22", "https://api7.unipile.com:99999", "https://api7.unipile.com?x=1", "https://api7.unipile.com#x",
    "https://169.254.169.254", "https://localhost:13744", "https://.unipile.com", "https://a.b.c.d.e.unipile.com",
    "https://api7.unipile.com.", "ftp://api7.unipile.com", "https://аpi.unipile.com"])
def test_no_other_host_may_be_named(address: str) -> None:
    with pytest.raises(Invalid, match="allowed: any host below unipile.com|can be called"):
        policy.checked_address(address, frozenset(), below="unipile.com")


def test_an_address_of_the_operator_with_a_port_may_be_named_and_no_other_port() -> None:
    hosts = policy.allowed_hosts("", "", "https://dsn.agency.example:13744")
    assert policy.checked_address("https://dsn.agency.example:13744", hosts) == "https://dsn.agency.example:13744"
    with pytest.raises(Invalid):
        policy.checked_address("https://dsn.agency.example:13745", hosts)


def test_saving_the_connection_keeps_address_and_account_apart_from_the_key(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        connections.save(tx, world.as_mara, "unipile", values={"account_id": "acc_9", "base_url": "api7.unipile.com:13744",
                                                               "api_key": "key-0123456789"})
        found: Account = connections.account(tx, world.as_mara, "unipile")
        view = connections.view(tx, world.as_mara, "unipile")
    assert (found.external_id, found.base_url) == ("acc_9", "https://api7.unipile.com:13744")
    assert "key-0123" not in json.dumps([field.value for field in view.fields])
