"""A model is asked only for what it accepts, and costs what the table says."""

from decimal import Decimal

import httpx
import pytest

from sandbox.server import Running
from zrg_app.kit.errors import Invalid
from zrg_app.kit.settings import settings
from zrg_app.services.llm import models
from zrg_app.services.llm.models import MODELS, SCALE, WRITERS, cost, effort, options

EFFORTS = (*SCALE, "extra_high")
TEMPERATURES = (None, 0, 0.7, 2, 5)


def answered(providers: Running, model: str, chosen: dict) -> httpx.Response:
    return httpx.post(f"{providers.base_url}/openai/v1/responses", headers={"authorization": "Bearer key"}, timeout=10,
                      json={"model": model, "input": "Hello"} | chosen)


@pytest.mark.parametrize("model", WRITERS)
def test_no_model_is_ever_sent_an_option_it_refuses(model: str, providers: Running) -> None:
    for wanted in EFFORTS:
        for temperature in TEMPERATURES:
            for most in (1, 1_000, 10_000_000):
                chosen = options(model, effort_wanted=wanted, temperature=temperature, max_output_tokens=most)
                answer = answered(providers, model, chosen)
                assert answer.status_code == 200, (model, chosen, answer.text)


@pytest.mark.parametrize(("model", "chosen"), [
    ("gpt-5.1", {"reasoning": {"effort": "minimal"}}), ("gpt-5.1", {"reasoning": {"effort": "xhigh"}}),
    ("gpt-5-mini", {"reasoning": {"effort": "none"}}), ("gpt-5-mini", {"temperature": 0}),
    ("gpt-5.2", {"temperature": 0, "reasoning": {"effort": "low"}}), ("gpt-4.1", {"reasoning": {"effort": "low"}}),
    ("gpt-5-mini-2025-08-07", {"temperature": 1}), ("gpt-5.2", {"max_output_tokens": 4}), ("gpt-5.2", {"max_output_tokens": 200_000})])
def test_the_stand_in_refuses_what_the_real_model_refuses(model: str, chosen: dict, providers: Running) -> None:
    answer = answered(providers, model, chosen)
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "invalid_request_error")


@pytest.mark.parametrize(("model", "wanted", "sent"), [
    ("gpt-5.2", "extra_high", "xhigh"), ("gpt-5.1", "extra_high", "high"), ("gpt-5-mini", "xhigh", "high"),
    ("gpt-5-mini", "none", "minimal"), ("gpt-5.2", "minimal", "none"), ("gpt-5.1", "medium", "medium"), ("gpt-4.1", "high", None)])
def test_an_effort_becomes_the_nearest_one_below(model: str, wanted: str, sent: str | None) -> None:
    assert effort(model, wanted) == sent


def test_a_temperature_costs_the_reasoning_where_both_do_not_go_together() -> None:
    chosen = options("gpt-5.2", effort_wanted="low", temperature=0, max_output_tokens=500)
    assert chosen == {"reasoning": {"effort": "none"}, "temperature": 0.0, "max_output_tokens": 500}
    assert "temperature" not in options("gpt-5-mini", effort_wanted="low", temperature=0, max_output_tokens=500)


def test_an_unknown_model_is_sent_no_effort_and_costs_nothing() -> None:
    assert effort("house-model", "low") is None
    assert cost("house-model", 1000, 1000) == 0
    assert set(options("house-model", effort_wanted="low", temperature=1, max_output_tokens=500)) == {"max_output_tokens"}


def test_a_dated_snapshot_costs_what_its_family_costs_and_a_namesake_does_not() -> None:
    assert cost("gpt-5-mini-2026-01-01", 1_000_000, 1_000_000) == Decimal("2.25")
    assert cost("gpt-5.2-pro", 1_000_000, 1_000_000) == 0


def test_models_of_the_environment_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZRG_MODELS", "house-7b 0.2/0.6 temperature; gpt-6 2/12 none,low,high temperature; plain 1/2")
    settings.cache_clear()
    assert cost("house-7b", 1_000_000, 1_000_000) == Decimal("0.8")
    assert options("house-7b", effort_wanted="low", temperature=1, max_output_tokens=99) == {"temperature": 1.0, "max_output_tokens": 99}
    assert effort("gpt-6", "medium") == "low" and effort("gpt-6", "medium", with_temperature=True) == "none"
    assert effort("plain", "low") is None and not models.takes_temperature("plain")
    monkeypatch.setenv("ZRG_MODELS", "house-7b 0.2/0.6 often")
    settings.cache_clear()
    with pytest.raises(Invalid, match="house-7b"):
        models.known("gpt-5-mini")
    monkeypatch.undo()
    settings.cache_clear()


def test_every_model_we_know_has_a_price() -> None:
    assert all(model.input_price > 0 for model in MODELS.values())
