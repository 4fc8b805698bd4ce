"""Are the reviewers asked once, whoever they are and whatever Slack does? Over real HTTP against the stand-in."""

from collections.abc import Iterator

import pytest

from sandbox.server import Running
from tests.services.autosend.slack_stage import LENA, MARA, Reviews
from tests.services.sending.conftest import providers, stage  # noqa: F401 because fixtures are found by name
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict, Invalid, NotFound, ProviderLocked
from zrg_app.models.ai_vocabulary import AutoSendAction
from zrg_app.services import drafting, jobs
from zrg_app.services.autosend import slack_reviewers
from zrg_app.services.autosend.slack_asking import LEASE


@pytest.fixture
def desk(stage: Stage) -> Reviews:  # noqa: F811 because a fixture is asked for by its name
    return Reviews(stage, MARA, LENA)


@pytest.fixture
def bare(stage: Stage) -> Reviews:  # noqa: F811 because a fixture is asked for by its name
    return Reviews(stage)


@pytest.fixture(autouse=True)
def _no_faults(providers: Running) -> Iterator[None]:  # noqa: F811 because a fixture is asked for by its name
    yield
    providers.control.clear_faults()
    providers.control.set_options(enforce_limits=False)


def steps(desk: Reviews) -> list[tuple]:
    return [(row.status, row.error, row.output) for row in desk.stage.sql("select * from draft_step where step = 'slack_review'")]


def test_every_reviewer_gets_one_message_half_a_second_apart(desk: Reviews) -> None:
    draft_id = desk.draft()
    desk.decides(draft_id)
    jobs_of_posting = "select run_at from background_job where kind = 'autosend.post_review' order by run_at"
    assert desk.stage.sql(jobs_of_posting) == []
    desk.run()
    first, second = desk.stage.sql(jobs_of_posting)
    assert (second.run_at - first.run_at).total_seconds() == 0.5
    assert [each["email"] for each in desk.messages()] == [MARA, LENA]
    for email in (MARA, LENA):
        assert "62%, 90% needed" in desk.says(email) and ">What does it cost?" in desk.says(email)
    assert {(row.state, row.generation) for row in desk.reviews(draft_id)} == {("open", 1)}
    assert not any(each["edited"] for each in desk.messages()), "what was posted is right and needs no change"
    assert steps(desk) == [("success", None, {"asked": ["Mara", "Lena Vogt"]})]


def test_a_decision_told_twice_asks_once(desk: Reviews) -> None:
    draft_id = desk.asked()
    for _ in range(2):
        with db.transaction(desk.scope) as tx:
            jobs.enqueue(tx, desk.scope, "autosend.ask_in_slack", draft_id=draft_id, generation=1)
        desk.run()
    assert len(desk.messages()) == 2 and len(steps(desk)) == 1


@pytest.mark.parametrize(("action", "is_shadow"), [
    (AutoSendAction.SEND_DELAYED, False), (AutoSendAction.SKIP, False), (AutoSendAction.NEEDS_REVIEW, True)])
def test_nobody_is_asked_about_what_needs_no_review_or_is_a_secret(desk: Reviews, action: AutoSendAction, is_shadow: bool) -> None:
    desk.decides(desk.draft(), action=action, is_shadow=is_shadow)
    desk.run()
    assert desk.messages() == [] and steps(desk) == []


def test_without_reviewers_nothing_is_posted_and_the_log_says_so(bare: Reviews) -> None:
    bare.asked()
    assert bare.messages() == [] and steps(bare) == [("skipped", "no_recipients", {"asked": []})]


@pytest.mark.parametrize("change", ["delete from connection where provider = 'slack'",
                                    "update connection set status = 'locked' where provider = 'slack'"])
def test_without_a_working_slack_nothing_is_posted_and_the_log_says_so(desk: Reviews, change: str) -> None:
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute(change)
    desk.asked()
    assert desk.messages() == [] and steps(desk) == [("skipped", "no_token", {"asked": []})]


def test_reviewers_of_another_team_are_not_asked(desk: Reviews) -> None:
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("update connection set external_id = 'T0OTHER' where provider = 'slack'")
    desk.asked()
    assert desk.messages() == [] and steps(desk)[0][1] == "no_recipients"


def test_a_draft_that_was_dealt_with_meanwhile_is_not_asked_about(desk: Reviews) -> None:
    draft_id = desk.draft()
    desk.decides(draft_id)
    with db.transaction(desk.world.as_mara) as tx:
        drafting.reject(tx, desk.world.as_mara, draft_id)
    desk.run()
    assert desk.messages() == []


def test_a_reviewer_who_was_removed_before_their_message_left_is_not_asked(desk: Reviews) -> None:
    desk.decides(desk.draft())
    desk.run_only("autosend.ask_in_slack")
    with db.transaction(desk.scope) as tx:
        slack_reviewers.remove(tx, desk.scope, desk.user(LENA).id)
    desk.run()
    assert [each["email"] for each in desk.messages()] == [MARA]


