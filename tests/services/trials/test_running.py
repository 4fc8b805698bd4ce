"""Tries as jobs: what they find is kept, they can be stopped, they go on after a slice, and they leave real replies their money."""

import json
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.services.drafting.test_flows import drafted, newest, understood
from tests.services.sending.stage import Stage
from tests.services.trials.conftest import Bench
from tests.services.trials.test_pipeline import PLAIN, campaign
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.kit.scope import system
from zrg_app.models.ai_vocabulary import TrialKind
from zrg_app.services import autosend, trials
from zrg_app.services.trials import Case, Overrides, budget, impact, running


def ask(desk: Stage, action, *arguments, **options) -> UUID:
    """Let Mara ask for a try."""
    with db.transaction(desk.world.as_mara) as tx:
        return action(tx, desk.world.as_mara, *arguments, **options)


def read(desk: Stage, query, *arguments, **options):
    """What Mara sees."""
    with db.transaction(desk.world.as_mara) as tx:
        return query(tx, desk.world.as_mara, *arguments, **options)


def decided(desk: Stage, body: str = PLAIN) -> UUID:
    """A lead whose draft was decided on under auto-send; returns the decision's id."""
    campaign_id = campaign(desk)
    lead_id = desk.lead_writes("emailbison", body)
    with db.transaction(desk.as_job) as tx:
        tx.execute(text("update lead set campaign_id = :campaign where id = :lead"), {"campaign": campaign_id, "lead": lead_id})
    draft_id = drafted(desk, body)
    autosend.consider(desk.as_job, draft_id=draft_id, generation=1)
    return desk.sql("select id from auto_send_decision where draft_id = :draft", draft=draft_id)[0][0]


def test_the_playground_shows_what_became_of_a_message_and_keeps_it(bench: Bench) -> None:
    trial_id = ask(bench.desk, trials.play, Case(text=PLAIN, as_if_on=True))
    assert read(bench.desk, trials.one, trial_id).status == "waiting"
    assert read(bench.desk, trials.outcome_of, trial_id) is None
    assert bench.work() == 1
    shown, outcome = read(bench.desk, trials.one, trial_id), read(bench.desk, trials.outcome_of, trial_id)
    assert (shown.status, shown.told, shown.said, shown.who) == ("done", PLAIN, "Meeting Requested: send", "Mara Reyes")
    assert (outcome.label, outcome.decided_by, outcome.action, outcome.failed) == ("Meeting Requested", "model", "send", ())
    assert len(outcome.passed) > 5
    assert {"label", "generation"} <= {step.name for step in outcome.steps}
    assert all(step.cents.endswith("¢") for step in outcome.steps)
    assert read(bench.desk, trials.case_text, trial_id) == (PLAIN, "email")
    assert [one.id for one in read(bench.desk, trials.recent, TrialKind.PLAYGROUND)] == [str(trial_id)]


def test_a_try_belongs_to_its_workspace(bench: Bench) -> None:
    trial_id = ask(bench.desk, trials.play, Case(text=PLAIN))
    for action in (trials.one, trials.outcome_of, trials.stop):
        with db.transaction(bench.desk.world.as_nils) as tx, pytest.raises(NotFound):
            action(tx, bench.desk.world.as_nils, trial_id)


def test_a_model_that_fails_leaves_the_reason(bench: Bench) -> None:
    bench.desk.sandbox.control.add_fault("openai", "insufficient_quota", times=20)
    trial_id = ask(bench.desk, trials.play, Case(text=PLAIN, label="Interested"))
    bench.work()
    assert read(bench.desk, trials.one, trial_id).error == "The model account has no credit left; raise its limit."


def test_nothing_to_try_is_refused_and_so_is_a_crowd(bench: Bench) -> None:
    with pytest.raises(Invalid):
        ask(bench.desk, trials.play, Case(text=" "))
    with pytest.raises(Invalid):
        ask(bench.desk, trials.measure, Overrides(), count=10)
    with pytest.raises(Invalid):
        ask(bench.desk, trials.measure, Overrides(threshold=0.5), count=201)
    with pytest.raises(Invalid):
        ask(bench.desk, trials.replay)
    for _ in range(3):
        ask(bench.desk, trials.play, Case(text=PLAIN))
    with pytest.raises(Conflict):
        ask(bench.desk, trials.play, Case(text=PLAIN))


def test_a_replay_shows_then_and_now_word_by_word(bench: Bench) -> None:
    decision_id = decided(bench.desk)
    original = read(bench.desk, trials.original, decision_id=decision_id)
    assert (original.before.label, original.before.action, original.after) == ("Meeting Requested", "send", None)
    bench.desk.sql("update draft set original_body = replace(original_body, 'Hi', 'Dear') returning id")
    trial_id = ask(bench.desk, trials.replay, decision_id=decision_id)
    bench.work()
    shown = read(bench.desk, trials.comparison, trial_id)
    assert shown.title == "Reply of Dana Kessler"
    assert (shown.before.action, bool(shown.after.action)) == ("send", True)
    assert any(piece.kind == "gone" and "Dear" in piece.text for piece in shown.pieces)
    assert "".join(piece.text for piece in shown.pieces if piece.kind != "gone") == shown.after.draft
    assert bench.desk.sql("select count(*) from auto_send_decision")[0][0] == 1


