"""Whatever goes wrong with a model: the right reason, a row in the ledger, and no second bill that helps nobody."""

from typing import Any

import pytest
import structlog
from sqlalchemy import text

from sandbox.server import Running
from tests.services.llm.asking import ask, asked, calls
from tests.services.sending.stage import Stage
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import ModelBusy, ModelFailed
from zrg_app.kit.ids import new_id
from zrg_app.kit.settings import settings

# fault, its shape, the reason it ends in, how many requests reach the model, how many of them are rows
FAULTS: tuple[tuple[str, dict[str, Any], str, int, int], ...] = (
    ("status", {"status": 429, "retry_after": 60}, "busy", 1, 1),
    ("status", {"status": 429, "retry_after": 0, "times": 3}, "busy", 3, 1),
    ("status", {"status": 500, "times": 3}, "down", 3, 1),
    ("status", {"status": 503, "times": 3}, "down", 3, 1),
    ("status", {"status": 400}, "rejected", 1, 1),
    ("status", {"status": 401}, "locked", 1, 1),
    ("insufficient_quota", {}, "quota", 1, 1),
    ("refusal", {}, "refused", 1, 1),
    ("incomplete", {"times": 2}, "incomplete", 2, 2),
    ("malformed", {"times": 2}, "malformed", 2, 2),
    ("malformed", {"times": 2, "where": "body"}, "malformed", 2, 2),
    ("disconnect_before", {"times": 3}, "down", 0, 1),
    ("timeout_before", {"seconds": 5}, "late", 0, 1),
    ("slow", {"seconds": 5}, "late", 0, 1),
)


@pytest.mark.parametrize(("kind", "shape", "reason", "requests", "rows"), FAULTS)
def test_a_fault_ends_in_its_reason(desk: Stage, kind: str, shape: dict, reason: str, requests: int, rows: int) -> None:
    desk.sandbox.control.add_fault("openai", kind, **shape)
    with pytest.raises(ModelFailed) as failed:
        ask(desk, timeout=1.0 if reason == "late" else 10.0)
    assert failed.value.reason == reason
    assert len(asked(desk)) == requests
    assert [(row.status, row.error_category) for row in calls(desk)] == [("error", reason)] * rows
    assert all(row.error and row.latency_ms >= 0 for row in calls(desk))


@pytest.mark.parametrize(("kind", "shape"), [
    ("status", {"status": 429, "retry_after": 0}), ("status", {"status": 500}), ("disconnect_before", {}), ("incomplete", {}),
    ("malformed", {})])
def test_a_fault_that_passes_is_met_with_one_more_try(desk: Stage, kind: str, shape: dict) -> None:
    desk.sandbox.control.add_fault("openai", kind, **shape)
    assert ask(desk).data["reason"]
    assert calls(desk)[-1].status == "success"


def test_a_cut_off_answer_is_given_more_room_the_second_time(desk: Stage) -> None:
    desk.sandbox.control.add_fault("openai", "incomplete")
    ask(desk, max_output_tokens=8_000)
    assert [body["max_output_tokens"] for body in asked(desk)] == [8_000, 9_600]
    assert [row.status for row in calls(desk)] == ["error", "success"]


def test_no_second_try_without_more_room(desk: Stage) -> None:
    desk.sandbox.control.add_fault("openai", "incomplete")
    with pytest.raises(ModelFailed):
        ask(desk, max_output_tokens=18_000)
    assert len(asked(desk)) == 1


def test_a_busy_model_tells_the_job_how_long_to_wait(desk: Stage) -> None:
    desk.sandbox.control.add_fault("openai", "status", status=429, retry_after=42)
    with pytest.raises(ModelBusy) as busy:
        ask(desk)
    assert busy.value.retry_after == 42


def test_the_time_limit_is_for_both_tries_together(desk: Stage) -> None:
    desk.sandbox.control.add_fault("openai", "incomplete")
    desk.sandbox.control.add_fault("openai", "slow", seconds=5)
    with pytest.raises(ModelFailed) as failed:
        ask(desk, timeout=1.0)
    assert failed.value.reason == "late"
    assert sum(row.latency_ms for row in calls(desk)) < 2_000


def test_a_missing_key_asks_nobody_and_is_written_down(world: World, providers: Running) -> None:
    desk = Stage(world, providers)
    assert not settings().openai_api_key and not settings().sandbox_url
    with pytest.raises(ModelFailed) as failed:
        ask(desk)
    assert failed.value.reason == "missing_key"
    assert [(row.status, row.error_category) for row in calls(desk)] == [("error", "missing_key")]


def test_a_spend_limit_that_is_reached_asks_nobody_and_is_written_down(desk: Stage) -> None:
    ask(desk)
    with db.transaction(desk.as_job) as tx:
        tx.execute(text("update workspace_settings set daily_model_spend_limit_cents = 1"))
        tx.execute(text("update ai_interaction set cost_usd = 0.01"))
    with pytest.raises(ModelFailed) as failed:
        ask(desk)
    assert failed.value.reason == "spend_limit"
    assert len(asked(desk)) == 1
    assert calls(desk)[-1].error_category == "spend_limit"


def test_a_key_never_reaches_a_row_or_a_line_of_the_log(desk: Stage, setting: pytest.MonkeyPatch) -> None:
    setting.setenv("OPENAI_API_KEY", "bad-sk-very-secret-key")
    settings.cache_clear()
    desk.sandbox.control.add_fault("openai", "status", status=401, message="Incorrect API key provided: bad-sk-very-secret-key.", after=1)
    with structlog.testing.capture_logs() as lines:
        for _ in range(2):
            with pytest.raises(ModelFailed) as failed:
                ask(desk)
            assert failed.value.reason == "locked" and "secret" not in failed.value.sentence
    assert lines and "very-secret" not in repr(lines) and "very-secret" not in repr(calls(desk))


def test_an_answer_of_another_shape_is_no_answer(desk: Stage) -> None:
    desk.sandbox.control.add_fault("openai", "status", status=200, times=2, body=_completed('{"reason": 7}'))
    with pytest.raises(ModelFailed) as failed:
        ask(desk)
    assert failed.value.reason == "malformed" and "reason" in failed.value.sentence


def test_a_lead_that_is_gone_stops_no_call(desk: Stage) -> None:
    assert ask(desk, lead_id=new_id()).data["reason"]
    assert calls(desk)[0].lead_id is None


def test_connections_are_used_again(desk: Stage) -> None:
    from zrg_app.services.llm.client import client  # noqa: PLC0415 because only this test looks behind the door

    before = client()
    ask(desk)
    assert client() is before


def _completed(said: str) -> dict[str, Any]:
    content = [{"type": "output_text", "text": said, "annotations": []}]
    return {"id": "resp_1", "object": "response", "created_at": 1, "status": "completed", "model": "gpt-5-mini", "output": [
        {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": content}],
        "usage": {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}}
