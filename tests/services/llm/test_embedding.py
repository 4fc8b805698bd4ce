"""Texts become vectors when a model for it is configured, in their order, counted like every other call."""

import math

import pytest

from tests.services.llm.asking import calls
from tests.services.sending.stage import Stage
from zrg_app.kit.errors import ModelFailed
from zrg_app.services import llm

TEXTS = ["Our pricing for three sites", "Opening hours in winter", "", "pricing for sites"]


def close(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_without_a_model_there_are_no_vectors_and_no_call(desk: Stage) -> None:
    assert llm.embed(desk.as_job, TEXTS, purpose="knowledge") is None
    assert calls(desk) == []


def test_texts_alike_lie_near_each_other(embedding_desk: Stage) -> None:
    vectors = llm.embed(embedding_desk.as_job, TEXTS, purpose="knowledge")
    assert [len(vector) for vector in vectors] == [256] * 4
    assert all(math.isclose(close(vector, vector), 1, abs_tol=1e-5) for vector in vectors)
    assert close(vectors[0], vectors[3]) > 0.7 > close(vectors[0], vectors[1])
    row = calls(embedding_desk)[0]
    assert (row.purpose, row.model, row.status) == ("knowledge", "text-embedding-3-small", "success")
    assert row.input_tokens > 0 and row.cost_usd > 0 and row.request_id


def test_many_texts_go_in_batches_and_come_back_in_order(embedding_desk: Stage) -> None:
    texts = [f"word{number}" for number in range(130)]
    vectors = llm.embed(embedding_desk.as_job, texts, purpose="knowledge")
    assert vectors[77] == llm.embed(embedding_desk.as_job, [texts[77]], purpose="knowledge")[0]
    assert len(calls(embedding_desk)) == 4


@pytest.mark.parametrize(("kind", "shape", "reason"), [
    ("incomplete", {}, "malformed"), ("malformed", {"where": "body"}, "malformed"), ("status", {"status": 400}, "rejected"),
    ("insufficient_quota", {}, "quota")])
def test_a_fault_ends_in_its_reason_and_a_row(embedding_desk: Stage, kind: str, shape: dict, reason: str) -> None:
    embedding_desk.sandbox.control.add_fault("openai", kind, **shape)
    with pytest.raises(ModelFailed) as failed:
        llm.embed(embedding_desk.as_job, TEXTS, purpose="knowledge")
    assert failed.value.reason == reason
    assert [row.error_category for row in calls(embedding_desk)] == [reason]
