"""Do the messages in Slack follow what becomes of their draft, wherever it is dealt with?"""

from collections.abc import Iterator
from uuid import UUID

import pytest

from sandbox.server import Running
from tests.services.autosend.slack_stage import LENA, MARA, Reviews
from tests.services.sending.conftest import providers, stage  # noqa: F401 because fixtures are found by name
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.models.ai_vocabulary import AutoSendAction
from zrg_app.services import drafting, events, inbox, jobs
from zrg_app.services.autosend import slack_reviewers


@pytest.fixture
def desk(stage: Stage) -> Reviews:  # noqa: F811 because a fixture is asked for by its name
    return Reviews(stage, MARA, LENA)


@pytest.fixture(autouse=True)
def _no_faults(providers: Running) -> Iterator[None]:  # noqa: F811 because a fixture is asked for by its name
    yield
    providers.control.clear_faults()


def approved(desk: Reviews, draft_id: UUID, body: str | None = None) -> UUID:
    with db.transaction(desk.world.as_ben) as tx:
        return drafting.approve(tx, desk.world.as_ben, draft_id, body=body)


def updates(desk: Reviews) -> int:
    return len([each for each in desk.control.sent("slack") if each["what"] == "slack_update"])


def test_what_is_approved_in_the_app_shows_in_slack_until_it_is_sent(desk: Reviews) -> None:
    draft_id = desk.asked()
    approved(desk, draft_id)
    desk.run()
    assert "Approved by Ben Ortiz; it leaves" in desk.says(MARA) and desk.offers(LENA) == ["view_dashboard"]
    desk.stage.run_jobs()
    desk.run()
    assert "Sent by Ben Ortiz" in desk.says(MARA) and "Sent by Ben Ortiz" in desk.says(LENA)
    assert {row.state for row in desk.reviews(draft_id)} == {"sent"}


def test_an_edit_in_the_app_is_told_with_the_new_words(desk: Reviews) -> None:
    draft_id = desk.asked()
    approved(desk, draft_id, "It is 850 a month.")
    desk.run()
    assert "Approved by Ben Ortiz with changes" in desk.says() and ">It is 850 a month." in desk.says()


def test_an_undo_in_the_app_gives_the_buttons_back(desk: Reviews) -> None:
    draft_id = desk.asked()
    outbound_id = approved(desk, draft_id)
    desk.run()
    desk.stage.undo(outbound_id)
    desk.run()
    assert "Mara Reyes took it back before it left." in desk.says(LENA) and "approve_send" in desk.offers(LENA)
    desk.press("approve_send", LENA)
    assert [row.status for row in desk.outbox(draft_id)] == ["cancelled", "waiting"]


def test_a_send_that_failed_is_told_and_can_be_approved_again(desk: Reviews) -> None:
    draft_id = desk.asked()
    approved(desk, draft_id)
    desk.control.add_fault("emailbison", "status", status=422, times=1, path_contains="reply")
    desk.stage.run_jobs()
    desk.run()
    assert "It could not be sent" in desk.says() and "approve_send" in desk.offers()


def test_a_rejection_in_the_app_is_told(desk: Reviews) -> None:
    draft_id = desk.asked()
    with db.transaction(desk.world.as_ben) as tx:
        drafting.reject(tx, desk.world.as_ben, draft_id)
    desk.run()
    assert "Discarded by Ben Ortiz." in desk.says() and desk.reviews(draft_id)[0].state == "rejected"


def test_a_newer_reply_is_told_without_anybody_pressing(desk: Reviews) -> None:
    draft_id = desk.asked()
    desk.stage.lead_writes("emailbison", "Actually, call me on Friday.")
    desk.run()
    assert "The lead wrote again" in desk.says() and desk.reviews(draft_id)[0].state == "overtaken"


def test_a_snooze_in_the_app_and_its_end_are_told(desk: Reviews) -> None:
    draft_id = desk.asked()
    lead_id = desk.stage.sql("select lead_id from draft where id = :id", id=draft_id)[0].lead_id
    with db.transaction(desk.world.as_ben) as tx:
        inbox.snooze(tx, desk.world.as_ben, lead_id, until=clock.now().replace(year=2030))
    desk.run()
    assert "Snoozed by Ben Ortiz until" in desk.says()
    with db.transaction(desk.world.as_ben) as tx:
        inbox.wake(tx, desk.world.as_ben, lead_id)
    desk.run()
    assert "Snoozed" not in desk.says()


