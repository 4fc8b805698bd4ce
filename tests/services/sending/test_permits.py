"""Do all our processes together stay within a provider's limit?"""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from zrg_app.integrations import smartlead
from zrg_app.integrations.base import Account, RateLimit
from zrg_app.kit import clock
from zrg_app.kit.errors import ProviderBusy
from zrg_app.services import sending

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_twenty_callers_at_once_get_as_many_permits_as_the_limit_has(committed_database: str) -> None:
    limit = RateLimit(calls=7, seconds=10)

    def ask(_: int) -> float:
        with clock.frozen(NOON):
            return sending.permit("ghl:burst", limit)

    with ThreadPoolExecutor(20) as callers:
        waits = list(callers.map(ask, range(20)))
    assert sum(wait == 0 for wait in waits) == 7
    assert all(wait > 0 for wait in waits if wait)


def test_no_window_ever_holds_more_calls_than_the_limit(database: str) -> None:
    limit, chance, at, granted = RateLimit(calls=5, seconds=10), random.Random(42), NOON, []
    for _ in range(150):
        at += timedelta(seconds=chance.uniform(0, 1.2))
        with clock.frozen(at):
            if sending.permit("ghl:steady", limit) == 0:
                granted.append(at)
    assert len(granted) > 30
    assert all(after - before >= timedelta(seconds=10) for before, after in zip(granted, granted[5:], strict=False))


def test_a_wait_that_was_told_is_long_enough(database: str) -> None:
    limit = RateLimit(calls=1, seconds=10)
    with clock.frozen(NOON):
        assert sending.permit("ghl:one", limit) == 0
        wait = sending.permit("ghl:one", limit)
    with clock.frozen(NOON + timedelta(seconds=wait)):
        assert sending.permit("ghl:one", limit) == 0


def test_a_pause_the_provider_asked_for_holds_its_account_and_no_other(database: str) -> None:
    limit = RateLimit(calls=90, seconds=10)
    with clock.frozen(NOON):
        sending.pause("ghl:paused", 30)
        assert sending.permit("ghl:paused", limit) == 30
        assert sending.permit("ghl:other", limit) == 0
    with clock.frozen(NOON + timedelta(seconds=30)):
        assert sending.permit("ghl:paused", limit) == 0


@pytest.mark.parametrize(("seconds", "told"), [(40, "we go on in 40 s"), (900, "we go on in 15 minutes"), (86_400, "we go on in 24 hours")])
def test_a_wait_names_its_true_reason(database: str, seconds: float, told: str) -> None:
    account = Account(provider="smartlead", workspace_id="w", external_id=None, base_url="http://nowhere.example", credentials={})
    with clock.frozen(NOON):
        sending.pause("smartlead:w", seconds)
        with pytest.raises(ProviderBusy, match=f"SmartLead has asked us to make no more calls for now; {told}") as held:
            smartlead.check(account)
        assert held.value.retry_after == seconds
    with clock.frozen(NOON + timedelta(days=2)):
        for _ in range(60):
            assert sending.permit("smartlead:w", smartlead.LIMIT) == 0
        with pytest.raises(ProviderBusy, match="SmartLead allows 60 calls in 60 s; we wait our turn"):
            smartlead.check(account)
