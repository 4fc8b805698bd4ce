"""Whoever comes at the same moment, workers, a person, the lead: is there one message at most? These tests commit for real."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from sandbox.server import Running
from tests.services.autosend.acts import decided, decision
from tests.services.sending.stage import Stage
from zrg_app.kit import clock, db
from zrg_app.kit.errors import ZrgError
from zrg_app.kit.settings import settings
from zrg_app.services import autosend, drafting


@pytest.fixture
def committed_desk(committed_stage: Stage, providers: Running) -> Iterator[Stage]:
    """The committed stage with the sandbox's model."""
    before = os.environ.get("ZRG_SANDBOX_URL")
    os.environ["ZRG_SANDBOX_URL"] = providers.base_url
    settings.cache_clear()
    yield committed_stage
    os.environ.pop("ZRG_SANDBOX_URL") if before is None else os.environ.update(ZRG_SANDBOX_URL=before)
    settings.cache_clear()


def at_once(*acts: Callable[[], object]) -> None:
    """Run all acts in threads that start together; what one refuses is no failure here."""
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        ready.wait(20)
        with suppress(ZrgError):
            act()
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def sending(desk: Stage, decision_id: object, at: object) -> Callable[[], object]:
    def act() -> object:
        with clock.frozen(at):
            return autosend.send(desk.as_job, decision_id=decision_id)
    return act


def test_four_workers_and_a_person_send_one_message(committed_desk: Stage) -> None:
    desk = committed_desk
    draft_id = decided(desk)
    found = decision(desk, draft_id)
    at = found.due_at + timedelta(seconds=1)

    def approve() -> None:
        with db.transaction(desk.world.as_ben) as tx:
            drafting.approve(tx, desk.world.as_ben, draft_id)
    at_once(*[sending(desk, found.id, at)] * 4, approve)
    assert desk.sql("select count(*) from outbound_message where status <> 'cancelled'")[0][0] == 1
    desk.run_jobs(until=at + timedelta(minutes=1))
    assert len(desk.sent("emailbison")) == 1
    assert decision(desk, draft_id).outcome in ("sent", "approved")


def test_four_workers_consider_a_draft_once(committed_desk: Stage) -> None:
    desk = committed_desk
    draft_id = decided(desk)
    with db.transaction(desk.as_job) as tx:
        db.driver(tx).execute("delete from auto_send_decision")
    at_once(*[lambda: autosend.consider(desk.as_job, draft_id=draft_id, generation=1)] * 4)
    assert desk.sql("select count(*) from auto_send_decision")[0][0] == 1


def test_a_reply_and_the_send_at_the_same_moment_leave_no_answer_after_it(committed_desk: Stage) -> None:
    desk = committed_desk
    draft_id = decided(desk)
    found = decision(desk, draft_id)
    at = found.due_at + timedelta(seconds=1)
    at_once(sending(desk, found.id, at), lambda: desk.lead_writes("emailbison", "Wait, one more question."))
    desk.run_jobs(until=at + timedelta(minutes=1))
    left = desk.sql("select o.status, o.created_at, m.created_at as replied from outbound_message o, message m "
                    "where m.body like 'Wait%'")
    assert desk.sent("emailbison") == [] or all(row.created_at < row.replied for row in left)