def test_a_message_that_says_it_already_is_left_alone(desk: Reviews) -> None:
    draft_id = desk.asked()
    before = updates(desk)
    for _ in range(3):
        with db.transaction(desk.scope) as tx:
            jobs.enqueue(tx, desk.scope, "autosend.refresh_slack", draft_id=draft_id)
        desk.run()
    assert updates(desk) == before


def test_drafts_nobody_was_asked_about_cause_no_work(desk: Reviews) -> None:
    draft_id = desk.draft()
    approved(desk, draft_id)
    desk.stage.run_jobs()
    assert desk.stage.sql("select count(*) from background_job where kind like 'autosend.%'")[0][0] == 0


def test_a_new_generation_that_is_held_renews_the_message_and_posts_none(desk: Reviews) -> None:
    draft_id = desk.asked()
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("update draft set generation = 2, body = 'It is 700 a month.' where id = %s", (draft_id,))
    desk.decides(draft_id)
    desk.run()
    assert len(desk.messages()) == 2 and ">It is 700 a month." in desk.says(LENA)
    assert {row.generation for row in desk.reviews(draft_id)} == {2}


def test_a_draft_that_is_held_after_all_says_the_newest_reason(desk: Reviews) -> None:
    draft_id = desk.asked()
    lead_id = desk.stage.sql("select lead_id from draft where id = :id", id=draft_id)[0].lead_id
    with db.transaction(desk.scope) as tx:
        events.record(tx, desk.scope, events.AutoSendDecided(
            lead_id=lead_id, draft_id=draft_id, action="needs_review", reason="The reply is labelled differently now."))
    desk.run()
    assert "The reply is labelled differently now." in desk.says() and "not in what we know" not in desk.says()
    assert len(desk.messages()) == 2


def test_a_new_generation_that_may_leave_says_when(desk: Reviews) -> None:
    draft_id = desk.asked()
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("update draft set generation = 2 where id = %s", (draft_id,))
    desk.decides(draft_id, action=AutoSendAction.SEND_DELAYED)
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("update auto_send_decision set due_at = now() + interval '5 minutes' where generation = 2")
    desk.run()
    assert "Unless somebody decides, it leaves by itself" in desk.says() and "approve_send" in desk.offers()


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "status", "status": 429}])
def test_a_slack_that_is_down_or_busy_gets_the_news_later(desk: Reviews, fault: dict) -> None:
    draft_id = desk.asked()
    approved(desk, draft_id)
    desk.control.add_fault("slack", path_contains="chat.update", times=1, **fault)
    assert desk.run() in (["ProviderDown"], ["ProviderBusy"])
    assert "Approved by Ben Ortiz" in desk.says(MARA) and "Approved by Ben Ortiz" in desk.says(LENA)


def test_a_message_its_reader_deleted_is_let_go_and_the_others_are_renewed(desk: Reviews) -> None:
    draft_id = desk.asked()
    approved(desk, draft_id)
    desk.control.add_fault("slack", "status", status=200, body={"ok": False, "error": "message_not_found"}, path_contains="chat.update")
    assert desk.run() == []
    assert sorted(row.state for row in desk.reviews(draft_id)) == ["approved", "gone"]
    desk.stage.run_jobs()
    desk.run()
    assert sorted(row.state for row in desk.reviews(draft_id)) == ["gone", "sent"]


def test_what_a_removed_reviewer_was_sent_is_taken_back(desk: Reviews) -> None:
    draft_id = desk.asked()
    with db.transaction(desk.scope) as tx:
        slack_reviewers.remove(tx, desk.scope, desk.user(LENA).id)
    desk.run()
    assert desk.says(LENA) == "This draft is no longer yours to review." and desk.offers(LENA) == []
    assert "It waits for a decision." in desk.says(MARA)
    approved(desk, draft_id)
    desk.run()
    assert desk.says(LENA) == "This draft is no longer yours to review."
    assert sorted(row.state for row in desk.reviews(draft_id)) == ["approved", "closed"]


def test_a_token_that_was_revoked_locks_the_connection_and_stops_asking(desk: Reviews) -> None:
    draft_id = desk.asked()
    approved(desk, draft_id)
    desk.control.add_fault("slack", "status", status=200, body={"ok": False, "error": "token_revoked"}, times=0)
    assert desk.run() == []
    assert desk.stage.sql("select status from connection where provider = 'slack'")[0].status == "locked"
    assert {row.state for row in desk.reviews(draft_id)} == {"open"}
