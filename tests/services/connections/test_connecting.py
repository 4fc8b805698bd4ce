"""Is Slack proven before it is kept, does Resend check its sender, and whose Resend do mails leave through?"""

import dataclasses
from collections.abc import Iterator

import pytest

from sandbox.server import Running, running
from tests.services.inbound.deliveries import rows
from tests.world import World
from zrg_app.integrations import ghl
from zrg_app.kit import db, vault
from zrg_app.kit.errors import Broken, Invalid, NotFound, ProviderLocked
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings
from zrg_app.services import connections
from zrg_app.services.access import mails
from zrg_app.services.connections import addresses
from zrg_app.services.connections.views import ConnectionView, Mailer, SavedView

ACME, BIRCH = "xoxb-one-team-T0ACME", "xoxb-two-team-T0OTHER"


@pytest.fixture(scope="module")
def listening() -> Iterator[Running]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def outside(world: World, listening: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    listening.control.reset()
    monkeypatch.setenv("ZRG_SANDBOX_URL", listening.base_url)
    settings.cache_clear()
    yield listening
    monkeypatch.undo()
    settings.cache_clear()


def _slack(world: World, token: str = ACME, **more: object) -> SavedView:
    return connections.connect(world.as_mara, "slack", values={"bot_token": token}, **more)


def _view(world: World, provider: str) -> ConnectionView:
    with db.transaction(world.as_mara) as tx:
        return connections.view(tx, world.as_mara, provider)


def test_a_token_slack_refuses_is_not_stored(world: World, outside: Running) -> None:
    with pytest.raises(ProviderLocked, match="does not know this token"):
        _slack(world, "bad-token")
    assert rows(world.acme, "select id from connection where provider = 'slack'") == []
    _slack(world)
    with pytest.raises(ProviderLocked, match="was revoked"):
        _slack(world, "xoxb-revoked")
    sealed = rows(world.acme, "select credentials from connection where provider = 'slack'")[0].credentials
    assert vault.unseal(sealed) == {"bot_token": ACME}


def test_a_good_token_names_the_team_and_counts_as_tested(world: World, outside: Running) -> None:
    _slack(world)
    view = _view(world, "slack")
    assert (view.status, view.external_id, view.account_name, bool(view.last_checked_at)) == (
        "working", "T0ACME", "Sandbox Agency", True)
    with db.transaction(world.as_mara) as tx, pytest.raises(Broken, match="proven before it is saved"):
        connections.save(tx, world.as_mara, "slack", values={"bot_token": ACME})


def test_several_workspaces_share_a_slack_team(world: World, outside: Running) -> None:
    _slack(world)
    connections.connect(world.as_nils, "slack", values={"bot_token": ACME})
    assert rows(world.birch, "select external_id from connection where provider = 'slack'")[0].external_id == "T0ACME"


def test_the_chosen_channel_stays_with_its_team(world: World, outside: Running) -> None:
    _slack(world)
    channel = next(each for each in connections.channels(world.as_mara) if each.name == "replies")
    assert not connections.try_out(world.as_mara, "slack", email="mara@agency.example").works
    with db.transaction(world.as_mara) as tx:
        connections.keep_options(tx, world.as_mara, "slack", {"channel": {"id": channel.id, "name": channel.name}})
    found = connections.try_out(world.as_mara, "slack", email="<mara>@agency.example")
    assert found.works and outside.control.sent("slack")[0]["text"].startswith("This is a test message of ZRG Inbox, asked for by &lt;")
    assert _view(world, "slack").last_send_at
    _slack(world, ACME)
    assert _view(world, "slack").channel_name == "replies"
    _slack(world, BIRCH)
    assert _view(world, "slack").channel_name == "", "that channel belongs to another team"


def test_a_token_revoked_later_locks_the_connection_wherever_it_shows(world: World, outside: Running) -> None:
    _slack(world)
    outside.control.add_fault("slack", "status", status=200, body={"ok": False, "error": "token_revoked"}, times=0)
    with pytest.raises(ProviderLocked):
        connections.channels(world.as_mara)
    with db.transaction(world.as_mara) as tx:
        trouble, = connections.troubles(tx, world.as_mara)
    assert (trouble.provider, trouble.title) == ("slack", "Slack") and "revoked" in trouble.sentence
    outside.control.clear_faults()
    assert connections.check(world.as_mara, "slack").works
    with db.transaction(world.as_mara) as tx:
        assert connections.troubles(tx, world.as_mara) == ()


@pytest.mark.parametrize("sender", ["", "acme", "Acme <acme>", "a@b@c.example", "Acme <a@agency.example", "a@agency.example>",
                                    "a@agency", "a b@agency.example", "Acme\r\nBcc: x <a@agency.example>x"])
def test_a_sender_that_is_none_is_refused(world: World, sender: str) -> None:
    with pytest.raises(Invalid, match="Give a sender|needs Sender"):
        connections.connect(world.as_mara, "resend", values={"api_key": "re_1", "from_email": sender})


@pytest.mark.parametrize(("key", "sender", "works", "sentence"), [
    ("re_full", "Acme <door@agency.example>", True, "agency.example is verified"),
    ("re_full", "door@pending.example", False, "has not verified pending.example"),
    ("re_full", "door@mail.agency.example", False, "has not verified mail.agency.example"),
    ("re_send-only", "door@anything.example", True, "may only send"), ("bad_key", "door@agency.example", False, "API key is invalid")])
def test_a_senders_domain_is_looked_up_where_the_key_allows(
        world: World, outside: Running, key: str, sender: str, works: bool, sentence: str) -> None:
    connections.connect(world.as_mara, "resend", values={"api_key": key, "from_email": sender})
    found = connections.check(world.as_mara, "resend")
    assert found.works is works and sentence in found.sentence and key not in found.sentence


def test_the_test_mail_goes_to_who_asks(world: World, outside: Running) -> None:
    connections.connect(world.as_mara, "resend", values={"api_key": "re_1", "from_email": "door@agency.example"})
    assert connections.try_out(world.as_mara, "resend", email="ben@agency.example").works
    sent, = outside.control.sent("resend")
    assert (sent["to"], sent["from"]) == (["ben@agency.example"], "door@agency.example")
    assert _view(world, "resend").status == "working"
    with pytest.raises(Invalid, match="no test message"):
        connections.try_out(world.as_mara, "ghl", email="ben@agency.example")
    with pytest.raises(NotFound):
        connections.try_out(world.as_mara, "slack", email="ben@agency.example")


def test_mails_leave_through_the_workspaces_own_resend_else_the_installations(
        world: World, outside: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESEND_API_KEY", "re_house")
    monkeypatch.setenv("RESEND_FROM_EMAIL", "house@zrg-inbox.example")
    settings.cache_clear()
    connections.connect(world.as_mara, "resend", values={"api_key": "re_acme", "from_email": "Acme <door@agency.example>"})
    sealed = vault.seal({"to": "new@client.example", "subject": "Hello", "text": "Hello", "link": "https://x.example"})
    mails.send_mail(world.as_mara, sealed=sealed, idempotency_key="a")
    mails.send_mail(world.as_nils, sealed=sealed, idempotency_key="b")
    mails.send_mail(system("a mail of nobody's workspace"), sealed=sealed, idempotency_key="c")
    assert [sent["from"] for sent in outside.control.sent("resend")] == [
        "Acme <door@agency.example>", "house@zrg-inbox.example", "house@zrg-inbox.example"]
    assert "re_acme" not in repr(Mailer(api_key="re_acme", sender="x"))


def test_the_hosts_of_emailbison_are_offered_as_choices(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAILBISON_ALLOWED_HOSTS", "send.agency.example")
    settings.cache_clear()
    field = next(field for field in _view(world, "emailbison").fields if field.name == "base_url")
    assert field.choices == ("https://dedi.emailbison.com", "https://send.agency.example")
    monkeypatch.undo()
    settings.cache_clear()


def test_a_secret_stands_where_the_provider_shows_it(world: World) -> None:
    def made(**change: object) -> str:
        return addresses.webhook(dataclasses.replace(ghl.PROVIDER, **change), world.acme, "s3cret")

    for place in ("address", "body"):
        assert made(secret_place=place).endswith("/api/webhooks/ghl/sms/s3cret")
    for place in ("header", "signature"):
        assert made(secret_place=place).endswith("/api/webhooks/ghl/sms")
    assert made(secret_place="signature", webhook_path="/api/webhooks/calendly/{client_id}").endswith(f"/calendly/{world.acme}")
    with db.transaction(world.as_mara) as tx:
        renewed = connections.renew_secret(tx, world.as_mara, "ghl")
        assert "/api/webhooks/ghl/sms/" in renewed.webhook_address and renewed.webhook_secret == ""