def test_a_draft_nobody_decided_on_can_be_replayed_too(bench: Bench) -> None:
    draft_id = drafted(bench.desk, PLAIN)
    trial_id = ask(bench.desk, trials.replay, draft_id=draft_id)
    bench.work()
    shown = read(bench.desk, trials.comparison, trial_id)
    assert (shown.before.action, shown.after.action, shown.draft_id) == ("", "skip", str(draft_id))


def test_a_replay_of_what_is_gone_ends_with_a_sentence(bench: Bench) -> None:
    trial_id = ask(bench.desk, trials.replay, decision_id=bench.desk.world.acme)
    bench.work()
    assert read(bench.desk, trials.one, trial_id).error == "This decision is not here (any more)."


def test_a_preview_holds_a_changed_prompt_against_the_saved_one_on_a_real_lead(bench: Bench) -> None:
    lead_id = understood(bench.desk, PLAIN)
    trial_id = ask(bench.desk, trials.preview, lead_id, Overrides(prompts={"drafting.generation": "Write one short line."}))
    bench.work()
    shown = read(bench.desk, trials.comparison, trial_id)
    assert shown.before.label == shown.after.label == "Meeting Requested"
    assert shown.lead_id == str(lead_id)
    hashes = {row.prompt_hash for row in bench.desk.sql("select prompt_hash from ai_interaction where prompt_key = 'drafting.generation'")}
    assert len(hashes) == 2


def test_a_threshold_is_reported_without_asking_a_model(bench: Bench) -> None:
    decided(bench.desk)
    calls = bench.desk.sql("select count(*) from ai_interaction")[0][0]
    trial_id = ask(bench.desk, trials.measure, Overrides(threshold=1.0), count=20)
    bench.work()
    report = read(bench.desk, trials.report, trial_id)
    assert (report.replies, report.flipped, report.appeared, report.vanished, report.cents) == (1, 0, 0, 1, "free")
    row = report.rows[0]
    assert (row.name, row.before_action, row.after_action) == ("Dana Kessler", "send", "ask a person")
    assert "less sure" in row.why
    assert bench.desk.sql("select count(*) from ai_interaction")[0][0] == calls
    assert read(bench.desk, trials.one, trial_id).said == "0 labels flip, 0 sends appear, 1 vanish"


def test_a_change_of_the_labelling_prompt_asks_for_labels_only_while_none_flips(bench: Bench) -> None:
    decided(bench.desk)
    before = len(bench.desk.sql("select id from ai_interaction"))
    trial_id = ask(bench.desk, trials.measure, Overrides(prompts={"sentiment.email_analysis": "Label it."}), count=20)
    bench.work()
    report = read(bench.desk, trials.report, trial_id)
    assert (report.replies, report.flipped, report.rows) == (1, 0, ())
    keys = [row.prompt_key for row in bench.desk.sql("select prompt_key from ai_interaction order by created_at, id")][before:]
    assert keys
    assert all(key.startswith("sentiment.") for key in keys)


def test_a_label_that_flips_is_followed_to_the_decision(bench: Bench) -> None:
    decision_id = decided(bench.desk)
    bench.desk.sql("update auto_send_decision set sentiment = 'Objection' where id = :id returning id", id=decision_id)
    trial_id = ask(bench.desk, trials.measure, Overrides(prompts={"sentiment.email_analysis": "Label it."}), count=20)
    bench.work()
    report = read(bench.desk, trials.report, trial_id)
    assert report.flipped == 1
    assert (report.rows[0].before_label, report.rows[0].after_label) == ("Objection", "Meeting Requested")


