"""What goes into the queue once, what is asked back, and who sees it."""

import pytest

from tests import jobs as examples
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.services import jobs


def test_the_same_dedupe_key_is_enqueued_once(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        first = jobs.enqueue(tx, world.as_mara, "tests.flow", name="a", dedupe_key="acme:1")
        second = jobs.enqueue(tx, world.as_mara, "tests.flow", name="a", dedupe_key="acme:1")
    assert first is not None and second is None
    assert examples.rows() == [("tests.flow", "PENDING")]


def test_a_finished_job_still_guards_its_dedupe_key(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue(tx, world.as_mara, "tests.flow", name="a", dedupe_key="acme:1")
    assert [end.status for end in jobs.run_ready()] == ["SUCCEEDED"]
    with db.transaction(world.as_mara) as tx:
        assert jobs.enqueue(tx, world.as_mara, "tests.flow", name="a", dedupe_key="acme:1") is None


def test_a_wrong_payload_fails_at_the_call(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        for wrong in ({}, {"name": "a", "colour": "red"}):
            with pytest.raises(Invalid, match=r"tests\.flow takes"):
                jobs.enqueue(tx, world.as_mara, "tests.flow", **wrong)


def test_many_jobs_go_in_at_once_without_those_already_there(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue(tx, world.as_mara, "tests.flow", name="a", dedupe_key="k0")
        items = [{"name": str(number)} for number in range(5)]
        added = jobs.enqueue_many(tx, world.as_mara, "tests.flow", items, dedupe_keys=[f"k{n}" for n in range(5)])
        assert added == 4
        with pytest.raises(Invalid, match="do not fit together"):
            jobs.enqueue_many(tx, world.as_mara, "tests.flow", items, dedupe_keys=["k"])


def test_a_job_runs_under_the_scope_of_its_row(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue(tx, world.as_mara, "tests.label", name="Hot")
    jobs.run_ready()
    assert examples.label_exists(world.as_mara, "Hot")
    assert not examples.label_exists(world.as_nils, "Hot")


def test_urgent_jobs_of_a_workspace_go_first(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue(tx, world.as_mara, "tests.flow", name="bulk", priority=500)
        jobs.enqueue(tx, world.as_mara, "tests.flow", name="reply", priority=10)
    assert [end.job.payload["name"] for end in jobs.run_ready()] == ["reply", "bulk"]


def test_a_job_is_not_begun_before_its_time(world: World) -> None:
    later = clock.now() + jobs.outcome.LONGEST_BACKOFF
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue(tx, world.as_mara, "tests.flow", name="a", run_at=later)
    assert jobs.run_ready() == []
    with clock.frozen(later):
        assert len(jobs.run_ready()) == 1


def test_a_dead_letter_is_listed_and_tried_again(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        job_id = jobs.enqueue(tx, world.as_mara, "tests.refused")
    jobs.run_ready()
    with db.transaction(world.as_mara) as tx:
        [letter] = jobs.queries.dead_letters(tx, world.as_mara)
        assert (letter.id, letter.last_error, letter.attempts) == (str(job_id), "invalid: The lead has no address.", 1)
        jobs.retry(tx, world.as_mara, job_id)
        with pytest.raises(Conflict, match="this one is PENDING"):
            jobs.retry(tx, world.as_mara, job_id)
        assert jobs.queries.dead_letters(tx, world.as_mara) == ()


def test_a_waiting_job_is_cancelled_by_name(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        job_id = jobs.enqueue(tx, world.as_mara, "tests.flow", name="a")
        jobs.cancel(tx, world.as_mara, job_id)
        with pytest.raises(Conflict):
            jobs.cancel(tx, world.as_mara, job_id)
    assert jobs.run_ready() == []
    assert examples.rows("status, last_error") == [("FAILED", "Cancelled by Mara Reyes.")]


def test_jobs_of_another_workspace_are_not_there(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        job_id = jobs.enqueue(tx, world.as_mara, "tests.flow", name="a")
    with db.transaction(world.as_nils) as tx:
        assert jobs.queries.page(tx, world.as_nils) == ()
        for touch in (jobs.cancel, jobs.retry):
            with pytest.raises(NotFound):
                touch(tx, world.as_nils, job_id)
        with pytest.raises(NotFound):
            jobs.retry(tx, world.as_nils, ids.new_id())


def test_depth_and_age_of_a_queue_are_told(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue_many(tx, world.as_mara, "tests.flow", [{"name": "a"}, {"name": "b"}])
        jobs.enqueue(tx, world.as_mara, "tests.flow", name="later", run_at=clock.now() + jobs.outcome.LONGEST_BACKOFF)
        [depth] = jobs.queries.depths(tx, world.as_mara)
    assert (depth.queue, depth.waiting, depth.scheduled, depth.running) == ("default", 2, 1, 0)
    assert depth.oldest_seconds >= 0
