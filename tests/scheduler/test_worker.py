"""A worker takes fair turns, keeps a lead's jobs in order, and loses nothing when it dies."""

import signal
from collections import Counter, defaultdict
from datetime import timedelta

import psycopg
import pytest

from tests import jobs as examples
from tests.jobs import DONE, rows, until, worker_process, working, working_beside
from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.scope import Scope, system
from zrg_app.services import jobs
from zrg_app.services.jobs.claim import claim
from zrg_app.services.jobs.lease import RELEASED

SHORT_LEASE = {"BACKGROUND_JOB_STALE_LOCK_MS": "1500"}


def enqueue_flows(scope: Scope, count: int, name: str, **options: object) -> None:
    """`count` flows called name-0, name-1 and so on."""
    with db.transaction(scope) as tx:
        jobs.enqueue_many(tx, scope, "tests.flow", [{"name": f"{name}-{n}"} for n in range(count)], **options)


def all_ended() -> bool:
    """Whether nothing waits or runs."""
    with db.fast_transaction(system("look at the queue")) as connection:
        return not connection.execute("select exists (select from background_job where status in ('PENDING', 'RUNNING'))"
                                      ).fetchone()[0]


def test_two_jobs_of_one_lead_never_run_at_once_and_keep_their_order(committed_world: World) -> None:
    leads = [ids.new_id() for _ in range(3)]
    with db.transaction(committed_world.as_mara) as tx:
        for turn in range(8):
            for lead in leads:
                jobs.enqueue(tx, committed_world.as_mara, "tests.flow", lead_id=lead, name=f"{lead}/{turn}", seconds=0.005)
    with working(2, concurrency=4):
        until(all_ended)
        seen = list(DONE)
    running: Counter[str] = Counter()
    order = defaultdict(list)
    for event, name, _, _ in sorted(seen, key=lambda entry: entry[3]):
        lead, turn = name.split("/")
        running[lead] += 1 if event == "began" else -1
        assert running[lead] in (0, 1)
        if event == "began":
            order[lead].append(int(turn))
    assert dict(order) == {str(lead): list(range(8)) for lead in leads}


def test_a_race_for_one_lead_fails_no_batch(committed_world: World) -> None:
    leads = [ids.new_id() for _ in range(40)]
    with db.transaction(committed_world.as_mara) as tx:
        for _ in range(10):
            jobs.enqueue_many(tx, committed_world.as_mara, "tests.flow", [{"name": str(lead)} for lead in leads],
                              lead_ids=leads)
    with working(4, concurrency=2):
        until(all_ended)
        assert Counter(name for event, name, _, _ in DONE if event == "ended") == {str(lead): 10 for lead in leads}
    assert Counter(rows("status, attempts, last_error")) == {("SUCCEEDED", 1, None): 400}


def test_a_noisy_workspace_does_not_starve_another(committed_world: World) -> None:
    enqueue_flows(committed_world.as_mara, 100_000, "noisy")
    with working(1, concurrency=4, batch=20):
        until(lambda: len(DONE) > 500)
        enqueue_flows(committed_world.as_nils, 10, "quiet", priority=500)
        until(lambda: sum(name.startswith("quiet") for _, name, _, _ in list(DONE)) == 20)
        seen = [name for event, name, _, _ in list(DONE) if event == "ended"]
    last_quiet = max(place for place, name in enumerate(seen) if name.startswith("quiet"))
    assert last_quiet < 50_000, f"the quiet workspace was served after {last_quiet} jobs"


def test_delayed_jobs_of_many_workspaces_take_no_turns(committed_world: World) -> None:
    with db.fast_transaction(system("a busy installation")) as connection:
        connection.execute("insert into workspace (id, owner_id) select gen_random_uuid(), %s from generate_series(1, 50)",
                           (committed_world.mara,))
        connection.execute("insert into background_job (id, workspace_id, kind, run_at) select gen_random_uuid(), id, "
                           "'tests.flow', now() + interval '1 hour' from workspace, generate_series(1, 20)")
        found = jobs.claim.lanes(connection, ["default"])
    assert found == []


def test_a_killed_worker_gives_its_jobs_back(committed_world: World) -> None:
    with db.transaction(committed_world.as_mara) as tx:
        jobs.enqueue(tx, committed_world.as_mara, "tests.flow", name="long", seconds=60)
    with worker_process(**SHORT_LEASE) as process:
        until(lambda: rows("status") == [("RUNNING",)])
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert rows("status, attempts") == [("RUNNING", 1)]
    with db.fast_transaction(system("make the second try short")) as connection:
        connection.execute("update background_job set payload = payload || '{\"seconds\": 0}'")
    with working(1, concurrency=1):
        until(all_ended)
    assert rows("status, attempts, last_error") == [("SUCCEEDED", 2, RELEASED)]


def test_a_job_that_kills_every_worker_ends_as_a_dead_letter(committed_world: World) -> None:
    with db.fast_transaction(system("a lease that ran out on the last try")) as connection:
        connection.execute("insert into background_job (id, workspace_id, kind, status, attempts, max_attempts, locked_until) "
                           "values (%s, %s, 'tests.flow', 'RUNNING', 5, 5, now() - interval '1 s')",
                           (ids.new_id(), committed_world.acme))
        assert jobs.lease.release_stale(connection) == 1
    assert rows("status, last_error") == [("FAILED", RELEASED)]