def test_a_long_report_goes_on_after_a_slice_and_can_be_stopped(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("dana", "priya", "omar"):
        lead_id = bench.desk.lead_writes("emailbison", PLAIN, first_name=name.title(), email=f"{name}@northwind.example")
        with db.transaction(bench.desk.as_job) as tx:
            tx.execute(text("update conversation set sentiment = 'Interested', sentiment_message_id = :message where lead_id = :lead"),
                       {"message": newest(bench.desk, lead_id), "lead": lead_id})
    monkeypatch.setattr(running, "SLICE_SECONDS", -1.0)
    first = ask(bench.desk, trials.measure, Overrides(prompts={"sentiment.email_analysis": "Label it."}), count=20)
    job = running.run_trial
    job(bench.desk.as_job, trial_id=first)
    assert read(bench.desk, trials.one, first).total == 3
    monkeypatch.setattr(running, "SLICE_SECONDS", 45.0)
    assert bench.work() == 2
    assert read(bench.desk, trials.report, first).replies == 3
    second = ask(bench.desk, trials.measure, Overrides(threshold=0.4), count=20)
    ask(bench.desk, trials.stop, second)
    bench.work()
    shown = read(bench.desk, trials.one, second)
    assert (shown.status, shown.error, shown.done) == ("failed", "Stopped by Mara Reyes.", 0)
    ask(bench.desk, trials.stop, first)
    assert read(bench.desk, trials.one, first).status == "done"


def test_a_long_try_leaves_half_of_the_days_money_to_real_replies(bench: Bench) -> None:
    understood(bench.desk, PLAIN)
    with db.transaction(bench.desk.world.as_mara) as tx:
        tx.execute(text("update workspace_settings set daily_model_spend_limit_cents = 100"))
        tx.execute(text("update ai_interaction set cost_usd = 0.6"))
    trial_id = ask(bench.desk, trials.measure, Overrides(prompts={"drafting.generation": "Write."}), count=20)
    bench.work()
    assert read(bench.desk, trials.one, trial_id).error.startswith("Half of the day's model budget is used")


def test_the_price_of_a_report_is_told_from_what_calls_cost_here(bench: Bench) -> None:
    assert read(bench.desk, budget.estimate, impact.DECISION, 50) == 0
    unknown = read(bench.desk, budget.estimate, impact.LABEL, 10)
    assert unknown == budget.USUAL * 10
    understood(bench.desk, PLAIN)
    with db.transaction(bench.desk.world.as_mara) as tx:
        tx.execute(text("update ai_interaction set cost_usd = 0.5"))
    assert read(bench.desk, budget.estimate, impact.LABEL, 10) == 5


def test_every_night_those_who_answer_by_themselves_are_drilled_unless_nothing_changed(bench: Bench) -> None:
    assert nightly() == {"drills": 0, "forgotten": 0}
    campaign(bench.desk)
    assert nightly()["drills"] == 1
    assert nightly()["drills"] == 0, "one is under way"
    score = {"cases": 98, "wrong": 0, "faults": 0, "failed": 0, "sendable": 11, "sent_rightly": 7}
    with db.transaction(bench.desk.as_job) as tx:
        tx.execute(text("update ai_trial set status = 'done', result = cast(:result as jsonb)"),
                   {"result": json.dumps({"score": score, "rows": []})})
    assert nightly()["drills"] == 0, "it held under the same settings"
    with db.transaction(bench.desk.as_job) as tx:
        tx.execute(text("update workspace_settings set ai_goals = 'Sell at any price.' where workspace_id = :acme"),
                   {"acme": bench.desk.world.acme})
    assert nightly()["drills"] == 1
    with db.transaction(bench.desk.as_job) as tx:
        tx.execute(text("update ai_trial set status = 'done', created_at = now() - interval '91 days'"))
    assert nightly()["forgotten"] == 2


def test_a_drill_that_found_a_wrong_send_is_told_on_every_page_until_one_holds(bench: Bench) -> None:
    assert read(bench.desk, trials.alarm) == ""
    trial_id = ask(bench.desk, trials.drill)
    row = {"id": "legal-counsel", "text": "Our counsel...", "label": "Interested", "action": "send", "draft": "Great!", "wrong": True,
           "faults": ["It would be sent without a person."], "cost": "0.01"}
    _finish(bench, trial_id, [row])
    assert read(bench.desk, trials.alarm).startswith("The last drill would have sent 1 wrong answer without a person.")
    assert [one.fault for one in read(bench.desk, trials.drills)[0].rows] == ["It would be sent without a person."]
    _finish(bench, ask(bench.desk, trials.drill), [{**row, "wrong": False, "faults": []}])
    assert read(bench.desk, trials.alarm) == ""
    assert [one.wrong for one in read(bench.desk, trials.drills)] == [0, 1]


def test_a_try_whose_job_was_given_up_does_not_block_the_next(bench: Bench) -> None:
    lost = ask(bench.desk, trials.drill)
    with pytest.raises(Conflict):
        ask(bench.desk, trials.drill)
    bench.desk.sql("update background_job set status = 'FAILED' where kind = 'trials.run' returning id")
    ask(bench.desk, trials.drill)
    assert read(bench.desk, trials.one, lost).error == "It was given up; try it again."


def test_two_workers_on_one_try_keep_each_row_once(bench: Bench) -> None:
    trial_id = ask(bench.desk, trials.drill)
    task = running._begin(bench.desk.as_job, trial_id)
    row = {"id": "legal-counsel", "faults": [], "cost": "0"}
    assert running._keep_row(bench.desk.as_job, task, row)
    assert running._keep_row(bench.desk.as_job, task, row)
    assert read(bench.desk, trials.one, trial_id).done == 1


def nightly() -> dict:
    """What the timer does."""
    with db.transaction(system("timer drill")) as tx:
        return running.nightly(tx, system("timer drill"))


def _finish(bench: Bench, trial_id: UUID, rows: list[dict]) -> None:
    """End a drill with these rows, as its last slice does."""
    task = running._begin(bench.desk.as_job, trial_id)
    running._finish(bench.desk.as_job, task, {"rows": rows})
