"""What becomes of a message whose provider is silent, busy, down or says no? A real database, the sandbox over HTTP."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.faults.counting import IMPATIENT, WAYS, proof
from tests.services.sending.stage import Stage
from zrg_app.integrations import transport
from zrg_app.kit import clock, db
from zrg_app.services import sending


@pytest.mark.parametrize("provider", WAYS)
@pytest.mark.parametrize("kind", ["timeout_after_accept", "disconnect_after_accept", "malformed"])
def test_an_accepted_message_whose_answer_is_lost_is_found_and_not_sent_again(
        committed_stage: Stage, provider: str, kind: str) -> None:
    stage, (channel, path) = committed_stage, WAYS[provider]
    outbound_id = stage.queue(stage.lead_writes(provider), channel)
    stage.sandbox.control.add_fault(provider, kind, path_contains=path, method="POST", seconds=20)
    with transport.patience(IMPATIENT):
        stage.run_jobs(until=clock.now() + timedelta(seconds=11))
        assert stage.outbound(outbound_id).status == "checking"
        stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert len(stage.sent(provider)) == 1
    assert (row.status, row.attempts, row.provider_message_id) == ("sent", 1, str(stage.sent(provider)[0]["id"]))
    assert (proof(stage).sent, proof(stage).unknown) == (1, 0)


def test_a_provider_whose_clock_is_ten_minutes_behind_is_not_asked_to_send_again(committed_stage: Stage) -> None:
    stage = committed_stage
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.sandbox.control.add_fault("emailbison", "disconnect_after_accept", path_contains="/reply", method="POST")
    stage.sql("update outbound_message set created_at = created_at + interval '10 minutes' returning id")
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)
    proof(stage)


@pytest.mark.parametrize("provider", WAYS)
@pytest.mark.parametrize("fault", [{"kind": "status", "status": 500}, {"kind": "timeout_before", "seconds": 20},
                                   {"kind": "disconnect_before"}])
def test_a_message_the_provider_never_took_is_sent_by_the_one_more_try(
        committed_stage: Stage, provider: str, fault: dict) -> None:
    stage, (channel, path) = committed_stage, WAYS[provider]
    outbound_id = stage.queue(stage.lead_writes(provider), channel)
    stage.sandbox.control.add_fault(provider, path_contains=path, method="POST", **fault)
    with transport.patience(IMPATIENT):
        stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.attempts, row.uncertain, row.looks) == ("sent", 2, 1, 4)
    assert len(stage.sent(provider)) == 1
    proof(stage)


def test_a_fate_that_stays_unknown_is_given_to_a_person_whose_retry_looks_first(committed_stage: Stage) -> None:
    stage = committed_stage
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email")
    stage.sandbox.control.add_fault("emailbison", "status", path_contains="/reply", method="POST", times=2)
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code, row.attempts) == ("failed", "unknown_outcome", 2)
    assert stage.sql("select needs_repair from conversation")[0][0] is True
    with db.transaction(stage.world.as_mara) as tx:
        sending.retry(tx, stage.world.as_mara, outbound_id)
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)
    assert stage.sql("select needs_repair from conversation")[0][0] is False
    proof(stage)


def test_a_busy_provider_is_asked_again_when_it_said(committed_stage: Stage) -> None:
    stage = committed_stage
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.sandbox.control.add_fault("emailbison", "status", status=429, retry_after=30, path_contains="/reply", method="POST")
    due = clock.now() + timedelta(seconds=11)
    stage.run_jobs(until=due)
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code, stage.sent("emailbison")) == ("waiting", "provider_busy", [])
    assert row.not_before >= due + timedelta(seconds=28)
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)


def test_a_provider_that_stays_busy_is_waited_for_and_one_that_stays_down_is_told(committed_stage: Stage) -> None:
    stage = committed_stage
    waiting = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.sandbox.control.add_fault("emailbison", "status", status=429, retry_after=1, path_contains="/reply", times=20)
    stage.run_jobs()
    assert (stage.outbound(waiting).status, stage.outbound(waiting).attempts) == ("sent", 21)
    down = stage.queue(stage.lead_writes("ghl"), "sms")
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update connection set base_url = 'http://127.0.0.1:9' where provider = 'ghl'"))
    stage.run_jobs(until=clock.now() + timedelta(hours=3))
    row = stage.outbound(down)
    assert (row.status, row.error_code, row.attempts, row.uncertain) == ("failed", "provider_down", 14, 0)


@pytest.mark.parametrize("fault", [{"status": 400, "message": "Cannot send message as DND is active for SMS."}, None])
def test_do_not_disturb_fails_once_tells_why_and_closes_the_channel(committed_stage: Stage, fault: dict | None) -> None:
    stage = committed_stage
    lead_id = stage.lead_writes("ghl")
    outbound_id = stage.queue(lead_id, "sms")
    if fault:
        stage.sandbox.control.add_fault("ghl", "status", path_contains="/conversations/messages", method="POST", **fault)
    else:
        contact_id = stage.sql("select value from lead_identity where kind = 'ghl_contact'")[0][0]
        stage.sandbox.control.set_dnd(contact_id)
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code, row.attempts, stage.sent("ghl")) == ("failed", "sms_dnd", 1, [])
    assert stage.sql("select sms_dnd from lead")[0][0] is True
    with db.transaction(stage.world.as_mara) as tx:
        assert not next(way for way in sending.ways(tx, stage.world.as_mara, lead_id) if way.channel == "sms").possible


def test_credentials_that_do_not_work_lock_the_connection_and_nothing_is_lost(committed_stage: Stage) -> None:
    stage = committed_stage
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.sandbox.control.add_fault("emailbison", "status", status=401)
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code) == ("failed", "provider_locked")
    assert stage.sql("select status from connection where provider = 'emailbison'")[0][0] == "locked"
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update connection set status = 'working' where provider = 'emailbison'"))
    with db.transaction(stage.world.as_mara) as tx:
        sending.retry(tx, stage.world.as_mara, outbound_id)
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)


def test_a_webhook_about_our_own_message_makes_no_second_one(committed_stage: Stage) -> None:
    stage = committed_stage
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email")
    stage.sandbox.control.add_fault("emailbison", "disconnect_after_accept", path_contains="/reply", method="POST")
    stage.run_jobs(until=clock.now() + timedelta(seconds=11))
    stage.hear_of(stage.sent("emailbison")[0]["id"])
    stage.run_jobs()
    stage.hear_of(stage.sent("emailbison")[0]["id"])
    mine = stage.sql("select outbound_id, sent_by, sent_by_user, body from message where direction = 'outbound'")
    assert [tuple(row) for row in mine] == [(outbound_id, "setter", stage.world.mara, "It is 900 a month.")]
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)
    proof(stage)


def test_two_equal_texts_in_doubt_are_two_messages(committed_stage: Stage) -> None:
    stage = committed_stage
    lead_id = stage.lead_writes("ghl")
    pair = [stage.queue(lead_id, "sms", "ok") for _ in range(2)]
    stage.sandbox.control.add_fault("ghl", "disconnect_after_accept", path_contains=WAYS["ghl"][1], method="POST", times=2)
    stage.run_jobs()
    found = {stage.outbound(each).provider_message_id for each in pair}
    assert [stage.outbound(each).status for each in pair] == ["sent", "sent"]
    assert found == {message["id"] for message in stage.sent("ghl")}
    assert len(found) == 2
    proof(stage)
