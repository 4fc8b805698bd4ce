"""What becomes of a LinkedIn message or invitation whose answer is lost? A real database, the sandbox over HTTP."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.faults.counting import IMPATIENT, proof
from tests.services.sending.linkedin import act, connect, hear, known_lead
from tests.services.sending.stage import Stage
from zrg_app.integrations import transport
from zrg_app.kit import clock, db
from zrg_app.services.sending import repair

# How a message leaves, and the call that takes it.
WAYS = {"answer": "/messages", "first message": "/chats", "invitation": "/users/invite"}


def lead_for(stage: Stage, way: str) -> UUID:
    """Somebody whom a message reaches by `way`."""
    connect(stage)
    if way == "answer":
        assert hear(stage, act(stage, body="What does it cost?")) == ("SUCCEEDED", None)
        return stage.sql("select lead_id from message")[0].lead_id
    act(stage, "profile.viewed", lead={"distance": "FIRST_DEGREE" if way == "first message" else "SECOND_DEGREE"})
    return known_lead(stage)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["timeout_after_accept", "disconnect_after_accept", "malformed"])
def test_what_linkedin_took_is_found_and_not_sent_again(committed_stage: Stage, way: str, kind: str) -> None:
    stage = committed_stage
    outbound_id = stage.queue(lead_for(stage, way), "linkedin")
    stage.sandbox.control.add_fault("unipile", kind, path_contains=WAYS[way], method="POST", seconds=20)
    with transport.patience(IMPATIENT):
        stage.run_jobs(until=clock.now() + timedelta(seconds=11))
        assert stage.outbound(outbound_id).status == "checking"
        stage.run_jobs()
    row = stage.outbound(outbound_id)
    sent, = stage.sent("unipile")
    assert (row.status, row.attempts) == ("sent", 1) and row.provider_message_id.removeprefix("invitation:") == sent["id"]
    assert (proof(stage).sent, proof(stage).unknown) == (1, 0)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", [{"kind": "status", "status": 500}, {"kind": "timeout_before", "seconds": 20},
                                   {"kind": "status", "status": 503, "message": "errors/no_client_session"}])
def test_what_linkedin_never_took_waits_for_a_person_and_is_sent_when_they_say_so(committed_stage: Stage, way: str, fault: dict) -> None:
    stage = committed_stage
    outbound_id = stage.queue(lead_for(stage, way), "linkedin")
    stage.sandbox.control.add_fault("unipile", path_contains=WAYS[way], method="POST", **fault)
    with transport.patience(IMPATIENT):
        stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code, row.attempts, row.looks) == ("failed", "unknown_outcome", 1, 4)
    assert "may have left" in row.error and proof(stage).unknown == 1
    with db.transaction(stage.world.as_mara) as tx:
        repair.send_again(tx, stage.world.as_mara, outbound_id)
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.attempts) == ("sent", 2)
    assert len(stage.sent("unipile")) == 1
    proof(stage)


@pytest.mark.parametrize("way", WAYS)
def test_what_linkedin_took_and_does_not_list_yet_is_never_sent_twice(committed_stage: Stage, way: str) -> None:
    stage = committed_stage
    outbound_id = stage.queue(lead_for(stage, way), "linkedin")
    stage.sandbox.control.add_fault("unipile", "timeout_after_accept", path_contains=WAYS[way], method="POST", seconds=20)
    # The chats, the messages and the invitations are listed as they were before.
    for path in ("/chats", "/users/invite/sent"):
        stage.sandbox.control.add_fault("unipile", "status", path_contains=path, method="GET", status=200, times=0,
                                        body={"object": "List", "items": [], "cursor": None})
    with transport.patience(IMPATIENT):
        stage.run_jobs(until=clock.now() + timedelta(hours=2), most=60)
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code, row.attempts) == ("failed", "unknown_outcome", 1)
    assert len(stage.sent("unipile")) == 1
    stage.sandbox.control.clear_faults()
    with db.transaction(stage.world.as_mara) as tx:
        repair.look_again(tx, stage.world.as_mara, outbound_id)
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, len(stage.sent("unipile"))) == ("sent", 1)
    assert (proof(stage).sent, proof(stage).unknown) == (1, 0)


def test_a_login_that_is_lost_while_sending_locks_the_connection(committed_stage: Stage) -> None:
    stage = committed_stage
    outbound_id = stage.queue(lead_for(stage, "answer"), "linkedin")
    act(stage, "account_status", "CREDENTIALS")
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, stage.outbound(outbound_id).error_code) == ("failed", "disconnected_account")
    assert "log in again" in stage.outbound(outbound_id).error
    assert stage.sql("select status from connection where provider = 'unipile'")[0].status == "locked"
    assert stage.sent("unipile") == []


def test_two_equal_messages_in_doubt_are_two_messages(committed_stage: Stage) -> None:
    stage = committed_stage
    lead_id = lead_for(stage, "answer")
    pair = [stage.queue(lead_id, "linkedin", "ok") for _ in range(2)]
    stage.sandbox.control.add_fault("unipile", "disconnect_after_accept", path_contains="/messages", method="POST", times=2)
    stage.run_jobs()
    assert [stage.outbound(each).status for each in pair] == ["sent", "sent"]
    assert {stage.outbound(each).provider_message_id for each in pair} == {each["id"] for each in stage.sent("unipile")}
    assert len(stage.sent("unipile")) == 2
    proof(stage)
