"""Do the moments to send later mean what they say, on every day of every zone?"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.kit.errors import Invalid
from zrg_app.services.sending.presets import instant, presets, typed, zone_of

BERLIN, CHICAGO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Chicago")
ZONES = st.sampled_from(["Europe/Berlin", "America/Chicago", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns",
                         "Pacific/Apia", "Africa/Casablanca", "UTC"]).map(ZoneInfo)
MOMENTS = st.integers(1_704_067_200, 1_924_905_600).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def offered(now: str, zone: ZoneInfo) -> dict[str, str]:
    """What is offered, as wall-clock times of the zone."""
    return {each.key: each.at.astimezone(zone).strftime("%a %d.%m. %H:%M")
            for each in presets(datetime.fromisoformat(now), zone)}


@pytest.mark.parametrize(("now", "expected"), [
    ("2026-11-19T09:02+00:00", {"hour": "Thu 19.11. 11:05", "afternoon": "Thu 19.11. 15:00", "tomorrow": "Fri 20.11. 09:00",
                                "monday": "Mon 23.11. 09:00"}),
    ("2026-11-19T13:45+00:00", {"hour": "Thu 19.11. 15:45", "tomorrow": "Fri 20.11. 09:00", "monday": "Mon 23.11. 09:00"}),
    ("2026-11-22T20:00+00:00", {"hour": "Sun 22.11. 22:00", "tomorrow": "Mon 23.11. 09:00"}),
    ("2026-11-23T07:00+00:00", {"hour": "Mon 23.11. 09:00", "afternoon": "Mon 23.11. 15:00", "tomorrow": "Tue 24.11. 09:00",
                                "monday": "Mon 30.11. 09:00"})])
def test_the_usual_moments_are_those_of_the_zone(now: str, expected: dict[str, str]) -> None:
    assert offered(now, BERLIN) == expected


def test_tomorrow_is_the_leads_tomorrow() -> None:
    now = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    at = next(each.at for each in presets(now, CHICAGO) if each.key == "tomorrow")
    assert at == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def test_the_morning_stays_nine_when_the_clocks_change_over_night() -> None:
    for before, utc_hour in (("2026-03-28T12:00+00:00", 7), ("2026-10-24T12:00+00:00", 8)):
        at = next(each.at for each in presets(datetime.fromisoformat(before), BERLIN) if each.key == "tomorrow")
        assert (at.hour, at.astimezone(BERLIN).hour) == (utc_hour, 9)


def test_an_hour_is_sixty_minutes_also_while_the_clocks_change() -> None:
    now = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert presets(now, BERLIN)[0].at == now + timedelta(hours=1)


def test_a_time_the_clocks_skip_moves_on_with_them_and_of_two_the_first_counts() -> None:
    assert instant(date(2026, 3, 29), time(2, 30), BERLIN).astimezone(BERLIN).strftime("%H:%M") == "03:30"
    assert instant(date(2026, 10, 25), time(2, 30), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(MOMENTS, ZONES)
def test_every_offer_is_ahead_in_order_and_says_its_hour(now: datetime, zone: ZoneInfo) -> None:
    found = presets(now, zone)
    assert [each.at for each in found] == sorted(each.at for each in found)
    assert all(now < each.at <= now + timedelta(days=8) for each in found)
    shown = {each.key: each.at.astimezone(zone) for each in found}
    assert {"hour", "tomorrow"} <= shown.keys()
    # Nowhere do the clocks skip nine in the morning or three in the afternoon.
    assert all(at.hour == 9 and at.minute == 0 for key, at in shown.items() if key in ("tomorrow", "monday"))
    assert "monday" not in shown or shown["monday"].weekday() == 0


@given(MOMENTS, ZONES, st.integers(1, 300 * 24 * 60))
def test_a_typed_time_is_that_time_in_the_zone(now: datetime, zone: ZoneInfo, minutes: int) -> None:
    wall = (now + timedelta(minutes=minutes + 120)).astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    at = typed(wall.isoformat(timespec="minutes"), now=now, zone=zone)
    assert abs((at - (now + timedelta(minutes=minutes + 120))).total_seconds()) <= 3660
    assert at.astimezone(zone).replace(tzinfo=None) == wall


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01T09:00", "2026-11-20T09:00", "2029-01-01T09:00",
                                  "2026-11-23T09:00+01:00", "9999-12-31T23:59", "0001-01-01T00:00"])
def test_what_is_no_time_to_come_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        typed(text, now=datetime(2026, 11, 21, 9, 0, tzinfo=UTC), zone=BERLIN)


def test_an_unknown_zone_gives_way_to_the_next() -> None:
    assert zone_of("Mars/Base", None, "../etc/passwd", "Europe/Berlin") == BERLIN
    assert zone_of("", None).key == "UTC"
