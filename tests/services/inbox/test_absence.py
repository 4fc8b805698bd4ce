"""Somebody who is away is out of sight until they had a working day to settle in, and nothing else is pushed aside for it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.inbox import wakes_at
from zrg_app.services.inbox.absence import LONGEST

ZONES = [ZoneInfo(name) for name in ("America/Los_Angeles", "Europe/Berlin", "Pacific/Auckland", "Asia/Kolkata", "UTC")]
moments = st.integers(1_700_000_000, 2_050_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(st.integers(-400, 400), st.sampled_from(ZONES), moments)
def test_it_is_nine_on_the_next_working_day_after_their_return(days: int, zone: ZoneInfo, now: datetime) -> None:
    today = now.astimezone(zone).date()
    back = today + timedelta(days=days)
    until = wakes_at(back, zone, now)
    assert (until is None) == (days <= 0 or days > LONGEST.days)
    if until is not None:
        local = until.astimezone(zone)
        assert local.time() == time(9) and local.weekday() < 5 and until > now
        assert all((back + timedelta(days=gap)).weekday() >= 5 for gap in range(1, (local.date() - back).days))


@given(st.integers(1, 179), st.sampled_from(ZONES), moments)
def test_a_later_return_never_wakes_earlier(days: int, zone: ZoneInfo, now: datetime) -> None:
    back = now.astimezone(zone).date() + timedelta(days=days)
    sooner, later = wakes_at(back, zone, now), wakes_at(back + timedelta(days=1), zone, now)
    assert sooner is not None and later is not None and sooner <= later


@pytest.mark.parametrize(("back", "until"), [
    (date(2026, 12, 7), datetime(2026, 12, 8, 8, tzinfo=UTC)), (date(2026, 12, 11), datetime(2026, 12, 14, 8, tzinfo=UTC)),
    (date(2027, 3, 26), datetime(2027, 3, 29, 7, tzinfo=UTC)), (date(2026, 11, 21), None), (date(2028, 1, 1), None)])
def test_weekends_and_summer_time_are_minded(back: date, until: datetime | None) -> None:
    assert wakes_at(back, ZoneInfo("Europe/Berlin"), datetime(2026, 11, 21, 12, tzinfo=UTC)) == until
