"""The ledger of model calls: every call once, page by page, with sums that add up, and gone when it is old."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.services.llm.asking import ask
from tests.services.sending.stage import Stage
from tests.world import World
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Invalid, ModelFailed
from zrg_app.kit.scope import system
from zrg_app.models import AiInteraction
from zrg_app.services.llm import calls
from zrg_app.services.llm.calls import CallFilter, dollars
from zrg_app.services.llm.views import CallPage
from zrg_app.services.ops import retention

NOON = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


def row(world: World, at: datetime = NOON, **more: object) -> None:
    fields = {"purpose": "drafting", "prompt_key": "drafting.reply", "prompt_hash": "abc", "model": "gpt-5.1", "input_tokens": 900,
              "output_tokens": 100, "cost_usd": 0.25, "latency_ms": 2_000, "created_at": at} | more
    with db.transaction(world.as_mara) as tx:
        tx.add(AiInteraction(workspace_id=world.acme, **fields))


def page(world: World, after: str = "", **wanted: str) -> CallPage:
    with db.transaction(world.as_mara) as tx:
        return calls.page(tx, world.as_mara, CallFilter(**wanted), after=after)


def test_pages_hold_every_call_once_newest_first(world: World) -> None:
    for number in range(calls.PAGE + 7):
        row(world, NOON - timedelta(minutes=number // 2))
    first = page(world)
    rest = page(world, first.next_cursor)
    assert (len(first.rows), len(rest.rows), rest.next_cursor) == (calls.PAGE, 7, "")
    seen = [each.id for each in (*first.rows, *rest.rows)]
    assert len(set(seen)) == len(seen) and sorted((each.at for each in first.rows), reverse=True) == [each.at for each in first.rows]


def test_a_foreign_cursor_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        page(world, "yesterday")


def test_calls_are_narrowed_by_purpose_and_outcome(world: World) -> None:
    row(world)
    row(world, purpose="sentiment")
    row(world, purpose="sentiment", status="error", error_category="busy", error="The model is busy.")
    assert [each.purpose for each in page(world, purpose="sentiment").rows] == ["sentiment"] * 2
    (failed,) = page(world, purpose="sentiment", outcome="error").rows
    assert (failed.reason, failed.error) == ("busy", "The model is busy.")


def test_a_real_call_is_shown_with_its_lead_and_its_price(desk: Stage) -> None:
    lead_id = desk.lead_writes("emailbison")
    ask(desk, lead_id=lead_id)
    (shown,) = page(desk.world).rows
    assert (shown.lead_name, shown.lead_id) == ("Dana Kessler", str(lead_id))
    assert shown.cost.startswith(("$0.", "< $")) and shown.request_id and shown.input_tokens > 0


def test_a_call_whose_process_died_is_told_as_lost(world: World) -> None:
    with clock.frozen(NOON):
        row(world, NOON - timedelta(minutes=11), status="running")
        row(world, NOON - timedelta(minutes=1), status="running")
        shown = page(world).rows
    assert [(each.status, each.reason) for each in shown] == [("running", ""), ("error", "lost")]


def test_sums_are_per_day_of_the_workspace_and_per_purpose(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update workspace_settings set timezone = 'America/New_York'"))
    row(world, datetime(2026, 3, 2, 4, 30, tzinfo=UTC))
    row(world, datetime(2026, 3, 2, 5, 30, tzinfo=UTC), status="error", error_category="down")
    row(world, datetime(2026, 3, 2, 6, 30, tzinfo=UTC), purpose="sentiment", cost_usd=0.5)
    row(world, datetime(2026, 2, 1, tzinfo=UTC))
    with clock.frozen(NOON), db.transaction(world.as_mara) as tx:
        seen = calls.sums(tx, world.as_mara)
    assert [(each.name, each.calls, each.errors, each.error_share, each.cost) for each in seen.days] == [
        ("2026-03-02", 2, 1, "50%", "$0.7500"), ("2026-03-01", 1, 0, "0%", "$0.2500")]
    assert [(each.name, each.calls, each.tokens, each.seconds) for each in seen.purposes] == [
        ("drafting", 2, 2_000, "2.0"), ("sentiment", 1, 1_000, "2.0")]


@pytest.mark.parametrize(("amount", "said"), [(0, "$0"), (0.00001, "< $0.0001"), (0.0123, "$0.0123"), (1234.5, "$1,234.50")])
def test_money_is_told_for_people(amount: float, said: str) -> None:
    assert dollars(amount) == said


def test_the_ledger_forgets_after_its_days(world: World, setting: pytest.MonkeyPatch) -> None:
    for days in (1, 29, 31):
        row(world, clock.now() - timedelta(days=days))
    assert retention.prune(system("test"))["model_calls"] == 1
    assert len(page(world).rows) == 2


def test_another_workspace_sees_none_of_it(world: World) -> None:
    row(world)
    with db.transaction(world.as_nils) as tx:
        assert calls.page(tx, world.as_nils, CallFilter()).rows == ()
        assert calls.sums(tx, world.as_nils).days == ()


def test_a_refused_call_counts_as_failed(desk: Stage) -> None:
    desk.sandbox.control.add_fault("openai", "refusal")
    with pytest.raises(ModelFailed):
        ask(desk)
    with db.transaction(desk.as_job) as tx:
        (day,) = calls.sums(tx, desk.as_job).days
    assert (day.calls, day.errors, day.error_share) == (1, 1, "100%")
