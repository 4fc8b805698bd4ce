"""What becomes of a message that is let go? Over a real database and the sandbox's HTTP."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict, NotFound, Refused
from zrg_app.services import drafting, sending


def test_an_email_answer_reaches_the_lead_in_their_thread(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email", "It is 900 a month.\nSee https://acme.example/p?a=1&b=2 <now>")
    stage.run_jobs()
    sent, = stage.sent("emailbison")
    reply_id = stage.sql("select external_id from message where direction = 'inbound'")[0][0]
    assert (sent["to"], str(sent["parent_id"])) == (["dana@northwind.example"], reply_id)
    assert " ".join(sent["text"].split()) == "It is 900 a month. See https://acme.example/p?a=1&b=2 <now>"
    message = stage.sql("select * from message where outbound_id = :id", id=outbound_id)[0]
    assert (message.direction, message.delivery, message.sent_by, message.sent_by_user) == (
        "outbound", "delivered", "setter", stage.world.mara)
    assert message.body == "It is 900 a month.\nSee https://acme.example/p?a=1&b=2 <now>"
    assert message.external_id == str(sent["id"])
    row = stage.outbound(outbound_id)
    assert (row.status, row.attempts, row.provider_message_id) == ("sent", 1, str(sent["id"]))
    listed = stage.sql("select last_direction, needs_reply from conversation where lead_id = :lead", lead=lead_id)[0]
    assert tuple(listed) == ("outbound", False)


def test_an_sms_answer_reaches_the_contact(stage: Stage) -> None:
    lead_id = stage.lead_writes("ghl", "Who is this?")
    stage.queue(lead_id, "sms", "Chris from Acme.")
    stage.run_jobs()
    sent, = stage.sent("ghl")
    assert (sent["to"], sent["text"]) == ("+14155550142", "Chris from Acme.")


def test_a_person_unknown_to_gohighlevel_becomes_a_contact_whose_id_is_learnt(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update lead set phone = '+14155550199' where id = :id"), {"id": lead_id})
    stage.queue(lead_id, "sms", "A text instead.")
    stage.run_jobs()
    sent, = stage.sent("ghl")
    learnt = stage.sql("select value from lead_identity where lead_id = :lead and kind = 'ghl_contact'", lead=lead_id)
    assert (sent["to"], [row.value for row in learnt]) == ("+14155550199", [sent["contact_id"]])


def test_nothing_leaves_before_the_undo_window_ends(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email")
    sending.send(stage.as_job, outbound_id=outbound_id)
    assert (stage.sent("emailbison"), stage.outbound(outbound_id).status) == ([], "waiting")


def test_undo_gives_the_draft_back_and_it_can_be_approved_again(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    draft_id = stage.draft(lead_id)
    with db.transaction(stage.world.as_mara) as tx:
        first = drafting.approve(tx, stage.world.as_mara, draft_id)
    stage.undo(first)
    assert stage.sql("select status from draft")[0][0] == "pending"
    assert stage.sql("select has_draft from conversation")[0][0] is True
    with db.transaction(stage.world.as_mara) as tx:
        second = drafting.approve(tx, stage.world.as_mara, draft_id, body="It is 850 a month.")
    stage.run_jobs()
    assert first != second
    assert [mail["text"] for mail in stage.sent("emailbison")] == ["It is 850 a month."]
    draft = stage.sql("select status, disposition, decided_by from draft")[0]
    assert tuple(draft) == ("approved", "EDITED", stage.world.mara)


def test_a_message_that_has_left_cannot_be_undone(stage: Stage) -> None:
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.run_jobs()
    with pytest.raises(Conflict, match="already left"):
        stage.undo(outbound_id)


def test_undo_after_a_newer_reply_does_not_bring_a_stale_draft_back(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    draft_id = stage.draft(lead_id)
    with db.transaction(stage.world.as_mara) as tx:
        outbound_id = drafting.approve(tx, stage.world.as_mara, draft_id)
    stage.lead_writes("emailbison", "Forget the price, when can we talk?")
    stage.undo(outbound_id)
    assert tuple(stage.sql("select status, rejected_reason from draft")[0]) == ("rejected", "The lead wrote again.")


def test_the_same_key_gives_the_same_message(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    first, second = (stage.queue(lead_id, "email", idempotency_key="click-1") for _ in range(2))
    assert first == second
    assert len(stage.sql("select id from outbound_message")) == 1


def test_what_the_policy_refuses_never_enters_the_outbox(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    with pytest.raises(Refused) as refused:
        stage.queue(lead_id, "sms", "Hello")
    assert refused.value.reason == "missing_phone"
    assert stage.sql("select id from outbound_message") == []


def test_a_lead_of_another_workspace_is_not_found(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email")
    nils = stage.world.as_nils
    with db.transaction(nils) as tx, pytest.raises(NotFound):
        sending.queue(tx, nils, lead_id, channel="email", body="Hi", sent_by="setter", idempotency_key="x")
    with db.transaction(nils) as tx, pytest.raises(NotFound):
        sending.undo(tx, nils, outbound_id)


def test_a_lead_who_opts_out_in_the_undo_window_is_not_written_to(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email")
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update lead set opted_out_at = now(), status = 'blacklisted' where id = :id"), {"id": lead_id})
    stage.run_jobs()
    assert (stage.sent("emailbison"), stage.outbound(outbound_id).status) == ([], "failed")
    assert stage.outbound(outbound_id).error_code == "blacklisted"


def test_an_answer_of_the_ai_is_cancelled_by_a_newer_reply_and_one_of_a_person_is_not(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    by_ai = stage.queue(lead_id, "email", "From the AI.", draft_id=stage.draft(lead_id), sent_by="ai")
    by_person = stage.queue(lead_id, "email", "From Mara.")
    stage.lead_writes("emailbison", "One more thing: who are you?")
    stage.run_jobs()
    assert [mail["text"] for mail in stage.sent("emailbison")] == ["From Mara."]
    assert (stage.outbound(by_ai).status, stage.outbound(by_ai).error_code) == ("cancelled", "newer_reply")
    assert stage.outbound(by_person).status == "sent"


def test_a_contact_deleted_over_there_is_made_again(stage: Stage) -> None:
    lead_id = stage.lead_writes("ghl", "Who is this?")
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update message set thread = '{}'"))
        tx.execute(text("update lead_identity set value = 'gone' where kind = 'ghl_contact'"))
    stage.queue(lead_id, "sms", "Chris from Acme.")
    stage.run_jobs()
    assert [sent["to"] for sent in stage.sent("ghl")] == ["+14155550142"]
    assert len(stage.sql("select value from lead_identity where kind = 'ghl_contact'")) == 2


def test_a_failed_message_is_listed_with_its_reason_until_it_is_dismissed(stage: Stage) -> None:
    lead_id, mara = stage.lead_writes("emailbison"), stage.world.as_mara
    outbound_id = stage.queue(lead_id, "email")
    stage.sandbox.control.add_fault("emailbison", "status", status=422, message="The selected sender email id is invalid.")
    stage.run_jobs()
    with db.transaction(mara) as tx:
        listed, = sending.failed(tx, mara)
        assert sending.outgoing(tx, mara, lead_id) == (listed,)
        assert (listed.code, listed.can_retry, listed.can_undo) == ("sender_unavailable", True, False)
        sending.dismiss(tx, mara, outbound_id)
        assert sending.failed(tx, mara) == ()
        assert stage.sql("select needs_repair from conversation")[0][0] is False
        with pytest.raises(Conflict):
            sending.retry(tx, mara, outbound_id)


def test_a_refused_draft_waits_for_its_person_again_with_the_reason(stage: Stage) -> None:
    draft_id = stage.draft(stage.lead_writes("emailbison"))
    with db.transaction(stage.world.as_mara) as tx:
        drafting.approve(tx, stage.world.as_mara, draft_id)
    stage.sandbox.control.add_fault("emailbison", "status", status=404)
    stage.run_jobs()
    status, error = stage.sql("select status, error from draft")[0]
    assert (status, error) == ("pending", "The e-mail being answered no longer exists in EmailBison.")


def test_credentials_that_cannot_be_opened_fail_the_send_and_nothing_else(stage: Stage) -> None:
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update connection set credentials = 'broken' where provider = 'emailbison'"))
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code) == ("failed", "connection_locked")


def test_those_who_got_a_copy_stay_on_the_thread_unless_the_person_says_otherwise(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison", cc=["lee@northwind.example"])
    stage.queue(lead_id, "email", "With everybody.")
    stage.queue(lead_id, "email", "Between us.", cc=())
    stage.run_jobs()
    assert [mail["cc"] for mail in stage.sent("emailbison")] == [["lee@northwind.example"], []]


def test_ways_say_why_a_channel_is_closed(stage: Stage) -> None:
    lead_id = stage.lead_writes("emailbison")
    with db.transaction(stage.world.as_mara) as tx:
        email, sms = sending.ways(tx, stage.world.as_mara, lead_id)
    assert (email.possible, email.to_address, email.provider) == (True, "dana@northwind.example", "EmailBison")
    assert (sms.possible, sms.reason) == (False, "This lead has no phone number.")


def test_a_lost_job_is_found_by_the_sweep(stage: Stage) -> None:
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("delete from background_job"))
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        sending.sweep(stage.as_job.__class__(actor=stage.as_job.actor))
        stage.run_jobs()
    assert stage.outbound(outbound_id).status == "sent"
    assert len(stage.sent("emailbison")) == 1