@pytest.mark.parametrize("kind", ["disconnect_after_accept", "status"])
def test_a_message_of_unknown_fate_is_looked_for_and_not_posted_again(desk: Reviews, kind: str) -> None:
    more = {"status": 200, "body": {"ok": False, "error": "internal_error"}} if kind == "status" else {}
    draft_id = desk.draft()
    desk.control.add_fault("slack", kind, path_contains="chat.postMessage", times=1, **more)
    desk.decides(draft_id)
    assert desk.run() == ["OutcomeUnknown"]
    assert [each["email"] for each in sorted(desk.messages(), key=lambda each: each["email"])] == [LENA, MARA]
    assert {row.state for row in desk.reviews(draft_id)} == {"open"}


def test_a_message_that_cannot_be_looked_for_comes_at_most_twice(stage: Stage) -> None:  # noqa: F811 because a fixture is asked for by its name
    desk = Reviews(stage, token="xoxb-nohistory-team-T0ACME")
    slack_reviewers.add(desk.scope, MARA)
    draft_id = desk.draft()
    desk.control.add_fault("slack", "disconnect_after_accept", path_contains="chat.postMessage", times=0)
    desk.decides(draft_id)
    assert desk.run() == ["OutcomeUnknown", "OutcomeUnknown"]
    assert len(desk.messages(MARA)) == 2
    assert [row.state for row in desk.reviews(draft_id)] == ["lost"]
    desk.control.clear_faults()
    desk.run()
    assert len(desk.messages(MARA)) == 2


def test_a_worker_that_died_while_posting_is_waited_for_and_its_message_found(desk: Reviews) -> None:
    draft_id = desk.asked()
    row = desk.reviews(draft_id)[0]
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("update slack_review set state = 'posting', message_ts = null, updated_at = %s where id = %s",
                              (clock.now(), row.id))
        jobs.enqueue(tx, desk.scope, "autosend.post_review", review_id=row.id)
    assert desk.run() == ["ProviderBusy"]
    again = desk.reviews(draft_id)[0]
    assert (again.message_ts, again.state, len(desk.messages())) == (row.message_ts, "open", 2)
    assert LEASE.total_seconds() == 60


@pytest.mark.parametrize(("fault", "ended"), [
    ({"kind": "status", "status": 503}, "OutcomeUnknown"), ({"kind": "status", "status": 429}, "ProviderBusy")])
def test_a_slack_that_is_down_or_busy_is_waited_for(desk: Reviews, fault: dict, ended: str) -> None:
    desk.control.add_fault("slack", path_contains="chat.postMessage", times=1, **fault)
    draft_id = desk.draft()
    desk.decides(draft_id)
    assert desk.run()[0] == ended
    assert len(desk.messages()) == 2 and {row.state for row in desk.reviews(draft_id)} == {"open"}


def test_a_refused_token_locks_the_connection_and_posts_nothing(desk: Reviews) -> None:
    desk.control.add_fault("slack", "status", status=200, body={"ok": False, "error": "token_revoked"}, times=0)
    desk.asked()
    assert desk.messages() == []
    assert desk.stage.sql("select status from connection where provider = 'slack'")[0].status == "locked"


def test_one_reviewer_who_left_does_not_keep_the_others_from_being_asked(desk: Reviews) -> None:
    desk.control.add_fault("slack", "status", status=200, body={"ok": False, "error": "user_disabled"}, path_contains="conversations.open")
    draft_id = desk.asked()
    assert [each["email"] for each in desk.messages()] == [LENA]
    assert sorted(row.state for row in desk.reviews(draft_id)) == ["open", "refused"]


def test_reviewers_are_chosen_by_the_address_they_have_in_slack(bare: Reviews) -> None:
    found = slack_reviewers.add(bare.scope, "  Lena.Vogt@partner.example ")
    assert (found.name, found.email, found.team) == ("Lena Vogt", LENA, "T0ACME")
    slack_reviewers.add(bare.scope, LENA)
    assert [each["email"] for each in bare.chosen()] == [LENA]
    with pytest.raises(Invalid, match="Nobody in this Slack team has the address nobody@agency.example"):
        slack_reviewers.add(bare.scope, "nobody@agency.example")
    for odd in ("", "lena", "a b@c.example", "x" * 300 + "@y.example"):
        with pytest.raises(Invalid, match="e-mail address"):
            slack_reviewers.add(bare.scope, odd)
    with db.transaction(bare.scope) as tx:
        slack_reviewers.remove(tx, bare.scope, found.id)
    assert bare.chosen() == []
    with pytest.raises(NotFound), db.transaction(bare.scope) as tx:
        slack_reviewers.remove(tx, bare.scope, found.id)


def test_there_are_not_more_reviewers_than_can_be_asked(bare: Reviews) -> None:
    for number in range(slack_reviewers.MOST):
        slack_reviewers.add(bare.scope, f"r{number}@agency.example")
    with pytest.raises(Conflict, match="At most 10"):
        slack_reviewers.add(bare.scope, MARA)


def test_a_token_refused_at_the_look_up_locks_the_connection(bare: Reviews) -> None:
    bare.control.add_fault("slack", "status", status=200, body={"ok": False, "error": "invalid_auth"})
    with pytest.raises(ProviderLocked):
        slack_reviewers.add(bare.scope, MARA)
    assert bare.stage.sql("select status from connection where provider = 'slack'")[0].status == "locked"
