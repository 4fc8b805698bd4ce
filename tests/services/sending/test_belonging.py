"""A message was written for one account: does it stay when provider or account change, and does nothing leave twice?"""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.services.sending.stage import Stage
from zrg_app.integrations import emailbison, registry
from zrg_app.kit import clock, db, ids
from zrg_app.kit.errors import Refused
from zrg_app.models import Connection
from zrg_app.services import connections, sending
from zrg_app.services.sending import belonging
from zrg_app.services.workbench import open_conversation

BISON = {"workspace_id": "4711", "api_key": "77|secret-workspace-4711"}


def _choose(stage: Stage, provider: str) -> None:
    _sql(stage, "update workspace_settings set email_provider = :provider", provider=provider)


def _sql(stage: Stage, statement: str, **values: object) -> None:
    with db.transaction(stage.world.as_mara) as tx:
        tx.execute(text(statement), values)


def _save(stage: Stage, values: dict) -> None:
    with db.transaction(stage.world.as_mara) as tx:
        connections.save(tx, stage.world.as_mara, "emailbison", values=values)


def test_a_message_remembers_the_account_it_was_written_for(stage: Stage) -> None:
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    assert stage.outbound(outbound_id).account == "4711"


def test_a_switch_holds_what_waits_and_says_why(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email", draft_id=(draft_id := stage.draft(lead_id)))
    with db.transaction(stage.world.as_mara) as tx:
        assert sending.waiting_through(tx, stage.world.as_mara, "emailbison") == 1
        tx.execute(text("delete from connection where provider = 'emailbison'"))
    _choose(stage, "smartlead")
    belonging.hold_astray(stage.as_job, provider="emailbison")
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code) == ("failed", "provider_changed") and "EmailBison" in row.error
    assert stage.sql("select status from draft where id = :id", id=draft_id)[0].status == "pending", "a person decides anew"
    assert stage.run_jobs() and stage.sent("emailbison") == []


def test_a_message_of_another_account_never_leaves(stage: Stage) -> None:
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    _save(stage, BISON | {"workspace_id": "4712"})
    assert stage.sql("select payload from background_job where kind = 'sending.hold_astray'")
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code) == ("failed", "account_changed") and "4711" in row.error
    assert stage.sent("emailbison") == []


def test_new_credentials_of_the_same_account_hold_nothing(stage: Stage) -> None:
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    _save(stage, BISON | {"api_key": "78|secret-workspace-4711"})
    _sql(stage, "update connection set base_url = :url where provider = 'emailbison'", url=f"{stage.sandbox.base_url}/emailbison")
    stage.run_jobs()
    assert stage.outbound(outbound_id).status == "sent" and len(stage.sent("emailbison")) == 1


def test_a_doubtful_message_is_not_looked_up_in_another_account(stage: Stage) -> None:
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.sandbox.control.add_fault("emailbison", "disconnect_after_accept", path_contains="/reply", times=1)
    stage.run_jobs(clock.now() + timedelta(seconds=11))
    assert stage.outbound(outbound_id).status == "checking"
    _sql(stage, "update connection set external_id = '4712' where provider = 'emailbison'")
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code) == ("failed", "unknown_outcome") and len(stage.sent("emailbison")) == 1


def test_a_held_message_is_not_tried_again_by_a_click(stage: Stage) -> None:
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    _sql(stage, "update connection set external_id = '4712' where provider = 'emailbison'")
    stage.run_jobs()
    with db.transaction(stage.world.as_mara) as tx, pytest.raises(Refused) as refused:
        sending.retry(tx, stage.world.as_mara, outbound_id)
    assert refused.value.reason == "account_changed"


def test_two_mail_providers_and_no_choice_send_nothing_until_one_is_chosen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    rival = dataclasses.replace(emailbison.PROVIDER, slug="othermail", title="OtherMail")
    monkeypatch.setattr(registry, "PROVIDERS", (*registry.PROVIDERS, rival))
    monkeypatch.setitem(registry._by_slug, "othermail", rival)
    lead_id = stage.lead_writes("emailbison")
    with db.transaction(stage.world.as_mara) as tx:
        tx.add(Connection(id=ids.new_id(), workspace_id=stage.world.acme, provider="othermail", external_id="9"))
    with pytest.raises(Refused) as refused:
        stage.queue(lead_id, "email")
    assert refused.value.reason == "several_providers"
    with db.transaction(stage.world.as_mara) as tx:
        connections.choose(tx, stage.world.as_mara, "emailbison")
        assert open_conversation(tx, stage.world.as_mara, lead_id)
    outbound_id = stage.queue(lead_id, "email")
    stage.run_jobs()
    assert stage.outbound(outbound_id).status == "sent"
