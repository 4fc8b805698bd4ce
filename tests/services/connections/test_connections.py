"""Are credentials sealed, accounts unique, hosts allowed, and is health kept?"""

import pytest
from sqlalchemy import text

from tests.services.inbound.deliveries import deliver, fixture, rows
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import Scope
from zrg_app.services import connections
from zrg_app.services.connections import policy
from zrg_app.services.connections.views import SavedView

GHL = {"location_id": "loc_new", "access_token": "pit-0123456789abcdef"}


def _save(world: World, provider: str, values: dict, *, scope: Scope | None = None, **more: str) -> SavedView:
    scope = scope or world.as_mara
    with db.transaction(scope) as tx:
        return connections.save(tx, scope, provider, values=values, **more)


def test_credentials_are_sealed_and_shown_masked(world: World) -> None:
    saved = _save(world, "ghl", GHL, webhook_secret="new")
    row, = rows(world.acme, "select * from connection where provider = 'ghl'")
    assert str(row.id) == saved.id and row.external_id == "loc_new" and row.status == "unchecked"
    assert "pit-" not in row.credentials and saved.webhook_address.rsplit("/", 1)[1] not in row.webhook_secret
    with db.transaction(world.as_mara) as tx:
        account = connections.account(tx, world.as_mara, "ghl")
        view = connections.view(tx, world.as_mara, "ghl")
    assert account.credentials["access_token"] == GHL["access_token"] and "pit-" not in repr(account)
    assert [(field.name, field.value) for field in view.fields] == [("location_id", "loc_new"), ("access_token", "••••cdef")]
    assert "pit-0123" not in repr(view) and saved.webhook_address.rsplit("/", 1)[1] not in repr(view)
    assert "/api/webhooks/ghl/sms/" in saved.webhook_address and view.has_webhook_secret


def test_an_empty_secret_keeps_the_stored_one(world: World) -> None:
    _save(world, "ghl", GHL)
    _save(world, "ghl", {"location_id": "loc_other", "access_token": ""})
    with db.transaction(world.as_mara) as tx:
        account = connections.account(tx, world.as_mara, "ghl")
    assert (account.external_id, account.credentials["access_token"]) == ("loc_other", GHL["access_token"])


def test_an_account_belongs_to_one_workspace(world: World) -> None:
    _save(world, "ghl", GHL)
    with pytest.raises(Conflict, match="already connected to another workspace"):
        _save(world, "ghl", GHL, scope=world.as_nils)
    assert rows(world.birch, "select id from connection") == []


@pytest.mark.parametrize(("values", "sentence"), [
    ({"location_id": "x"}, "needs Private integration token"), ({**GHL, "colour": "red"}, "has no colour"),
    ({**GHL, "access_token": "x" * 3000}, "too long")])
def test_values_that_cannot_work_are_refused(world: World, values: dict, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        _save(world, "ghl", values, scope=world.as_nils)


def test_one_mail_provider_at_a_time(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update workspace_settings set email_provider = 'smartlead'"))
    with pytest.raises(Conflict, match="reads its mail through SmartLead"):
        _save(world, "emailbison", {"workspace_id": "4711", "api_key": "k"})


def test_removing_a_mail_provider_frees_the_choice(world: World) -> None:
    _save(world, "emailbison", {"workspace_id": "4711", "api_key": "k"})
    assert [row.email_provider for row in rows(world.acme, "select email_provider from workspace_settings")] == ["emailbison"]
    with db.transaction(world.as_mara) as tx:
        connections.remove(tx, world.as_mara, "emailbison")
    assert [row.email_provider for row in rows(world.acme, "select email_provider from workspace_settings")] == [None]
    with db.transaction(world.as_mara) as tx, pytest.raises(NotFound):
        connections.account(tx, world.as_mara, "emailbison")


def test_another_host_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="not an allowed host"):
        _save(world, "emailbison", {"workspace_id": "1", "api_key": "k", "base_url": "https://evil.example"})
    _save(world, "emailbison", {"workspace_id": "1", "api_key": "k", "base_url": "https://DEDI.emailbison.com/"})
    assert [row.base_url for row in rows(world.acme, "select base_url from connection where provider = 'emailbison'")] == [
        "https://dedi.emailbison.com"]


@pytest.mark.parametrize("address", [
    "http://send.agency.example", "https://send.agency.example:8443", "https://user:pw@send.agency.example", "https://127.0.0.1",
    "https://send.agency.example@evil.example", "https://send.agency.example.evil.example", "ftp://send.agency.example",
    "https://send.agency.example?x=1", "https://[::1]", "https://send.agency.example:99999", "file:///etc/passwd",
    "https://["])
def test_only_named_hosts_by_https_are_called(address: str) -> None:
    hosts = policy.allowed_hosts("Send.Agency.example, ", "https://dedi.emailbison.com", "http://localhost:4010/emailbison")
    assert hosts == {"send.agency.example", "dedi.emailbison.com", "http://localhost:4010"}
    with pytest.raises(Invalid):
        policy.checked_address(address, hosts)
    assert policy.checked_address("send.agency.example", hosts) == "https://send.agency.example"
    assert policy.checked_address("http://localhost:4010/emailbison/", hosts) == "http://localhost:4010/emailbison"


def test_health_is_kept_per_connection(world: World) -> None:
    deliver(world.acme, "ghl", fixture("ghl/workflow_sms"))
    with db.transaction(world.as_mara) as tx:
        connections.touch_send(tx, world.as_mara, "emailbison")
        connections.mark_locked(tx, world.as_mara, "ghl", sentence="The token was revoked.")
    with db.transaction(world.as_mara) as tx:
        views = {view.provider: view for view in connections.every(tx, world.as_mara)}
    assert views["ghl"].last_event_at and not views["ghl"].last_send_at and views["emailbison"].last_send_at
    assert (views["ghl"].status, views["ghl"].last_error) == ("locked", "The token was revoked.")
    with db.transaction(world.as_mara) as tx:
        connections.mark_working(tx, world.as_mara, "ghl")
        assert connections.view(tx, world.as_mara, "ghl").status == "working"
