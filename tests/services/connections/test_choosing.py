"""One e-mail provider per workspace: is switching asked for, are secrets forgotten, and is a wrong state told?"""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.services.inbound.deliveries import rows
from tests.world import World
from zrg_app.integrations import emailbison, registry
from zrg_app.integrations.base import Option, Provider
from zrg_app.kit import clock, db, ids, vault
from zrg_app.kit.errors import Conflict, Invalid
from zrg_app.models import Connection, WebhookEvent
from zrg_app.services import connections
from zrg_app.services.connections import SavedView

BISON = {"workspace_id": "4711", "api_key": "bison-secret"}
RIVAL: Provider = dataclasses.replace(
    emailbison.PROVIDER, slug="othermail", title="OtherMail",
    options=(Option(name="loud", title="Loud", help="Says more.", warning="It is loud."),))


@pytest.fixture(autouse=True)
def _a_second_mail_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "PROVIDERS", (*registry.PROVIDERS, RIVAL))
    monkeypatch.setitem(registry._by_slug, RIVAL.slug, RIVAL)


def _save(world: World, provider: str, **more: object) -> SavedView:
    with db.transaction(world.as_mara) as tx:
        return connections.save(tx, world.as_mara, provider, values=BISON, **more)


def _views(world: World) -> dict:
    with db.transaction(world.as_mara) as tx:
        return {view.provider: view for view in connections.every(tx, world.as_mara)}


def _connected(world: World) -> list[str]:
    return [row.provider for row in rows(world.acme, "select provider from connection where provider <> 'ghl' order by provider")]


def test_a_second_mail_provider_is_refused_until_switching_is_wanted(world: World) -> None:
    _save(world, "emailbison")
    with pytest.raises(Conflict, match="reads its mail through EmailBison; a workspace has one") as refused:
        _save(world, "othermail")
    assert refused.value.reason == "other_email_provider" and _connected(world) == ["emailbison"]
    _save(world, "othermail", replace=True)
    assert _connected(world) == ["othermail"]
    assert rows(world.acme, "select email_provider from workspace_settings")[0].email_provider == "othermail"
    told = [row.data for row in rows(world.acme, "select data from audit_event where kind = 'connections.changed' order by id")]
    assert {"provider": "emailbison", "change": "removed", "detail": "replaced"} in told


def test_a_switch_that_fails_leaves_everything_as_it_was(world: World) -> None:
    _save(world, "emailbison")
    with db.transaction(world.as_nils) as tx:
        tx.add(Connection(workspace_id=world.birch, provider="othermail", external_id="4711"))
    with pytest.raises(Conflict, match="already connected to another workspace"):
        _save(world, "othermail", replace=True)
    assert _connected(world) == ["emailbison"]
    assert rows(world.acme, "select email_provider from workspace_settings")[0].email_provider == "emailbison"


def test_several_at_once_is_told_and_choosing_one_forgets_the_other(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.add(Connection(workspace_id=world.acme, provider="othermail", credentials=vault.seal({"api_key": "x"})))
    bison = _views(world)["emailbison"]
    assert (bison.rivals, bison.is_chosen, bison.mail_title) == (("OtherMail",), False, "")
    with db.transaction(world.as_mara) as tx:
        connections.choose(tx, world.as_mara, "emailbison")
        with pytest.raises(Invalid, match="not an e-mail provider that is connected"):
            connections.choose(tx, world.as_mara, "ghl")
    assert _connected(world) == ["emailbison"]
    assert (_views(world)["emailbison"].is_chosen, _views(world)["emailbison"].rivals) == (True, ())


def test_webhooks_that_were_ignored_for_it_are_counted_for_a_day(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update workspace_settings set email_provider = 'othermail'"))
        for hours, reason in ((1, "provider_mismatch"), (23, "provider_mismatch"), (25, "provider_mismatch"), (1, "event_not_used")):
            tx.add(WebhookEvent(workspace_id=world.acme, provider="emailbison", event_type="x", dedupe_key=str(ids.new_id()), body=b"{}",
                                status="IGNORED", reason=reason, received_at=clock.now() - timedelta(hours=hours)))
    bison = _views(world)["emailbison"]
    assert (bison.mismatches, bison.mail_title) == (2, "OtherMail")


def test_a_switch_of_a_connection_is_kept_and_its_warning_offered(world: World) -> None:
    _save(world, "othermail", replace=True, options={"loud": True})
    option, = _views(world)["othermail"].options
    assert (option.is_on, option.warning) == (True, "It is loud.")
    _save(world, "othermail")
    assert _views(world)["othermail"].options[0].is_on, "what is left out stays"
    _save(world, "othermail", options={"loud": False})
    assert not _views(world)["othermail"].options[0].is_on
    with pytest.raises(Invalid, match="no switch called colour"):
        _save(world, "othermail", options={"colour": True})
