"""From a reply to an answer nobody touched: decided once, sent once, and never after anything happened in between."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.services.autosend.acts import DANA, campaign, decided, decision, draft, drafted, send_due, when_due
from tests.services.inbound.deliveries import deliver
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import system
from zrg_app.services import autosend, drafting, inbox, sending, sentiment


def held_for(desk: Stage, draft_id) -> str:
    found = decision(desk, draft_id)
    assert found.outcome == "held" and found.due_at is None
    assert desk.sent("emailbison") == []
    return found.outcome_reason


def change(statement: str, **values: object) -> None:
    with db.transaction(system("something happens in a test")) as tx:
        tx.execute(text(statement), values)


def test_a_sure_answer_leaves_by_itself_after_its_delay_and_once(desk: Stage) -> None:
    draft_id = decided(desk)
    found = decision(desk, draft_id)
    assert (found.action, found.mode, found.is_shadow) == ("send_delayed", "AI_AUTO_SEND", False)
    assert found.confidence == 0.92 and found.threshold == 0.9 and found.reasons == []
    with db.transaction(desk.world.as_mara) as tx:
        assert autosend.note_of(tx, desk.world.as_mara, found.lead_id).sure == "0.92 of 0.90 needed"
    replied = desk.sql("select sent_at from message where direction = 'inbound'")[0].sent_at
    assert timedelta(seconds=180) <= found.due_at - replied <= timedelta(seconds=420)
    assert send_due(desk, draft_id)
    assert len(desk.sent("emailbison")) == 1
    assert draft(desk, draft_id).status == "approved" and draft(desk, draft_id).disposition == "AUTO_SENT"
    assert decision(desk, draft_id).outcome == "sent"
    # The history that was read back brought the campaign's first mail, too.
    row, = desk.sql("select sent_by, sent_by_user, draft_id from message where direction = 'outbound' and sent_by <> 'campaign'")
    assert (row.sent_by, row.sent_by_user, row.draft_id) == ("ai", None, draft_id)
    autosend.send(desk.as_job, decision_id=found.id)
    desk.run_jobs()
    assert len(desk.sent("emailbison")) == 1 == desk.sql("select count(*) from outbound_message")[0][0]


def test_every_step_to_the_decision_is_written_down(desk: Stage) -> None:
    draft_id = decided(desk)
    steps = desk.sql("select step, status, model, prompt_key, interaction_id, output from draft_step where draft_id = :id "
                     "order by created_at, id", id=draft_id)
    named = [row.step for row in steps]
    assert named[-4:] == ["overseer_extract", "overseer_gate", "evaluation", "auto_send_decision"]
    assert all(row.prompt_key and row.interaction_id for row in steps[-4:-1])
    with db.transaction(desk.world.as_mara) as tx:
        told = drafting.why(tx, desk.world.as_mara, draft_id)
    assert [step.name for step in told.steps] == [
        "Plan", "Text", "Second look", "What they want of a meeting", "Meeting check", "Evaluation", "Decision"]
    found = decision(desk, draft_id)
    assert found.facts["judged"]["confidence"] == 0.92 and found.rules["threshold"] == 0.9
    assert found.interaction_id and found.prompt_hash
    told = desk.sql("select data from audit_event where kind = 'autosend.decided'")
    assert [(row.data["action"], row.data["is_shadow"]) for row in told] == [("send_delayed", False)]


def test_a_decision_is_made_once_per_writing_of_a_draft(desk: Stage) -> None:
    draft_id = decided(desk)
    first = decision(desk, draft_id).id
    asked = desk.sql("select count(*) from ai_interaction")[0][0]
    assert autosend.consider(desk.as_job, draft_id=draft_id, generation=1) is None
    assert autosend.consider(desk.as_job, draft_id=draft_id, generation=2) is None
    assert [row.id for row in desk.sql("select id from auto_send_decision")] == [first]
    assert desk.sql("select count(*) from ai_interaction")[0][0] == asked


def test_a_campaign_of_the_setters_asks_no_model_and_writes_nothing(desk: Stage) -> None:
    draft_id = drafted(desk, campaign_id=campaign(desk, response_mode="SETTER_MANAGED"))
    asked = desk.sql("select count(*) from ai_interaction")[0][0]
    assert autosend.consider(desk.as_job, draft_id=draft_id, generation=1) is None
    assert decision(desk, draft_id) is None
    assert desk.sql("select count(*) from ai_interaction")[0][0] == asked


def test_a_fresh_draft_is_considered_by_a_job(desk: Stage) -> None:
    draft_id = drafted(desk, campaign_id=campaign(desk))
    rows = desk.sql("select payload, lead_id from background_job where kind = 'autosend.consider'")
    assert [(row.payload["draft_id"], row.payload["generation"], row.lead_id) for row in rows] == [(str(draft_id), 1, None)]


def test_a_doubtful_answer_waits_for_a_person_with_the_reason(desk: Stage) -> None:
    found = decision(desk, decided(desk, "Could you send me your pricing for three sites?"))
    assert (found.action, found.due_at, found.outcome) == ("needs_review", None, None)
    assert "below_threshold" in found.reasons and found.is_safe is False
    assert "less sure" in found.reason and "price" in found.reason


def test_who_wants_a_call_gets_a_person(desk: Stage) -> None:
    found = decision(desk, decided(desk, "Please call me, my number is 415 555 0199."))
    assert found.action == "skip" and "call_requested_sentiment" in found.reasons
    assert found.confidence is None


def test_a_lead_without_campaign_is_answered_at_once_by_their_own_flag(desk: Stage) -> None:
    draft_id = drafted(desk)
    change("update lead set auto_reply = true")
    autosend.consider(desk.as_job, draft_id=draft_id, generation=1)
    found = decision(desk, draft_id)
    assert (found.mode, found.action) == ("LEGACY_AUTO_REPLY", "send_immediate")
    assert send_due(desk, draft_id) and len(desk.sent("emailbison")) == 1


# What happens between the decision and its moment, and what then stands in the way.

def test_a_person_who_approves_meanwhile_sends_it_alone(desk: Stage) -> None:
    draft_id = decided(desk)
    with db.transaction(desk.world.as_ben) as tx:
        drafting.approve(tx, desk.world.as_ben, draft_id)
    desk.run_jobs()
    assert decision(desk, draft_id).outcome == "approved"
    autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)
    desk.run_jobs()
    assert len(desk.sent("emailbison")) == 1
    assert desk.sql("select sent_by from outbound_message")[0].sent_by == "setter"


def test_a_lead_who_writes_meanwhile_is_not_answered_by_the_machine(desk: Stage) -> None:
    draft_id = decided(desk)
    desk.lead_writes("emailbison", "Wait, one more thing: how many seats?")
    assert send_due_or_none(desk, draft_id) is None
    assert decision(desk, draft_id).outcome == "overtaken" and desk.sent("emailbison") == []


def test_a_reply_whose_webhook_never_came_is_found_at_the_provider(desk: Stage) -> None:
    draft_id = decided(desk)
    desk.sandbox.control.act("emailbison", "4711", DANA, "Please stop, we chose somebody else.", deliver=False,
                             at=(clock.now() + timedelta(seconds=60)).isoformat())
    assert send_due_or_none(desk, draft_id) is None
    assert desk.sent("emailbison") == []
    assert decision(desk, draft_id).outcome in ("overtaken", "held")


def test_a_machines_note_that_came_meanwhile_holds_it(desk: Stage) -> None:
    draft_id = decided(desk)
    change("insert into message (id, workspace_id, lead_id, channel, direction, provider, dedupe_key, body, sent_at, is_automatic) "
           "select gen_random_uuid(), workspace_id, lead_id, 'email', 'inbound', 'emailbison', 'note', 'I am away', now() + "
           "interval '1 minute', true from message where direction = 'inbound' limit 1")
    send_due(desk, draft_id)
    assert held_for(desk, draft_id) == "newer_inbound_exists"


def test_a_person_who_answers_in_their_own_words_has_answered(desk: Stage) -> None:
    draft_id = decided(desk)
    lead_id = draft(desk, draft_id).lead_id
    desk.queue(lead_id, "email", "I will call you tomorrow.")
    assert decision(desk, draft_id).outcome == "edited" and decision(desk, draft_id).due_at is None
    desk.run_jobs()
    autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)
    desk.run_jobs()
    assert len(desk.sent("emailbison")) == 1


def test_an_answer_on_another_channel_that_waits_in_the_outbox_holds_it(desk: Stage) -> None:
    draft_id = decided(desk)
    change("update lead set phone = '+14155550142'")
    desk.queue(draft(desk, draft_id).lead_id, "sms", "I will call you tomorrow.")
    autosend_only(desk, draft_id)
    assert held_for(desk, draft_id) == "outbound_waiting"


@pytest.mark.parametrize(("statement", "code"), [
    ("update campaign set response_mode = 'SETTER_MANAGED'", "auto_send_off"),
    ("update campaign set auto_send_threshold = 0.97", "below_threshold"),
    ("update lead set status = 'blacklisted'", "blacklist"),
    ("update lead set opted_out_at = now()", "opt_out"),
    ("update workspace_settings set auto_send_must_earn = true", "label_not_earned"),
    ("update conversation set sentiment = 'Objection'", "label_changed"),
    ("update conversation set done_at = now()", "conversation_done"),
    ("update draft set body = 'Something else.'", "draft_changed"),
    ("update draft set generation = 2", "draft_rewritten"),
    ("update draft set status = 'rejected'", "draft_handled"),
    ("delete from connection where provider = 'emailbison'", "not_connected"),
])
def test_whatever_changed_meanwhile_is_seen_at_the_last_moment(desk: Stage, statement: str, code: str) -> None:
    draft_id = decided(desk)
    change(statement)
    send_due(desk, draft_id)
    assert held_for(desk, draft_id) == code


def test_the_kill_switch_also_stops_what_was_decided(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = decided(desk)
    with killed(monkeypatch):
        send_due(desk, draft_id)
    assert held_for(desk, draft_id) == "globally_disabled_via_env"


def test_what_was_held_asks_for_a_person(desk: Stage) -> None:
    draft_id = decided(desk)
    change("update campaign set auto_send_threshold = 0.97")
    send_due(desk, draft_id)
    assert draft(desk, draft_id).status == "pending"
    actions = [row.data["action"] for row in desk.sql("select data from audit_event where kind = 'autosend.decided' order by id")]
    assert actions == ["send_delayed", "needs_review"]


def test_a_person_can_hold_it_back_and_then_send_it(desk: Stage) -> None:
    draft_id = decided(desk)
    with db.transaction(desk.world.as_ben) as tx:
        autosend.hold_back(tx, desk.world.as_ben, draft_id)
        autosend.hold_back(tx, desk.world.as_ben, draft_id)
    autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)
    assert held_for(desk, draft_id) == "held_by_person"
    with db.transaction(desk.world.as_ben) as tx:
        drafting.approve(tx, desk.world.as_ben, draft_id, body="Shorter.")
    assert decision(desk, draft_id).outcome == "edited"
    with db.transaction(desk.world.as_ben) as tx, pytest.raises(Conflict):
        autosend.hold_back(tx, desk.world.as_ben, draft_id)


def test_a_send_that_is_undone_is_a_persons_to_decide(desk: Stage) -> None:
    draft_id = decided(desk)
    with when_due(desk, draft_id):
        outbound_id = autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)["outbound"]
        with db.transaction(desk.world.as_ben) as tx:
            sending.undo(tx, desk.world.as_ben, outbound_id)
    assert (decision(desk, draft_id).outcome, draft(desk, draft_id).status) == ("held", "pending")
    autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)
    desk.run_jobs()
    assert desk.sent("emailbison") == []


def test_outside_its_hours_it_waits_for_the_next_ones(desk: Stage) -> None:
    day = clock.now().strftime("%Y-%m-%d")
    tomorrow = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%d")
    draft_id = decided(desk, auto_send_schedule={"mode": "ALWAYS", "zone": "UTC", "dates": [day, tomorrow]})
    found = decision(desk, draft_id)
    assert found.action == "send_delayed" and found.due_at - clock.now() > timedelta(hours=24)


def test_hours_that_were_changed_meanwhile_put_it_off(desk: Stage) -> None:
    draft_id = decided(desk)
    with when_due(desk, draft_id) as at:
        later = f'{{"mode": "ALWAYS", "zone": "UTC", "dates": ["{at:%Y-%m-%d}"]}}'
        change("update workspace_settings set auto_send_schedule = cast(:later as jsonb)", later=later)
        assert autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id) is None
        assert decision(desk, draft_id).due_at > at and decision(desk, draft_id).outcome is None


def test_a_job_that_comes_too_early_waits(desk: Stage) -> None:
    draft_id = decided(desk)
    assert autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id) is None
    assert decision(desk, draft_id).outcome is None and desk.sql("select count(*) from outbound_message")[0][0] == 0


def test_a_lost_job_is_found_by_the_sweep(desk: Stage) -> None:
    draft_id = decided(desk)
    change("delete from background_job where kind = 'autosend.send'")
    with clock.frozen(decision(desk, draft_id).due_at + timedelta(minutes=3)), db.transaction(system("a timer")) as tx:
        assert autosend.sweep(tx, system("a timer")) == {"found": 1}
        assert autosend.sweep(tx, system("a timer")) == {"found": 0}


def test_a_worker_that_was_away_for_a_day_answers_nothing_old(desk: Stage) -> None:
    draft_id = decided(desk)
    with clock.frozen(decision(desk, draft_id).due_at + timedelta(hours=13)):
        autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)
    assert held_for(desk, draft_id) == "too_late"


def test_an_unreadable_provider_holds_it_only_while_its_webhooks_are_silent(desk: Stage) -> None:
    draft_id = decided(desk)
    change("update connection set last_event_at = now() - interval '2 hours'")
    desk.sandbox.control.add_fault("emailbison", "status", status=503, times=50)
    autosend_only(desk, draft_id)
    assert held_for(desk, draft_id) == "history_unreadable"
    desk.sandbox.control.clear_faults("emailbison")


def test_an_unreadable_provider_whose_webhooks_live_does_not_hold_it(desk: Stage) -> None:
    draft_id = decided(desk)
    change("update connection set last_event_at = now() + interval '5 minutes'")
    desk.sandbox.control.add_fault("emailbison", "status", status=503, times=50)
    autosend_only(desk, draft_id)
    desk.sandbox.control.clear_faults("emailbison")
    assert decision(desk, draft_id).outcome == "sent"


def test_marking_a_conversation_done_holds_what_was_to_leave(desk: Stage) -> None:
    draft_id = decided(desk)
    with db.transaction(desk.world.as_ben) as tx:
        inbox.done(tx, desk.world.as_ben, draft(desk, draft_id).lead_id)
    send_due_or_none(desk, draft_id)
    assert desk.sent("emailbison") == []


def test_a_corrected_label_holds_what_was_to_leave(desk: Stage) -> None:
    draft_id = decided(desk)
    with db.transaction(desk.world.as_ben) as tx:
        sentiment.correct(tx, desk.world.as_ben, draft(desk, draft_id).lead_id, label="Not Interested")
    send_due_or_none(desk, draft_id)
    assert desk.sent("emailbison") == []


def test_a_late_told_opt_out_stops_it(desk: Stage) -> None:
    draft_id = decided(desk)
    at = (clock.now() - timedelta(minutes=20)).isoformat()
    told = desk.sandbox.control.act("emailbison", "4711", DANA, "Remove me from your list.", deliver=False, at=at)
    deliver(desk.world.acme, "emailbison", told["webhooks"][0])
    send_due_or_none(desk, draft_id)
    assert desk.sent("emailbison") == []


def autosend_only(desk: Stage, draft_id) -> dict | None:
    """The job of auto-send at its moment, without the outbox."""
    with when_due(desk, draft_id):
        return autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)


def send_due_or_none(desk: Stage, draft_id) -> dict | None:
    """Its moment comes, if there is one left."""
    if decision(desk, draft_id).due_at is None:
        autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)
        desk.run_jobs()
        return None
    return send_due(desk, draft_id)


def killed(monkeypatch: pytest.MonkeyPatch):
    """The kill-switch thrown for a block."""
    from contextlib import contextmanager  # noqa: PLC0415

    from zrg_app.kit.settings import settings  # noqa: PLC0415

    @contextmanager
    def block():
        monkeypatch.setenv("AUTO_SEND_DISABLED", "1")
        settings.cache_clear()
        yield
        monkeypatch.delenv("AUTO_SEND_DISABLED")
        settings.cache_clear()
    return block()




def test_the_flag_of_a_lead_is_switched_by_a_person_and_only_in_their_workspace(desk: Stage) -> None:
    draft_id = drafted(desk)
    lead_id = draft(desk, draft_id).lead_id
    with db.transaction(desk.world.as_nils) as tx, pytest.raises(NotFound):
        autosend.let_ai_answer(tx, desk.world.as_nils, lead_id, on=True)
    with db.transaction(desk.world.as_ben) as tx:
        autosend.let_ai_answer(tx, desk.world.as_ben, lead_id, on=True)
        assert autosend.rules_for(tx, desk.world.as_ben, lead_id).mode == "LEGACY_AUTO_REPLY"
