"""Sidebar numbers stay right while deltas are folded, and what is wrong is found and mended."""

import threading

import psycopg
import pytest

from tests.world import World
from zrg_app.kit import db, ids
from zrg_app.kit.scope import Scope, system
from zrg_app.services.ops import counters

TOTALS = """
select key, sum(n)::int from (select key, n from inbox_count where workspace_id = %(workspace)s
                              union all select key, n from inbox_count_delta where workspace_id = %(workspace)s) parts
group by key having sum(n) <> 0 order by key
"""


def conversations(world: World, count: int) -> None:
    """`count` leads with a conversation each."""
    with db.fast_transaction(world.as_mara) as connection:
        leads = [ids.new_id() for _ in range(count)]
        connection.execute("insert into lead (id, workspace_id) select unnest(%s::uuid[]), %s", (leads, world.acme))
        connection.execute("insert into conversation (workspace_id, lead_id, sentiment, unread_count, last_message_at) "
                           "select %s, unnest(%s::uuid[]), 'Interested', 1, now()", (world.acme, leads))


def totals(world: World) -> dict[str, int]:
    """The numbers as a screen adds them up."""
    with db.fast_transaction(world.as_mara) as connection:
        return dict(connection.execute(TOTALS, {"workspace": world.acme}).fetchall())


def deltas() -> int:
    """How many deltas are not folded yet."""
    with db.fast_transaction(system("count deltas")) as connection:
        return connection.execute("select count(*) from inbox_count_delta").fetchone()[0]


def run(function: object) -> dict:
    """Run a counter job as the worker would."""
    scope: Scope = system("test")
    with db.transaction(scope) as tx:
        return function(tx, scope)


def test_folding_changes_no_number(world: World) -> None:
    conversations(world, 5)
    before, waiting = totals(world), deltas()
    assert before == {"all": 5, "sentiment:Interested": 5, "unread": 5} and waiting > 0
    assert run(counters.fold) == {"deltas": waiting, "sums": 3}
    assert totals(world) == before and deltas() == 0
    assert run(counters.fold) == {"deltas": 0, "sums": 0}


def test_right_numbers_are_left_alone(world: World) -> None:
    conversations(world, 3)
    run(counters.fold)
    conversations(world, 2)
    assert run(counters.check) == {"wrong": 0}


def test_a_wrong_number_is_found_and_mended(world: World) -> None:
    conversations(world, 3)
    run(counters.fold)
    right = totals(world)
    with db.fast_transaction(system("spoil the counters")) as connection:
        connection.execute("update inbox_count set n = n + 7 where key = 'unread'")
        connection.execute("delete from inbox_count where key = 'all'")
        connection.execute("insert into inbox_count (workspace_id, key, n) values (%s, 'ghost', 2)", (world.acme,))
    assert run(counters.check) == {"wrong": 3}
    assert totals(world) == right
    assert run(counters.check) == {"wrong": 0}


@pytest.mark.parametrize("writers", [4])
def test_numbers_are_right_at_every_moment_of_concurrent_folding(committed_world: World, writers: int) -> None:
    rounds, seen = 25, []

    def write() -> None:
        for _ in range(rounds):
            conversations(committed_world, 1)

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        run(counters.fold)
        numbers = totals(committed_world)
        seen.append(numbers.get("all", 0))
        assert numbers.get("all", 0) == numbers.get("unread", 0)
    for thread in threads:
        thread.join()
    assert seen == sorted(seen)
    run(counters.fold)
    assert totals(committed_world)["all"] == writers * rounds
    assert run(counters.check) == {"wrong": 0}


def test_two_folds_do_not_wait_for_each_other(committed_world: World) -> None:
    conversations(committed_world, 1)
    with psycopg.connect(db.plain_url(db.engine().url.render_as_string(hide_password=False))) as other:
        other.execute("select pg_advisory_xact_lock(hashtext('zrg_fold_counters'))")
        assert run(counters.fold) == {"skipped": True}
