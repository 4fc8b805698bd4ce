"""Every timer has its job, every tick starts once, and one sidecar leads while others stand by."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import timers
from scheduler.leader import Leadership
from scheduler.schedule import EPOCH, TIMERS, Timer
from tests.jobs import rows, until
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.scope import system
from zrg_app.services import jobs

FOLD = Timer(name="fold", job="ops.fold_counters", every=timedelta(seconds=30))


@pytest.mark.parametrize("timer", TIMERS, ids=lambda timer: timer.name)
def test_every_timer_has_its_job(timer: Timer) -> None:
    job = jobs.registered(timer.job)
    assert job.required == frozenset(), f"{timer.job} wants arguments that a timer does not have"


def test_a_timer_without_its_job_is_reported_and_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    lost = Timer(name="lost", job="nobody.does_this", every=timedelta(seconds=30))
    assert timers.runnable([FOLD, lost]) == [FOLD]
    assert "scheduler.timer_without_job" in capsys.readouterr().out


def test_timer_names_are_unique() -> None:
    assert len({timer.name for timer in TIMERS}) == len(TIMERS)


@given(st.integers(0, 2_500_000_000_000_000), st.sampled_from(TIMERS))
def test_a_tick_lies_at_most_one_period_back_and_is_stable(microseconds: int, timer: Timer) -> None:
    now = EPOCH + timedelta(microseconds=microseconds)
    tick = timer.tick(now)
    assert timedelta(0) <= now - tick < timer.every
    assert timer.tick(tick) == tick


def test_a_daily_timer_ticks_at_its_time() -> None:
    prune = next(timer for timer in TIMERS if timer.name == "prune")
    assert prune.tick(datetime(2026, 5, 4, 3, 16, tzinfo=UTC)) == datetime(2026, 5, 3, 3, 17, tzinfo=UTC)
    assert prune.tick(datetime(2026, 5, 4, 3, 18, tzinfo=UTC)) == datetime(2026, 5, 4, 3, 17, tzinfo=UTC)


def test_one_tick_started_by_two_sidecars_is_one_job(world: World) -> None:
    at = datetime(2026, 5, 4, 12, 0, 7, tzinfo=UTC)
    with clock.frozen(at):
        assert timers.start(FOLD).is_new
    with clock.frozen(at + timedelta(seconds=5)):
        assert not timers.start(FOLD).is_new
    with clock.frozen(at + timedelta(seconds=30)):
        assert timers.start(FOLD).is_new
    assert rows("dedupe_key", "run_at") == [("run:fold@2026-05-04T12:00:00+00:00",), ("run:fold@2026-05-04T12:00:30+00:00",)]


def test_the_ledger_says_how_a_tick_ended(world: World) -> None:
    timers.start(FOLD)
    with db.fast_transaction(system("look at the ledger")) as connection:
        assert connection.execute("select status, finished_at from function_run").fetchone() == ("PENDING", None)
    jobs.run_ready()
    with db.fast_transaction(system("look at the ledger")) as connection:
        status, outcome, error, duration, source = connection.execute(
            "select status, outcome, last_error, duration_ms, source from function_run").fetchone()
    assert (status, error, source) == ("SUCCEEDED", None, "timer")
    assert outcome == {"deltas": 0, "sums": 0} and duration >= 0


def test_the_ledger_keeps_the_error_of_a_tick(world: World) -> None:
    timers.start(Timer(name="refused", job="tests.refused", every=timedelta(seconds=30)))
    jobs.run_ready()
    with db.fast_transaction(system("look at the ledger")) as connection:
        found = connection.execute("select status, last_error from function_run").fetchone()
    assert found == ("FAILED", "invalid: The lead has no address.")


def test_a_run_left_open_by_a_crash_is_healed(world: World) -> None:
    timers.start(FOLD)
    with db.fast_transaction(system("a crash after the job")) as connection:
        connection.execute("update background_job set status = 'SUCCEEDED', finished_at = now() - interval '5 min'")
        assert jobs.runs.heal(connection) == 1
        assert connection.execute("select status from function_run").fetchone() == ("SUCCEEDED",)


def test_one_leads_and_another_takes_over(committed_database: str) -> None:
    first, second = Leadership(), Leadership()
    assert first.confirm() and not second.confirm()
    assert first.confirm() and not second.confirm()
    first.release()
    assert until(second.confirm) and not first.confirm()
    second.release()
    first.release()


def test_a_leader_whose_connection_is_cut_knows_it(committed_database: str) -> None:
    first, second = Leadership(), Leadership()
    assert first.confirm() and not second.confirm()
    with db.fast_transaction(system("cut the leader's connection")) as connection:
        connection.execute("reset role")
        connection.execute("select pg_terminate_backend(%s)", (first._connection.info.backend_pid,))
    assert until(second.confirm)
    assert not first.confirm()
    assert not first.confirm() and second.confirm()
    second.release()
    first.release()


def test_of_two_sidecars_one_leads_and_every_tick_is_one_run(committed_database: str) -> None:
    def runs(name: str) -> list[tuple]:
        with db.fast_transaction(system("look at the ledger")) as connection:
            return connection.execute("select run_key, status from function_run where function_name = %s", (name,)).fetchall()

    def is_up(pid: int) -> bool:
        with db.fast_transaction(system("look at the workers")) as connection:
            return connection.execute("select exists (select from job_worker where id like %s)", (f"%:{pid}:%",)).fetchone()[0]

    sidecars = [subprocess.Popen([sys.executable, "-m", "scheduler"]) for _ in range(2)]
    try:
        until(lambda: all(is_up(sidecar.pid) for sidecar in sidecars))
        until(lambda: {status for _, status in runs("background-jobs")} == {"SUCCEEDED"})
        with db.fast_transaction(system("find the leader")) as connection:
            leader = connection.execute("select pid from pg_locks where locktype = 'advisory' and objid = 7205014 and granted "
                                        "and database = (select oid from pg_database where datname = current_database())"
                                        ).fetchall()
        assert len(leader) == 1
        until(lambda: all(runs(timer.name) for timer in timers.runnable()))
        keys = [key for timer in TIMERS for key, _ in runs(timer.name)]
        assert len(keys) == len(set(keys)) >= len(timers.runnable())
    finally:
        for sidecar in sidecars:
            sidecar.send_signal(signal.SIGTERM)
        assert [sidecar.wait(30) for sidecar in sidecars] == [0, 0]
