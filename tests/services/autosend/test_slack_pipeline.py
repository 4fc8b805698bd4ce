"""From a reply to Slack and back out: judged, held, asked, approved, sent once, learnt from. With the stand-in model."""

import pytest

from tests.services.autosend.acts import decided, decision, draft, when_due
from tests.services.autosend.slack_stage import MARA, Reviews
from tests.services.sending.stage import Stage
from zrg_app.kit import db
from zrg_app.services import autosend, inbox
from zrg_app.services.autosend.earning import UNEDITED


@pytest.fixture
def reviews(desk: Stage) -> Reviews:
    return Reviews(desk, MARA)


def test_a_held_draft_is_asked_about_approved_in_slack_and_counted_as_unedited(desk: Stage, reviews: Reviews) -> None:
    draft_id = decided(desk, auto_send_threshold=1.0)
    row = decision(desk, draft_id)
    assert row.action == "needs_review"
    reviews.run()
    said = reviews.says()
    assert f"{row.confidence:.0%}, 100% needed" in said and row.reason.split(".")[0] in said
    assert draft(desk, draft_id).body.split("\n")[0] in said
    reviews.press("approve_send")
    desk.run_jobs()
    reviews.run()
    assert len(desk.sent("emailbison")) == 1 and "Sent by Mara Reyes" in reviews.says()
    assert decision(desk, draft_id).outcome == UNEDITED


def test_a_draft_that_leaves_by_itself_asks_nobody(desk: Stage, reviews: Reviews) -> None:
    draft_id = decided(desk, auto_send_threshold=0.1, auto_send_delay_min_seconds=0, auto_send_delay_max_seconds=0)
    assert decision(desk, draft_id).action in ("send_immediate", "send_delayed")
    reviews.run()
    assert reviews.messages() == []


def test_what_is_held_at_the_last_look_is_asked_about_with_that_reason(desk: Stage, reviews: Reviews) -> None:
    draft_id = decided(desk, auto_send_threshold=0.1)
    with db.transaction(reviews.scope) as tx:
        inbox.done(tx, reviews.scope, draft(desk, draft_id).lead_id)
    with when_due(desk, draft_id):
        autosend.send(desk.as_job, decision_id=decision(desk, draft_id).id)
    reviews.run()
    assert "Somebody marked the conversation as done" in reviews.says() and "approve_send" in reviews.offers()


def test_regenerating_in_slack_is_judged_anew_and_the_message_follows(desk: Stage, reviews: Reviews) -> None:
    draft_id = decided(desk, auto_send_threshold=1.0)
    reviews.run()
    reviews.press("regenerate_draft_fast")
    reviews.run("drafting.write")
    row = draft(desk, draft_id)
    assert (row.generation, row.status) == (2, "pending") and decision(desk, draft_id).generation == 2
    assert row.body.split("\n")[-1] in reviews.says() and "approve_send" in reviews.offers()
    assert len(reviews.messages()) == 1
    reviews.press("approve_send")
    assert [each.body for each in reviews.outbox(draft_id)] == [row.body]
