"""Does a press in Slack do what its presser wants, once and in their name, and nothing for anybody else?"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from sandbox.server import Running
from tests.services.autosend.slack_stage import LENA, MARA, Reviews
from tests.services.sending.conftest import committed_stage, providers, stage  # noqa: F401 because fixtures are found by name
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db, ids
from zrg_app.kit.settings import settings
from zrg_app.services import drafting, jobs, leads
from zrg_app.services.autosend import slack_reviewers

APPROVE, REGENERATE, SNOOZE, TOMORROW = "approve_send", "regenerate_draft_fast", "snooze_three_hours", "snooze_tomorrow"


@pytest.fixture
def desk(stage: Stage) -> Reviews:  # noqa: F811 because a fixture is asked for by its name
    return Reviews(stage, MARA, LENA)


@pytest.fixture(autouse=True)
def _no_faults(providers: Running) -> Iterator[None]:  # noqa: F811 because a fixture is asked for by its name
    yield
    providers.control.clear_faults()


@pytest.fixture
def model(providers: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # noqa: F811 because a fixture is asked for by its name
    """The stand-in model, for what is written anew."""
    monkeypatch.setenv("ZRG_SANDBOX_URL", providers.base_url)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def sent(desk: Reviews) -> list[str]:
    desk.stage.run_jobs()
    desk.run()
    return [mail["text"].strip() for mail in desk.stage.sent("emailbison")]


def facts(desk: Reviews, kind: str) -> list:
    return desk.stage.sql("select actor_kind, actor_id, actor_name, data from audit_event where kind = :kind order by created_at",
                          kind=kind)


def test_an_approval_sends_the_draft_once_in_the_members_name(desk: Reviews) -> None:
    draft_id = desk.asked()
    assert desk.press(APPROVE) == ("SUCCEEDED", None)
    row, = desk.outbox(draft_id)
    assert (row.sent_by, row.sent_by_user, row.body) == ("setter", desk.world.mara, "It is 900 a month.")
    assert "Approved by Mara Reyes; it leaves" in desk.says(MARA) and desk.offers(MARA) == ["view_dashboard"]
    assert len(sent(desk)) == 1
    for email in (MARA, LENA):
        assert "Sent by Mara Reyes" in desk.says(email) and desk.offers(email) == ["view_dashboard"]
    answered, = facts(desk, "autosend.reviewed")
    assert (answered.actor_id, answered.data["how"]) == (desk.world.mara, "approved")
    assert desk.stage.sql("select sent_by_user from message where direction = 'outbound'")[0].sent_by_user == desk.world.mara


def test_a_reviewer_who_is_no_member_is_named_as_slack_names_them(desk: Reviews) -> None:
    draft_id = desk.asked()
    desk.press(APPROVE, LENA)
    row, = desk.outbox(draft_id)
    assert (row.sent_by, row.sent_by_user) == ("setter", None)
    assert [fact.actor_name for fact in facts(desk, "sending.queued")] == ["Lena Vogt (Slack)"]
    assert len(sent(desk)) == 1 and "Sent by Lena Vogt (Slack)" in desk.says(MARA)


@pytest.mark.parametrize("way", ["told again", "two clicks", "two people", "app first"])
def test_repeated_clicks_send_once(desk: Reviews, way: str) -> None:
    draft_id = desk.asked()
    mara = desk.pressed(desk.message(MARA), APPROVE, at="1")
    others = {"told again": mara, "two clicks": desk.pressed(desk.message(MARA), APPROVE, at="2"),
              "two people": desk.pressed(desk.message(LENA), APPROVE, at="3"), "app first": mara}
    if way == "app first":
        with db.transaction(desk.world.as_ben) as tx:
            drafting.approve(tx, desk.world.as_ben, draft_id)
    else:
        desk.hear(mara)
    desk.hear(others[way])
    assert len(desk.outbox(draft_id)) == 1 and len(sent(desk)) == 1
    desk.hear(desk.pressed(desk.message(MARA), "view_dashboard", at="9"))
    assert ("Sent by Ben Ortiz" if way == "app first" else "Sent by Mara Reyes") in desk.says(LENA)
    assert [row.said for row in desk.reviews(draft_id)] == [None, None]


def test_presses_at_the_same_moment_send_once(committed_stage: Stage) -> None:  # noqa: F811 because a fixture is asked for by its name
    desk = Reviews(committed_stage, MARA, LENA)
    draft_id = desk.asked()
    job = jobs.registered("autosend.press_in_slack").function
    people = [desk.user(MARA).id, desk.user(LENA).id] * 4
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda person: job(desk.scope, action=APPROVE, draft_id=draft_id, generation=1, slack_user_id=person), people))
    assert len(desk.outbox(draft_id)) == 1
    assert len(facts(desk, "autosend.reviewed")) == 1
    assert len(sent(desk)) == 1


def test_who_is_no_reviewer_changes_nothing_and_is_told(desk: Reviews) -> None:
    draft_id = desk.asked()
    told = desk.pressed(desk.message(MARA), APPROVE)
    with db.transaction(desk.scope) as tx:
        slack_reviewers.remove(tx, desk.scope, desk.user(MARA).id)
    desk.hear(told)
    stranger = desk.pressed(desk.message(LENA) | {"email": "eve@agency.example"}, APPROVE)
    desk.hear(stranger)
    assert desk.outbox(draft_id) == []
    whispers = [each for each in desk.control.sent("slack") if each["what"] == "slack_ephemeral"]
    assert [each["to"] for each in whispers] == [desk.user(MARA).id, desk.user("eve@agency.example").id]
    assert all("not among the people who review drafts" in each["text"] for each in whispers)
    assert "approve_send" in desk.offers(LENA)


def test_a_reviewer_who_was_not_asked_about_this_draft_may_not_decide_it(desk: Reviews) -> None:
    draft_id = desk.asked()
    late = slack_reviewers.add(desk.scope, "olga@agency.example")
    desk.hear(desk.pressed(desk.message(LENA) | {"email": "olga@agency.example"}, APPROVE))
    assert late.id and desk.outbox(draft_id) == []


def test_a_closed_login_decides_nothing(desk: Reviews) -> None:
    draft_id = desk.asked()
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("reset role")
        db.driver(tx).execute("update app_user set disabled_at = now() where id = %s", (desk.world.mara,))
    desk.press(APPROVE)
    assert desk.outbox(draft_id) == [] and "Your login at ZRG Inbox is closed" in desk.says(MARA)


def test_a_draft_of_another_workspace_cannot_be_reached(desk: Reviews) -> None:
    draft_id = desk.asked()
    job = jobs.registered("autosend.press_in_slack").function
    job(desk.world.as_nils, action=APPROVE, draft_id=draft_id, generation=1, slack_user_id=desk.user(MARA).id)
    job(desk.scope, action=APPROVE, draft_id=ids.new_id(), generation=1, slack_user_id=desk.user(MARA).id)
    assert desk.outbox(draft_id) == []


def test_a_text_that_was_rewritten_is_shown_and_not_sent(desk: Reviews) -> None:
    draft_id = desk.asked()
    told = desk.pressed(desk.message(MARA), APPROVE)
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("update draft set generation = 2, body = 'It is 700 a month.' where id = %s", (draft_id,))
    desk.hear(told)
    assert desk.outbox(draft_id) == []
    assert "The draft was rewritten after you read it, so nothing was sent." in desk.says(MARA)
    assert ">It is 700 a month." in desk.says(MARA) and "rewritten after you read it" not in desk.says(LENA)
    desk.press(APPROVE)
    assert [row.body for row in desk.outbox(draft_id)] == ["It is 700 a month."]
    assert "rewritten after you read it" not in desk.says(MARA)


def test_words_the_judge_put_in_place_of_those_that_were_read_are_shown_first(desk: Reviews) -> None:
    draft_id = desk.asked()
    told = desk.pressed(desk.message(MARA), APPROVE)
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("update draft set body = 'It is 900 a month, all in.' where id = %s", (draft_id,))
    desk.hear(told)
    assert desk.outbox(draft_id) == [] and ">It is 900 a month, all in." in desk.says(MARA)
    desk.press(APPROVE)
    assert len(desk.outbox(draft_id)) == 1


def test_a_newer_reply_overtakes_and_the_message_says_so(desk: Reviews) -> None:
    draft_id = desk.asked()
    told = desk.pressed(desk.message(MARA), APPROVE)
    desk.stage.lead_writes("emailbison", "Forget it, call me on Friday.")
    desk.hear(told)
    assert desk.outbox(draft_id) == [] and "The lead wrote again" in desk.says(MARA) and desk.offers(MARA) == ["view_dashboard"]
    assert desk.reviews(draft_id)[0].state == "overtaken"


def test_a_blacklisted_lead_gets_nothing_and_the_message_says_so(desk: Reviews) -> None:
    draft_id = desk.asked()
    told = desk.pressed(desk.message(MARA), APPROVE)
    lead_id = desk.stage.sql("select lead_id from draft where id = :id", id=draft_id)[0].lead_id
    with db.transaction(desk.scope) as tx:
        leads.blacklist(tx, desk.scope, lead_id, reason="They asked us to stop.")
    desk.hear(told)
    assert desk.outbox(draft_id) == [] and "blacklisted" in desk.says(MARA)
    assert desk.reviews(draft_id)[0].state == "blocked"


def test_what_the_policy_refuses_is_told_to_who_pressed(desk: Reviews) -> None:
    draft_id = desk.asked()
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("update connection set status = 'locked' where provider = 'emailbison'")
    desk.press(APPROVE)
    assert desk.outbox(draft_id) == []
    assert "Nothing was sent. The provider does not accept our credentials" in desk.says(MARA)
    assert "approve_send" in desk.offers(MARA) and "Nothing was sent" not in desk.says(LENA)


def test_a_lead_who_was_answered_otherwise_is_not_answered_twice(desk: Reviews) -> None:
    draft_id = desk.asked()
    lead_id = desk.stage.sql("select lead_id from draft where id = :id", id=draft_id)[0].lead_id
    desk.stage.queue(lead_id, "email", "I just called you.")
    desk.stage.run_jobs()
    desk.press(APPROVE)
    assert desk.outbox(draft_id) == [] and "answered otherwise" in desk.says(MARA)


def test_a_discarded_draft_says_who_discarded_it(desk: Reviews) -> None:
    draft_id = desk.asked()
    told = desk.pressed(desk.message(MARA), APPROVE)
    with db.transaction(desk.world.as_ben) as tx:
        drafting.reject(tx, desk.world.as_ben, draft_id)
    desk.hear(told)
    assert desk.outbox(draft_id) == [] and "Discarded by Ben Ortiz." in desk.says(MARA)


@pytest.mark.usefixtures("model")
def test_regenerate_rewrites_once_and_renews_the_message_when_it_is_ready(desk: Reviews) -> None:
    draft_id = desk.asked()
    told = [desk.pressed(desk.message(MARA), REGENERATE, at=at) for at in "12"]
    for each in told:
        desk.hear(each)
    assert "written anew" in desk.says(MARA) and desk.offers(MARA) == ["view_dashboard"]
    assert desk.stage.sql("select generation, status from draft")[0] == (2, "writing")
    desk.run("drafting.write")
    body = desk.stage.sql("select body from draft where id = :id", id=draft_id)[0].body
    assert body.split("\n")[0] in desk.says(MARA) and "approve_send" in desk.offers(LENA)
    desk.press(APPROVE, LENA)
    assert [row.body for row in desk.outbox(draft_id)] == [body]
    assert [fact.data["how"] for fact in facts(desk, "autosend.reviewed")] == ["rewritten", "approved"]


@pytest.mark.parametrize(("action", "until"), [
    (SNOOZE, datetime(2026, 11, 21, 1, 30, tzinfo=UTC)),
    # It is still the 20th in Los Angeles, so tomorrow is the 21st there: nine o'clock is 17:00 in UTC.
    (TOMORROW, datetime(2026, 11, 21, 17, 0, tzinfo=UTC))])
def test_snooze_puts_the_conversation_away_in_the_workspaces_own_day(desk: Reviews, action: str, until: datetime) -> None:
    with db.transaction(desk.scope) as tx:
        db.driver(tx).execute("update workspace_settings set timezone = 'America/Los_Angeles'")
    draft_id = desk.asked()
    with clock.frozen(datetime(2026, 11, 20, 22, 30, tzinfo=UTC)):
        desk.press(action)
    row = desk.stage.sql("select c.snoozed_until from conversation c join draft d using (lead_id) where d.id = :id", id=draft_id)[0]
    assert row.snoozed_until == until
    assert facts(desk, "autosend.reviewed")[0].data["how"] == "snoozed"
    assert desk.outbox(draft_id) == []


def test_a_snoozed_draft_can_still_be_approved(desk: Reviews) -> None:
    draft_id = desk.asked()
    desk.press(SNOOZE)
    assert "Snoozed by Mara Reyes until" in desk.says(LENA) and "approve_send" in desk.offers(LENA)
    desk.press(APPROVE, LENA)
    assert len(desk.outbox(draft_id)) == 1


def test_a_press_counts_although_slack_tells_nothing_of_the_presser(desk: Reviews) -> None:
    draft_id = desk.asked()
    told = desk.pressed(desk.message(MARA), APPROVE)
    desk.control.add_fault("slack", "status", status=503, path_contains="users.info", times=0)
    desk.hear(told)
    row, = desk.outbox(draft_id)
    assert row.sent_by_user == desk.world.mara


HOSTILE = ("not a draft", None, [], {}, 7, "\x00", "0" * 500)


@pytest.mark.parametrize("odd", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_of_a_button_do_nothing(desk: Reviews, odd: object) -> None:
    draft_id = desk.asked()
    assert desk.hear(desk.pressed(desk.message(MARA), APPROVE, draft=odd)) == ("IGNORED", "button_not_read")
    for name in ("workspace", "lead"):
        desk.hear(desk.pressed(desk.message(MARA), APPROVE, **{"generation": 99, name: odd}))
    assert desk.outbox(draft_id) == []


def test_a_press_that_is_replayed_from_the_ledger_changes_nothing(desk: Reviews) -> None:
    draft_id = desk.asked()
    desk.press(APPROVE)
    desk.stage.undo(desk.outbox(draft_id)[0].id)
    desk.run()
    event_id = desk.stage.sql("select id from webhook_event where provider = 'slack'")[0].id
    with db.transaction(desk.scope) as tx:
        jobs.registered("inbound.understand_event").function(tx, desk.scope, webhook_event_id=event_id, replayed=True)
    desk.run()
    assert [row.status for row in desk.outbox(draft_id)] == ["cancelled"]
    assert "Mara Reyes took it back before it left." in desk.says(MARA)
