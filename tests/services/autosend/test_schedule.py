"""Is it open exactly when it should be: in any zone, over midnight, on free days, and when the clocks are changed?"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zrg_app.kit.errors import Invalid
from zrg_app.services.autosend.delay import drawn, leaves_at
from zrg_app.services.autosend.holidays import us_holidays
from zrg_app.services.autosend.schedule import Schedule, joined, next_open, read, usable_zone, why_closed

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland", "Africa/Cairo", "America/St_Johns", "UTC",
         "Australia/Lord_Howe")
bounded = settings(max_examples=120, deadline=None, derandomize=True, database=None)

clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
schedules = st.builds(
    Schedule, mode=st.sampled_from(["CUSTOM", "CUSTOM", "ALWAYS"]), days=st.sets(st.integers(0, 6), min_size=1).map(sorted).map(tuple),
    start=clocks, end=clocks, takes_holidays=st.booleans(),
    dates=st.lists(st.dates(date(2026, 3, 1), date(2026, 4, 5)).map(str), max_size=3).map(tuple))
# Around the days on which clocks are changed, where mistakes live.
STARTS = {"2026-03-05T00:00+00:00": 30, "2026-10-20T00:00+00:00": 16, "2026-01-01T00:00+00:00": 364}
instants = st.sampled_from(sorted(STARTS)).flatmap(lambda begun: st.integers(0, STARTS[begun] * 1440).map(
    lambda minutes: datetime.fromisoformat(begun) + timedelta(minutes=minutes)))


def at(text: str, zone: str = NEW_YORK) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@bounded
@given(schedules, instants, st.sampled_from(ZONES))
def test_the_next_open_moment_is_open_and_nothing_before_it_is(schedule: Schedule, now: datetime, zone: str) -> None:
    found = next_open(schedule, now, zone)
    last = found or now + timedelta(days=90)
    assert found is None or found >= now and not why_closed(schedule, found, zone)
    # Minute by minute for two days, then in steps that no window of an hour hides from.
    moment = now
    while moment < min(last, now + timedelta(days=2)):
        assert why_closed(schedule, moment, zone), moment
        moment += timedelta(minutes=1)


@bounded
@given(schedules, instants, st.sampled_from(ZONES))
def test_a_free_day_is_never_open(schedule: Schedule, now: datetime, zone: str) -> None:
    day = now.astimezone(ZoneInfo(zone)).date().isoformat()
    free = Schedule(mode=schedule.mode, days=schedule.days, start=schedule.start, end=schedule.end, dates=(day,))
    assert why_closed(free, now, zone)


@bounded
@given(schedules, schedules, instants)
def test_a_campaign_can_add_free_days_and_take_none_away(workspace: Schedule, campaign: Schedule, now: datetime) -> None:
    day = now.astimezone(ZoneInfo(NEW_YORK)).date().isoformat()
    with_free_day = Schedule(**{name: getattr(workspace, name) for name in Schedule.__slots__} | {"dates": (*workspace.dates, day)})
    assert why_closed(joined(with_free_day, campaign), now, NEW_YORK)


@pytest.mark.parametrize(("moment", "why"), [
    ("2026-11-20T08:59", "outside_window"), ("2026-11-20T09:00", ""), ("2026-11-20T17:00", ""), ("2026-11-20T17:01", "outside_window"),
    ("2026-11-21T12:00", "day_not_active"), ("2026-11-26T12:00", "blackout_date"), ("2026-11-27T12:00", "blackout_date"),
    ("2026-12-24T12:00", "")])
def test_a_week_of_business_with_holidays(moment: str, why: str) -> None:
    schedule = read({"mode": "BUSINESS_HOURS", "takes_holidays": True, "worked": ["2026-12-24"]}, hours=("09:00", "17:00"))
    assert why_closed(schedule, at(moment), NEW_YORK) == why


def test_a_night_belongs_to_the_day_it_starts_on() -> None:
    night = read({"mode": "CUSTOM", "days": [4], "start": "22:00", "end": "02:00"})
    assert not why_closed(night, at("2026-11-20T23:00"), NEW_YORK) and not why_closed(night, at("2026-11-21T02:00"), NEW_YORK)
    assert why_closed(night, at("2026-11-20T01:00"), NEW_YORK) == "day_not_active"
    assert why_closed(night, at("2026-11-21T23:00"), NEW_YORK) == "day_not_active"


def test_an_hour_that_does_not_exist_opens_when_the_clocks_have_jumped() -> None:
    schedule = read({"mode": "CUSTOM", "days": [6], "start": "02:30", "end": "05:00"})
    assert next_open(schedule, at("2026-03-29T01:00", BERLIN), BERLIN) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_open_twice() -> None:
    schedule = read({"mode": "CUSTOM", "days": [6], "start": "02:00", "end": "02:30"})
    first, second = (datetime(2026, 10, 25, hour, 15, tzinfo=UTC) for hour in (0, 1))
    assert not why_closed(schedule, first, BERLIN) and not why_closed(schedule, second, BERLIN)
    assert next_open(schedule, datetime(2026, 10, 25, 0, 31, tzinfo=UTC), BERLIN) == datetime(2026, 10, 25, 1, 0, tzinfo=UTC)


def test_the_leads_zone_counts_before_the_workspaces() -> None:
    assert usable_zone("Europe/Berlin", NEW_YORK) == BERLIN
    assert usable_zone("Mars/Olympus", NEW_YORK) == usable_zone(None, NEW_YORK) == NEW_YORK
    assert usable_zone("", "../etc/passwd") == "America/Los_Angeles"


def test_ninety_days_without_an_open_hour_are_said() -> None:
    closed = read({"mode": "ALWAYS", "ranges": [["2026-11-01", "2027-06-01"]]})
    assert next_open(closed, at("2026-11-20T12:00"), NEW_YORK) is None


@pytest.mark.parametrize("document", [
    {"mode": "SOMETIMES"}, {"mode": "CUSTOM", "days": [7]}, {"mode": "CUSTOM", "days": []}, {"mode": "CUSTOM", "start": "25:00"},
    {"mode": "CUSTOM", "start": "09:00", "end": "09:00"}, {"zone": "Nowhere/At_All"}, {"dates": ["soon"]}, {"dates": ["2026-01-01"] * 201},
    {"ranges": [["2026-02-01", "2026-01-01"]]}, {"ranges": [["2026-01-01", "2027-06-01"]]}, {"ranges": [["2026-01-01"]]},
    {"days": [True]}, {"days": "0123"}])
def test_a_schedule_that_means_nothing_is_refused(document: dict) -> None:
    with pytest.raises(Invalid):
        read(document)


def test_the_holidays_of_a_year_are_where_they_belong() -> None:
    days = us_holidays(2026)
    assert {date(2026, 1, 19), date(2026, 5, 25), date(2026, 9, 7), date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 24)} <= set(days)
    # 4 July 2026 is a Saturday and kept on the Friday; New Year's Day 2028 on 31 December 2027.
    assert date(2026, 7, 3) in days and date(2027, 12, 31) in us_holidays(2027)
    assert len([name for name in days.values() if "observed" not in name]) == 13


@bounded
@given(st.uuids().map(str), st.integers(-5, 10**6), st.integers(-5, 10**6))
def test_the_delay_is_drawn_inside_its_window_and_never_anew(seed: str, least: int, most: int) -> None:
    wait = drawn(seed, least, most)
    assert wait == drawn(seed, least, most)
    assert max(0, min(least, 604800)) <= wait <= max(max(0, min(least, 604800)), min(most, 604800))


def test_the_delay_spreads_over_its_window() -> None:
    assert len({drawn(str(number), 180, 420) for number in range(3000)}) == 241


def test_a_delay_that_has_passed_leaves_in_half_a_minute() -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert leaves_at("a", now - timedelta(hours=1), now, least=180, most=420) == now + timedelta(seconds=30)
    assert leaves_at("a", now, now, least=0, most=0) == now
    assert timedelta(seconds=180) <= leaves_at("a", now, now, least=180, most=420) - now <= timedelta(seconds=420)
