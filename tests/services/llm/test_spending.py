"""A workspace's day of model money: counted in its own zone, handed out once, and clear when it is gone."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from tests.services.llm.asking import ask, calls
from tests.services.sending.stage import Stage
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.errors import ModelBusy, ModelFailed
from zrg_app.services import llm
from zrg_app.services.llm import ledger
from zrg_app.services.llm.spending import rule

MONEY = st.decimals(0, 10, places=3)


def limited(world: World, cents: int, zone: str = "America/New_York") -> None:
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update workspace_settings set daily_model_spend_limit_cents = :cents, timezone = :zone"),
                   {"cents": cents, "zone": zone})


def entry(world: World, most_output: int = 1_000) -> ledger.Entry:
    """A call of gpt-5.1: 1,000 tokens of answer are a cent."""
    return ledger.Entry(scope=world.as_mara, purpose="tests", model="gpt-5.1", most_output=most_output)


def spent(made: ledger.Entry, tokens: int) -> None:
    made.output_tokens = tokens
    ledger.settle(made)


@given(MONEY, MONEY, MONEY, MONEY)
def test_nothing_starts_once_the_limit_is_spent_and_something_can_before(
        limit: Decimal, settled: Decimal, under_way: Decimal, most: Decimal) -> None:
    ruling = rule(limit=limit, settled=settled, under_way=under_way, most=most)
    assert (ruling == "stop") is (settled >= limit)
    if ruling == "go" and under_way:
        assert settled + under_way + most <= limit
    if not under_way and settled < limit:
        assert ruling == "go"


def test_calls_under_way_count_until_they_are_settled(world: World) -> None:
    limited(world, 3)
    first = entry(world, 2_000)
    ledger.begin(first)
    ledger.begin(entry(world, 1_000))
    with pytest.raises(ModelBusy):
        ledger.begin(entry(world, 1_000))
    spent(first, 100)
    ledger.begin(entry(world, 1_000))


def test_a_call_that_was_lost_does_not_hold_money_for_ever(world: World) -> None:
    limited(world, 1)
    ledger.begin(entry(world, 1_000))
    with pytest.raises(ModelBusy):
        ledger.begin(entry(world))
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update ai_interaction set created_at = created_at - interval '11 minutes'"))
    ledger.begin(entry(world))


def test_the_day_ends_at_midnight_of_the_workspace(world: World) -> None:
    limited(world, 1)
    with clock.frozen(datetime(2026, 3, 2, 4, 30, tzinfo=UTC)):  # 23:30 on March 1 in New York
        made = entry(world)
        ledger.begin(made)
        spent(made, 1_000)
        with db.transaction(world.as_mara) as tx:
            seen = llm.spend(tx, world.as_mara)
        assert (seen.spent_usd, seen.limit_usd, seen.is_reached) == (0.01, 0.01, True)
        assert seen.resets_at == "2026-03-02T00:00:00-05:00"
        with pytest.raises(ModelFailed) as stopped:
            ledger.begin(entry(world))
        assert stopped.value.reason == "spend_limit"
    with clock.frozen(datetime(2026, 3, 2, 5, 30, tzinfo=UTC)):
        ledger.begin(entry(world))


def test_a_day_of_twenty_three_hours_ends_at_its_midnight(world: World) -> None:
    limited(world, 1)
    with clock.frozen(datetime(2026, 3, 8, 20, 0, tzinfo=UTC)), db.transaction(world.as_mara) as tx:
        assert llm.spend(tx, world.as_mara).resets_at == "2026-03-09T00:00:00-04:00"


def test_no_limit_is_no_limit_and_says_what_was_spent(desk: Stage) -> None:
    ask(desk)
    with db.transaction(desk.as_job) as tx:
        seen = llm.spend(tx, desk.as_job)
    assert seen.limit_usd == 0 and not seen.is_reached and seen.spent_usd > 0


def test_a_late_answer_costs_what_was_sent(desk: Stage) -> None:
    desk.sandbox.control.add_fault("openai", "slow", seconds=3)
    with pytest.raises(ModelFailed):
        ask(desk, timeout=0.5, text="Why? " * 4_000)
    assert calls(desk)[0].cost_usd > Decimal("0.001")


def test_many_workers_at_once_stay_within_the_limit(committed_world: World) -> None:
    limited(committed_world, 10)

    def one(_: int) -> bool:
        try:
            made = entry(committed_world, 3_000)
            ledger.begin(made)
        except ModelFailed:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        started = sum(future.result() for future in [pool.submit(copy_context().run, one, n) for n in range(24)])
    assert started == 3
    assert [row.status for row in committed_rows(committed_world)] == ["running"] * 3


def committed_rows(world: World) -> list:
    with db.transaction(world.as_mara) as tx:
        return tx.execute(text("select status from ai_interaction")).all()
