"""What becomes of a job that fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import jobs as examples
from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.errors import Forbidden, ModelBusy, ProviderBusy, ProviderDown, ProviderRefused
from zrg_app.kit.scope import system
from zrg_app.services import jobs
from zrg_app.services.jobs import outcome
from zrg_app.services.jobs.claim import Claimed

NOW = clock.now()


def claimed(attempts: int = 1, deferrals: int = 0) -> Claimed:
    """A job in the hands of a worker."""
    return Claimed(id=ids.new_id(), workspace_id=None, kind="tests.flow", queue="default", payload={}, priority=100,
                   run_at=NOW, attempts=attempts, max_attempts=5, deferrals=deferrals, lead_id=None, dedupe_key=None,
                   correlation_id=None)


@given(st.integers(-5, 10_000), st.floats(0, 0.999))
def test_the_backoff_doubles_and_ends_at_a_quarter_of_an_hour(attempts: int, jitter: float) -> None:
    wait = outcome.backoff(attempts, jitter).total_seconds()
    assert 2 <= wait <= 900
    assert wait == pytest.approx(min(900, 2 ** min(max(attempts, 1), 10) + jitter), abs=1e-5)


def test_an_outage_is_tried_again_until_the_attempts_are_used_up() -> None:
    statuses = [outcome.failed(claimed(attempts), ProviderDown("No answer."), NOW).status for attempts in range(1, 6)]
    assert statuses == ["PENDING"] * 4 + ["FAILED"]


@pytest.mark.parametrize("error", [Forbidden("Not allowed."), ProviderRefused("Do not disturb.", code="sms_dnd")])
def test_a_refusal_is_not_tried_again(error: Exception) -> None:
    ended = outcome.failed(claimed(), error, NOW)
    assert ended.status == "FAILED" and ended.error == f"{error.reason}: {error.sentence}"


def test_a_busy_provider_costs_no_attempt_but_not_for_ever() -> None:
    busy = ProviderBusy("Wait.", retry_after=7)
    ended = outcome.failed(claimed(attempts=5), busy, NOW)
    assert (ended.status, ended.refund, (ended.run_at - NOW).total_seconds()) == ("PENDING", 1, 7)
    assert outcome.failed(claimed(attempts=5, deferrals=outcome.MOST_DEFERRALS), busy, NOW).status == "FAILED"


def test_a_busy_model_is_waited_for_like_a_busy_provider() -> None:
    ended = outcome.failed(claimed(attempts=5), ModelBusy("Wait.", retry_after=7), NOW)
    assert (ended.status, ended.refund, ended.error, (ended.run_at - NOW).total_seconds()) == ("PENDING", 1, "busy: Wait.", 7)


@pytest.mark.parametrize(("asked", "waited"), [(-5, 1), (0, 1), (86_400, 900)])
def test_a_provider_cannot_make_us_spin_or_wait_for_days(asked: float, waited: float) -> None:
    ended = outcome.failed(claimed(), ProviderBusy("Wait.", retry_after=asked), NOW)
    assert (ended.run_at - NOW).total_seconds() == waited


def test_a_defect_is_retried_with_its_error_and_ends_as_a_dead_letter(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue(tx, world.as_mara, "tests.broken")
    at = clock.now()
    for attempt in (1, 2, 3):
        with clock.frozen(at):
            assert len(jobs.run_ready()) == 1
        status, attempts, run_at = examples.rows("status, attempts, run_at")[0]
        assert attempts == attempt
        assert status == ("PENDING" if attempt < 3 else "FAILED")
        assert status == "FAILED" or 2 ** attempt <= (run_at - at).total_seconds() < 2 ** attempt + 1
        at = run_at
    assert examples.rows("last_error") == [("RuntimeError: The moon is in the wrong place.",)]


def test_a_busy_job_keeps_its_attempts_in_the_row(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        jobs.enqueue(tx, world.as_mara, "tests.busy", retry_after=30)
    jobs.run_ready()
    assert examples.rows("status, attempts, deferrals") == [("PENDING", 0, 1)]


def test_an_unknown_kind_fails_with_a_clear_reason(world: World) -> None:
    with db.fast_transaction(system("an old version enqueued it")) as connection:
        connection.execute("insert into background_job (id, workspace_id, kind) values (%s, %s, 'gone.job')",
                           (ids.new_id(), world.acme))
    jobs.run_ready()
    assert examples.rows("status, last_error") == [("FAILED", "There is no job called gone.job.")]


def test_a_payload_of_an_old_version_fails_with_a_clear_reason(world: World) -> None:
    with db.fast_transaction(system("an old version enqueued it")) as connection:
        connection.execute("insert into background_job (id, workspace_id, kind, payload) values "
                           "(%s, %s, 'tests.flow', '{\"title\": \"a\"}')", (ids.new_id(), world.acme))
    jobs.run_ready()
    [(status, error)] = examples.rows("status, last_error")
    assert status == "FAILED" and "its row has ['title']" in error


def test_a_failed_transactional_job_leaves_nothing(world: World) -> None:
    @jobs.job("tests.half_done", tries=1)
    def half_done(tx: db.Tx, scope: object) -> None:
        examples.write_label(tx, scope, name="Half")
        raise RuntimeError("Power cut.")

    try:
        with db.transaction(world.as_mara) as tx:
            jobs.enqueue(tx, world.as_mara, "tests.half_done")
        jobs.run_ready()
    finally:
        jobs.registry.forget("tests.half_done")
    assert not examples.label_exists(world.as_mara, "Half")
    assert examples.rows("status") == [("FAILED",)]
