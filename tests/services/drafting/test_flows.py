"""From a reply to a draft a person can send: labelled, written, checked, overtaken, failed, rewritten."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.services.drafting.conversations import QUESTION, draft, drafted, newest, understood
from tests.services.inbound.deliveries import deliver
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict, ModelFailed, NotFound
from zrg_app.kit.scope import system
from zrg_app.services import drafting, sentiment
from zrg_app.services.drafting import flows
from zrg_app.services.drafting.flows import sweep, write


def told_late(desk: Stage, body: str) -> UUID:
    """Dana's mail of an hour ago, of which the provider tells only now; returns the message's id."""
    dana = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example"}
    at = (clock.now() - timedelta(hours=1)).isoformat()
    told = desk.sandbox.control.act("emailbison", "4711", dana, body, deliver=False, at=at)
    assert deliver(desk.world.acme, "emailbison", told["webhooks"][0]) == ("SUCCEEDED", None)
    return desk.sql("select id from message where direction = 'inbound' order by sent_at, id limit 1")[0][0]


def test_a_question_is_labelled_by_the_model_and_leaves_a_row(desk: Stage) -> None:
    lead_id = understood(desk)
    row = desk.sql("select sentiment, sentiment_source from conversation where lead_id = :lead", lead=lead_id)[0]
    assert (row.sentiment, row.sentiment_source) == ("Information Requested", "model")
    call = desk.sql("select purpose, prompt_key, status, input_tokens, cost_usd, request_id from ai_interaction")[0]
    assert (call.purpose, call.prompt_key, call.status) == ("sentiment", "sentiment.email_analysis", "success")
    assert call.input_tokens > 0 and call.request_id


def test_an_opt_out_is_blacklisted_without_any_model(desk: Stage) -> None:
    lead_id = understood(desk, "Please remove me from your list and never write again.")
    assert desk.sql("select status from lead where id = :lead", lead=lead_id)[0].status == "blacklisted"
    assert desk.sql("select count(*) from ai_interaction")[0][0] == 0


def test_an_opt_out_counts_also_when_another_message_follows_at_once(desk: Stage) -> None:
    lead_id = desk.lead_writes("emailbison", "Please remove me from your list and never write again.")
    opt_out = newest(desk, lead_id)
    desk.lead_writes("emailbison", "I am out of office until Monday.")
    assert newest(desk, lead_id) != opt_out
    sentiment.understand_reply(desk.as_job, message_id=opt_out)
    assert desk.sql("select status from lead where id = :lead", lead=lead_id)[0].status == "blacklisted"
    sentiment.understand_reply(desk.as_job, message_id=newest(desk, lead_id))
    assert desk.sql("select status from lead where id = :lead", lead=lead_id)[0].status == "blacklisted"


def test_an_opt_out_counts_although_something_was_written_after_it(desk: Stage) -> None:
    lead_id = desk.lead_writes("emailbison", "What does it cost?")
    opt_out = told_late(desk, "Please remove me from your list and never write again.")
    for message_id in (opt_out, newest(desk, lead_id)):
        sentiment.understand_reply(desk.as_job, message_id=message_id)
    assert desk.sql("select status from lead where id = :lead", lead=lead_id)[0].status == "blacklisted"
    with db.transaction(desk.as_job) as tx:
        drafting.draft_reply(tx, desk.as_job, message_id=newest(desk, lead_id))
    assert desk.sql("select count(*) from draft")[0][0] == 0


def test_a_draft_is_ready_once_per_message(desk: Stage) -> None:
    draft_id = drafted(desk)
    row = draft(desk, draft_id)
    assert row.status == "pending" and row.body and row.body == row.original_body and row.prompt_hash
    assert desk.sql("select has_draft from conversation where lead_id = :lead", lead=row.lead_id)[0].has_draft
    with db.transaction(desk.as_job) as tx:
        drafting.draft_reply(tx, desk.as_job, message_id=row.trigger_message_id)
    assert desk.sql("select count(*) from draft")[0][0] == 1


def test_a_newer_reply_overtakes_a_waiting_draft(desk: Stage) -> None:
    draft_id = drafted(desk)
    desk.lead_writes("emailbison", "Actually, forget it: call me on Friday.")
    assert draft(desk, draft_id).status == "rejected"
    with pytest.raises(Conflict), db.transaction(desk.world.as_mara) as tx:
        drafting.approve(tx, desk.world.as_mara, draft_id)


def test_an_older_reply_that_is_told_late_leaves_the_newer_ones_draft(desk: Stage) -> None:
    draft_id = drafted(desk)
    told_late(desk, "Who are you?")
    row = draft(desk, draft_id)
    assert row.status == "pending"
    assert desk.sql("select has_draft from conversation where lead_id = :lead", lead=row.lead_id)[0].has_draft


def test_approving_twice_queues_one_message_and_undo_brings_the_draft_back(desk: Stage) -> None:
    draft_id = drafted(desk)
    with db.transaction(desk.world.as_mara) as tx:
        first = drafting.approve(tx, desk.world.as_mara, draft_id, body="In my own words.")
    with db.transaction(desk.world.as_mara) as tx:
        assert drafting.approve(tx, desk.world.as_mara, draft_id) == first
    desk.undo(first)
    row = draft(desk, draft_id)
    assert (row.status, row.body) == ("pending", "In my own words.")
    with db.transaction(desk.world.as_mara) as tx:
        second = drafting.approve(tx, desk.world.as_mara, draft_id)
    assert second != first
    desk.run_jobs()
    assert len(desk.sent("emailbison")) == 1
    assert (draft(desk, draft_id).status, draft(desk, draft_id).disposition) == ("approved", "EDITED")


def test_a_draft_rewritten_meanwhile_is_not_sent_unread(desk: Stage) -> None:
    draft_id = drafted(desk)
    with db.transaction(desk.world.as_mara) as tx:
        drafting.regenerate(tx, desk.world.as_mara, draft_id, instruction="shorter")
    write(desk.as_job, draft_id=draft_id, generation=2)
    assert draft(desk, draft_id).status == "pending"
    with pytest.raises(Conflict), db.transaction(desk.world.as_mara) as tx:
        drafting.approve(tx, desk.world.as_mara, draft_id, expected_generation=1)


def test_a_late_writer_of_an_older_generation_changes_nothing(desk: Stage) -> None:
    draft_id = drafted(desk)
    before = draft(desk, draft_id).body
    with db.transaction(desk.world.as_mara) as tx:
        drafting.regenerate(tx, desk.world.as_mara, draft_id)
    write(desk.as_job, draft_id=draft_id, generation=1)
    assert (draft(desk, draft_id).status, draft(desk, draft_id).body) == ("writing", before)


def test_a_rejected_draft_is_gone_from_the_list(desk: Stage) -> None:
    draft_id = drafted(desk)
    with db.transaction(desk.world.as_mara) as tx:
        drafting.reject(tx, desk.world.as_mara, draft_id)
    row = draft(desk, draft_id)
    assert row.status == "rejected"
    assert not desk.sql("select has_draft from conversation where lead_id = :lead", lead=row.lead_id)[0].has_draft


def test_another_workspace_cannot_touch_a_draft(desk: Stage) -> None:
    draft_id = drafted(desk)
    with pytest.raises(NotFound), db.transaction(desk.world.as_nils) as tx:
        drafting.approve(tx, desk.world.as_nils, draft_id)


@pytest.mark.parametrize("kind", ["malformed", "refusal", "insufficient_quota"])
def test_a_model_that_fails_for_good_leaves_a_reason_and_a_safe_label(desk: Stage, kind: str) -> None:
    desk.sandbox.control.add_fault("openai", kind, times=20)
    lead_id = understood(desk)
    row = desk.sql("select sentiment, sentiment_source from conversation where lead_id = :lead", lead=lead_id)[0]
    assert (row.sentiment, row.sentiment_source) == ("Neutral", "fallback")
    assert desk.sql("select count(*) from ai_interaction where status = 'error'")[0][0] >= 1


def test_a_model_that_is_down_is_tried_again_by_the_job(desk: Stage) -> None:
    desk.sandbox.control.add_fault("openai", "status", status=500, times=20)
    lead_id = desk.lead_writes("emailbison", QUESTION)
    with pytest.raises(ModelFailed, match="down"):
        sentiment.understand_reply(desk.as_job, message_id=newest(desk, lead_id))
    desk.sandbox.control.clear_faults()
    sentiment.understand_reply(desk.as_job, message_id=newest(desk, lead_id))
    assert desk.sql("select sentiment from conversation where lead_id = :lead", lead=lead_id)[0].sentiment == "Information Requested"


def test_a_spent_budget_stops_the_writer_with_a_clear_sentence(desk: Stage) -> None:
    lead_id = understood(desk)
    with db.transaction(desk.world.as_mara) as tx:
        tx.execute(text("update workspace_settings set daily_model_spend_limit_cents = 1"))
        tx.execute(text("update ai_interaction set cost_usd = 1"))
        drafting.draft_reply(tx, desk.world.as_mara, message_id=newest(desk, lead_id))
    draft_id = desk.sql("select id from draft where lead_id = :lead", lead=lead_id)[0][0]
    write(desk.as_job, draft_id=draft_id, generation=1)
    assert (draft(desk, draft_id).status, draft(desk, draft_id).error) == ("failed", "The workspace's daily model budget is used up.")


def test_a_draft_whose_writer_gave_up_is_shown_as_failed(desk: Stage) -> None:
    draft_id = drafted(desk)
    with db.transaction(desk.world.as_mara) as tx:
        drafting.regenerate(tx, desk.world.as_mara, draft_id)
        tx.execute(text("update draft set updated_at = now() - interval '1 hour'"))
    with db.transaction(system("sweep")) as tx:
        sweep(tx, system("sweep"))
    assert draft(desk, draft_id).status == "writing", "its job is still to come"
    with db.transaction(desk.world.as_mara) as tx:
        tx.execute(text("update background_job set status = 'FAILED' where draft_id = :draft"), {"draft": draft_id})
    with db.transaction(system("sweep")) as tx:
        sweep(tx, system("sweep"))
    assert (draft(desk, draft_id).status, draft(desk, draft_id).error) == ("failed", "The writer gave up; write it again.")


def test_what_a_person_said_of_a_reply_is_not_overwritten(desk: Stage) -> None:
    lead_id = desk.lead_writes("emailbison", QUESTION)
    with db.transaction(desk.world.as_mara) as tx:
        tx.execute(text("update conversation set sentiment = 'Objection', sentiment_source = 'person', sentiment_message_id = :message"),
                   {"message": newest(desk, lead_id)})
    sentiment.understand_reply(desk.as_job, message_id=newest(desk, lead_id))
    assert desk.sql("select sentiment from conversation where lead_id = :lead", lead=lead_id)[0].sentiment == "Objection"


def test_a_draft_that_went_while_it_was_written_is_nobodys_failure(desk: Stage) -> None:
    draft_id = drafted(desk)
    desk.sql("delete from draft where id = :draft returning id", draft=draft_id)
    # What the writer does after the model answered or failed; a raise here would leave a job nobody can mend.
    flows._keep_failure(desk.as_job, draft_id, 1, ModelFailed("The model is down.", code="down"))
    assert desk.sql("select id from draft") == []