def test_killed_between_effect_and_completion_leaves_neither(committed_world: World) -> None:
    with db.transaction(committed_world.as_mara) as tx:
        jobs.enqueue(tx, committed_world.as_mara, "tests.label", name="Once", seconds=60)
    waiting = ("select exists (select from pg_stat_activity where datname = current_database() "
               "and state = 'idle in transaction' and query like 'insert into label%')")
    with worker_process(**SHORT_LEASE) as process:
        with psycopg.connect(db.plain_url(str(db.engine().url.render_as_string(False))), autocommit=True) as watch:
            until(lambda: watch.execute(waiting).fetchone()[0])
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not examples.label_exists(committed_world.as_mara, "Once")
    assert rows("status") == [("RUNNING",)]
    with db.fast_transaction(system("make the second try short")) as connection:
        connection.execute("update background_job set payload = payload || '{\"seconds\": 0}'")
    with working(1, concurrency=1):
        until(all_ended)
    with db.fast_transaction(committed_world.as_mara) as connection:
        assert connection.execute("select count(*) from label where name = 'Once'").fetchone() == (1,)


def test_sigterm_finishes_what_runs_and_hands_back_the_rest(committed_world: World) -> None:
    with db.transaction(committed_world.as_mara) as tx:
        for number in range(6):
            jobs.enqueue(tx, committed_world.as_mara, "tests.flow", name=str(number), seconds=1.5)
    with worker_process(BACKGROUND_JOB_WORKER_CONCURRENCY="2") as process:
        until(lambda: rows("status").count(("RUNNING",)) >= 2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert Counter(rows("status, attempts, locked_by")) == {("SUCCEEDED", 1, None): 2, ("PENDING", 0, None): 4}
    with db.fast_transaction(system("look at the workers")) as connection:
        assert connection.execute("select id from job_worker where id like %s", (f"%:{process.pid}:%",)).fetchall() == []


def test_a_late_result_of_a_lost_lease_changes_nothing(committed_world: World) -> None:
    enqueue_flows(committed_world.as_mara, 1, "a")
    with db.fast_transaction(system("claim twice")) as connection:
        options = {"share": 1, "lease": jobs.outcome.timedelta(seconds=-1)}
        [first] = jobs.claim.claim(connection, "one", [("default", committed_world.acme)], **options)
        jobs.lease.release_stale(connection)
        [second] = jobs.claim.claim(connection, "one", [("default", committed_world.acme)], **options)
        jobs.outcome.settle(connection, "one", [jobs.outcome.given_up(first, "too late")])
        assert not jobs.outcome.complete(connection, "one", first)
        assert jobs.outcome.complete(connection, "one", second)
    assert rows("status, last_error") == [("SUCCEEDED", RELEASED)]


def test_an_enqueuer_that_did_not_see_the_worker_listen_is_not_forgotten(
        committed_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.attention.POLL_SECONDS", 600)
    with working(1, concurrency=2) as [worker]:
        until(lambda: worker._attention.listening and worker._attention._fence is None)
        worker._attention._say(listening=False)
        with db.transaction(committed_world.as_mara) as tx:
            jobs.enqueue(tx, committed_world.as_mara, "tests.flow", name="unseen")
            worker._bell.ring()
            until(lambda: worker._attention.listening)
        until(lambda: len(DONE) == 2)


def test_jobs_behind_slow_ones_are_handed_to_others(committed_world: World) -> None:
    enqueue_flows(committed_world.as_mara, 2000, "quick")
    with db.transaction(committed_world.as_mara) as tx:
        jobs.enqueue_many(tx, committed_world.as_mara, "tests.flow", [{"name": "slow", "seconds": 6}] * 2, priority=200)
        jobs.enqueue_many(tx, committed_world.as_mara, "tests.flow", [{"name": "behind"}] * 5, priority=300)
    with working(1, concurrency=2, batch=20):
        until(lambda: sum(name == "slow" for _, name, _, _ in list(DONE)) == 2)
        with working_beside(concurrency=1):
            until(lambda: sum(name == "behind" for _, name, _, _ in list(DONE)) == 10)
            assert sum(name == "slow" for _, name, _, _ in list(DONE)) == 2
        until(all_ended)
    assert Counter(rows("status, attempts, deferrals")) == {("SUCCEEDED", 1, 0): 2007}


def test_a_worker_killed_with_the_database_away_comes_back(committed_world: World) -> None:
    enqueue_flows(committed_world.as_mara, 1, "before")
    with working(1, concurrency=2):
        until(all_ended)
        with psycopg.connect(db.plain_url(str(db.engine().url.render_as_string(False))), autocommit=True) as killer:
            killer.execute("select pg_terminate_backend(pid) from pg_stat_activity "
                           "where datname = current_database() and pid <> pg_backend_pid()")
        db.dispose()
        enqueue_flows(committed_world.as_mara, 3, "after")
        until(all_ended)
    assert Counter(rows("status")) == {("SUCCEEDED",): 4}


def test_a_row_locked_by_another_worker_still_goes_before_later_ones_of_its_lead(committed_world: World) -> None:
    lead, scope = ids.new_id(), committed_world.as_mara
    with db.transaction(scope) as tx:
        for turn in range(2):
            jobs.enqueue(tx, scope, "tests.flow", lead_id=lead, name=f"{turn}")
    with db.fast_transaction(system("hold the first row as a rival claim would")) as rival:
        rival.execute("select from background_job where payload ->> 'name' = '0' for update")
        with db.fast_transaction(system("claim beside it")) as connection:
            among = [("default", scope.workspace_id)]
            assert claim(connection, "second", among, share=10, lease=timedelta(minutes=1)) == []
