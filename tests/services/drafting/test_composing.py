"""Three steps make an e-mail; each may fail, and what was tried is written down."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.services.drafting.conversations import claimed, draft, drafted, newest, steps, understood
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import ModelFailed
from zrg_app.services import drafting, llm
from zrg_app.services.drafting import asking, composing
from zrg_app.services.drafting.actions import replace_body
from zrg_app.services.drafting.archetypes import next_archetype
from zrg_app.services.drafting.asking import Pen, Question, Step
from zrg_app.services.drafting.flows import write


def gathered(desk: Stage, body: str = "What does it cost?", provider: str = "emailbison", **changes: object):
    lead_id = understood(desk, body, provider)
    with db.transaction(desk.as_job) as tx:
        return replace(drafting.gather(tx, desk.as_job, newest(desk, lead_id)), **changes)


def test_an_email_is_planned_written_and_looked_over(desk: Stage) -> None:
    draft_id = drafted(desk)
    made = steps(desk, draft_id)
    assert [step.step for step in made] == ["strategy", "generation", "verification"]
    assert [step.prompt_key for step in made] == ["drafting.strategy", "drafting.generation", "drafting.verification"]
    assert all(step.prompt_hash and step.model and step.interaction_id and step.duration_ms >= 0 for step in made)
    assert draft(desk, draft_id).prompt_key == "drafting.generation" and made[1].output["body"]
    assert {row[0] for row in desk.sql("select purpose from ai_interaction where purpose like 'drafting%'")} == {
        "drafting.strategy", "drafting.generation", "drafting.verification"}


def test_a_text_message_is_one_call(desk: Stage) -> None:
    draft_id = drafted(desk, "How much is it?", "ghl")
    assert [(step.step, step.prompt_key) for step in steps(desk, draft_id)] == [("generation", "drafting.sms")]
    assert len(draft(desk, draft_id).body) <= 480


def test_the_second_look_can_be_switched_off(desk: Stage) -> None:
    with db.transaction(desk.world.as_mara) as tx:
        tx.execute(text("update workspace_settings set draft_verification_enabled = false"))
    assert [step.step for step in steps(desk, drafted(desk))] == ["strategy", "generation"]


def test_the_second_look_uses_the_model_an_admin_chose(desk: Stage) -> None:
    with db.transaction(desk.world.as_mara) as tx:
        tx.execute(text("update workspace_settings set draft_verification_model = 'gpt-5-mini'"))
    assert steps(desk, drafted(desk))[-1].model.startswith("gpt-5-mini")


def test_without_a_plan_the_text_is_written_all_the_same(desk: Stage) -> None:
    draft_id = claimed(desk)
    desk.sandbox.control.add_fault("openai", "refusal", times=1)
    write(desk.as_job, draft_id=draft_id, generation=1)
    made = steps(desk, draft_id)
    assert (made[0].step, made[0].status, made[0].error) == ("strategy", "error", "The model refused to answer.")
    assert made[1].status == "success" and draft(desk, draft_id).status == "pending"


def test_when_the_text_fails_one_call_writes_it(desk: Stage) -> None:
    draft_id = claimed(desk)
    desk.sandbox.control.add_fault("openai", "refusal", times=2)
    write(desk.as_job, draft_id=draft_id, generation=1)
    made = steps(desk, draft_id)
    assert [(step.prompt_key, step.status) for step in made[:3]] == [
        ("drafting.strategy", "error"), ("drafting.generation", "error"), ("drafting.reply", "success")]
    row = draft(desk, draft_id)
    assert (row.status, row.prompt_key) == ("pending", "drafting.reply")


def test_when_nobody_writes_the_draft_fails_with_its_reason_and_its_steps(desk: Stage) -> None:
    draft_id = claimed(desk)
    desk.sandbox.control.add_fault("openai", "refusal", times=3)
    write(desk.as_job, draft_id=draft_id, generation=1)
    row = draft(desk, draft_id)
    assert (row.status, row.error, row.body) == ("failed", "The model refused to answer.", "")
    assert [step.status for step in steps(desk, draft_id)] == ["error"] * 3
    desk.sandbox.control.clear_faults()
    with db.transaction(desk.world.as_mara) as tx:
        drafting.regenerate(tx, desk.world.as_mara, draft_id)
    write(desk.as_job, draft_id=draft_id, generation=2)
    assert draft(desk, draft_id).status == "pending"


def test_a_model_that_is_down_leaves_its_steps_and_the_job_tries_again(desk: Stage) -> None:
    draft_id = claimed(desk)
    desk.sandbox.control.add_fault("openai", "status", status=500, times=50)
    with pytest.raises(ModelFailed, match="down"):
        write(desk.as_job, draft_id=draft_id, generation=1)
    assert draft(desk, draft_id).status == "writing" and len(steps(desk, draft_id)) == 3
    desk.sandbox.control.clear_faults()
    write(desk.as_job, draft_id=draft_id, generation=1)
    assert draft(desk, draft_id).status == "pending"


def test_what_is_wrong_with_the_account_is_asked_once(desk: Stage) -> None:
    draft_id = claimed(desk)
    desk.sandbox.control.add_fault("openai", "insufficient_quota", times=20)
    write(desk.as_job, draft_id=draft_id, generation=1)
    assert [step.step for step in steps(desk, draft_id)] == ["strategy"] and draft(desk, draft_id).status == "failed"


def test_a_draft_that_fails_a_check_is_not_ready_and_says_what_was_found(desk: Stage) -> None:
    with db.transaction(desk.world.as_mara) as tx:
        tx.execute(text("update workspace_settings set ai_persona_name = 'Chris [your name]'"))
    row = draft(desk, drafted(desk))
    assert row.status == "failed" and row.error.startswith("It has a blank to be filled in: [your name]")
    generations = [step for step in steps(desk, row.id) if step.step == "generation"]
    assert len(generations) == 2 and generations[0].output["faults"]


def test_signature_and_opt_out_line_are_added_by_code(desk: Stage) -> None:
    with db.transaction(desk.world.as_mara) as tx:
        tx.execute(text("update workspace_settings set ai_signature = E'Chris Vale\\nAcme Growth', "
                        "email_opt_out_line = 'Not for you? Say stop.'"))
    body = draft(desk, drafted(desk)).body
    assert body.endswith("Chris Vale\nAcme Growth\n\nNot for you? Say stop.") and body.count("Chris Vale") == 1


def test_asking_for_another_gives_another_shape_and_an_instruction_changes_this_one(desk: Stage) -> None:
    draft_id = drafted(desk)
    first = draft(desk, draft_id).archetype
    with db.transaction(desk.world.as_mara) as tx:
        drafting.regenerate(tx, desk.world.as_mara, draft_id)
    write(desk.as_job, draft_id=draft_id, generation=2)
    second = draft(desk, draft_id)
    assert second.archetype == next_archetype(first)
    with db.transaction(desk.world.as_mara) as tx:
        drafting.regenerate(tx, desk.world.as_mara, draft_id, instruction="shorter")
    write(desk.as_job, draft_id=draft_id, generation=3)
    third = draft(desk, draft_id)
    assert third.archetype == second.archetype and third.status == "pending" and len(third.body) < len(second.body)


def test_a_quick_second_draft_is_one_call_of_a_small_model(desk: Stage) -> None:
    draft_id = drafted(desk)
    with db.transaction(desk.world.as_mara) as tx:
        drafting.regenerate(tx, desk.world.as_mara, draft_id, fast=True)
    write(desk.as_job, draft_id=draft_id, generation=2, fast=True)
    made = steps(desk, draft_id, 2)
    assert [(step.step, step.prompt_key) for step in made] == [("generation", "drafting.reply")] and made[0].model.startswith("gpt-5-mini")
    assert draft(desk, draft_id).status == "pending"


def test_nothing_is_saved_by_composing(desk: Stage) -> None:
    material = gathered(desk, lead_id=None, message_id=None)
    composed = drafting.compose(desk.as_job, material)
    assert composed.body and not composed.mistakes and composed.written_by.name == "generation"
    assert desk.sql("select count(*) from draft")[0][0] == 0


def test_free_times_are_offered_only_with_their_words(desk: Stage) -> None:
    at = (clock.now() + timedelta(days=3)).replace(hour=17, minute=0, second=0, microsecond=0)
    with db.transaction(desk.world.as_mara) as tx:
        tx.execute(text("insert into availability (workspace_id, provider, slots, fetched_at) "
                        "values (:w, 'calendly', cast(:s as jsonb), now())"),
                   {"w": desk.world.acme, "s": f'["{at.isoformat()}"]'})
    material = gathered(desk, "Can we meet this week?")
    assert [time.starts_at for time in material.times] == [at]
    named = drafting.finish(material, f"Hi Dana,\n\nDoes {material.times[0].label} work?\n\nBest,\nChris Vale")
    other = drafting.finish(material, "Hi Dana,\n\nDoes 3:45 pm tomorrow work?\n\nBest,\nChris Vale")
    assert not named.faults and "It offers a time that is not free" in other.faults


def test_a_step_without_time_is_not_asked(desk: Stage) -> None:
    pen = Pen(scope=desk.as_job, material=gathered(desk), deadline=llm.Deadline(5))
    question = Question(step="generation", prompt_key="drafting.reply", schema_name="draft_reply", schema={}, text="", model="m", tokens=9)
    assert pen.ask(question, asking.LEAST_SECONDS / 2) is None
    assert (pen.steps[0].status, pen.steps[0].error) == ("error", "There was no time left for it.")
    assert pen.unwritten().reason == "late" and pen.unwritten().steps == tuple(pen.steps)


def test_the_time_is_split_and_never_more_than_is_left() -> None:
    look = {"part": composing.VERIFICATION_SHARE, "least": composing.VERIFICATION_LEAST, "most": composing.VERIFICATION_MOST}
    whole = llm.Deadline(composing.TOTAL_SECONDS)
    assert whole.share(composing.STRATEGY_SHARE) == 48 and whole.share(**look) == 42
    assert llm.Deadline(200).share(**look) == 45 and llm.Deadline(20).share(**look) == 8 and llm.Deadline(4).share(**look) <= 4
    after_plan = composing.TOTAL_SECONDS * (1 - composing.STRATEGY_SHARE)
    after_text = after_plan * (1 - composing.GENERATION_SHARE)
    assert after_text >= composing.VERIFICATION_LEAST, "the slowest plan and text leave a second look its least time"


def test_a_better_text_takes_the_place_of_the_one_nobody_touched(desk: Stage) -> None:
    draft_id = drafted(desk)
    with db.transaction(desk.as_job) as tx:
        step = Step(name="revision", output={"body": "Better."})
        assert replace_body(tx, desk.as_job, draft_id, 1, " Better. ", [step])
        assert not replace_body(tx, desk.as_job, draft_id, 2, "Late.") and not replace_body(tx, desk.as_job, draft_id, 1, " ")
    row = draft(desk, draft_id)
    assert (row.body, row.original_body, row.status) == ("Better.", "Better.", "pending")
    assert steps(desk, draft_id)[-1].step == "revision"
    with db.transaction(desk.world.as_mara) as tx:
        drafting.reject(tx, desk.world.as_mara, draft_id)
        assert not replace_body(tx, desk.world.as_mara, draft_id, 1, "Too late.")


def test_a_text_of_another_workspace_is_not_replaced(desk: Stage) -> None:
    draft_id = drafted(desk)
    with db.transaction(desk.world.as_nils) as tx:
        assert not replace_body(tx, desk.world.as_nils, draft_id, 1, "Mine.")
        assert drafting.why(tx, desk.world.as_nils, draft_id) is None


def test_why_a_draft_says_what_it_says(desk: Stage) -> None:
    draft_id = drafted(desk)
    with db.transaction(desk.world.as_mara) as tx:
        why = drafting.why(tx, desk.world.as_mara, draft_id)
    assert [step.name for step in why.steps] == ["Plan", "Text", "Second look"] and why.reason and why.checks.endswith("checks passed")
    assert all(step.seconds.endswith(" s") for step in why.steps)
