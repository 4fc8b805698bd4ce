"""Which free times are chosen for a lead? Tables of cases, and what holds for any calendar."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.booking.choosing import NOTICE, choose
from zrg_app.services.booking.offering import labelled

NEW_YORK, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
# A Monday, nine in the morning in New York.
NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
HOURS = (9 * 60, 17 * 60)


def week(days: int = 14, *, zone: ZoneInfo = NEW_YORK, hours: range = range(9, 17)) -> list[datetime]:
    """Half hours of working days."""
    first = NOW.astimezone(zone).replace(hour=0, minute=0)
    found = [first.replace(tzinfo=None) + timedelta(days=day, hours=hour, minutes=half) for day in range(days) for hour in hours
             for half in (0, 30)]
    return [at.replace(tzinfo=zone) for at in found if at.weekday() < 5]


def chosen(free: list[datetime], count: int = 6, zone: ZoneInfo = NEW_YORK, **more: object) -> list[datetime]:
    found = choose(free, now=NOW, zone=zone, hours=HOURS, count=count, **more)
    return [at.astimezone(zone) for at in found]


def test_choices_are_spread_over_the_next_days_and_both_parts_of_the_day() -> None:
    found = chosen(week(), 4)
    assert [f"{at:%a %H:%M}" for at in found] == ["Mon 10:00", "Tue 12:00", "Wed 09:00", "Thu 12:00"]


def test_a_second_time_of_a_day_is_of_its_other_part() -> None:
    found = chosen(week(2), 4)
    assert [f"{at:%a %H:%M}" for at in found] == ["Mon 10:00", "Mon 12:00", "Tue 09:00", "Tue 12:00"]


def test_no_day_gives_more_than_two() -> None:
    assert len(chosen(week(1), 6)) == 2


def test_nothing_past_or_about_to_begin_is_chosen() -> None:
    at = [NOW - timedelta(days=1), NOW, NOW + timedelta(minutes=30), NOW + NOTICE]
    assert chosen(at) == [NOW + NOTICE]


def test_what_was_offered_to_this_lead_is_left_out_while_others_are_there() -> None:
    free = week()
    first = chosen(free)
    again = chosen(free, offered_to_them={at.astimezone(UTC) for at in first})
    assert len(again) == 6 and not set(first) & set(again)


def test_what_was_offered_is_offered_again_when_few_are_left() -> None:
    free = week(3)[:12]
    known = {at.astimezone(UTC) for at in free if at > NOW + NOTICE}
    assert len(chosen(free, 2, offered_to_them=known)) == 2
    one = chosen([*free, *week(3)[-1:]], 2, offered_to_them=known)
    assert week(3)[-1] in one and len(one) == 2


def test_of_one_part_of_a_day_what_was_offered_least_is_chosen() -> None:
    free = [at for at in week(2) if at.date() > NOW.date()]
    before = {at.astimezone(UTC): 2 for at in free} | {free[3].astimezone(UTC): 1}
    assert chosen(free, 1, offered_before=before) == [free[3]]


def test_working_hours_of_the_lead_come_first_then_waking_ones() -> None:
    free = [at for at in week() if at.date() > NOW.date()]
    # Nine to five in New York is two to ten in the evening in London.
    assert {at.hour for at in chosen(free, 2, LONDON)} <= set(range(14, 17))
    late = [at for at in free if at.hour >= 13]
    assert {at.hour for at in chosen(late, 2, LONDON)} <= set(range(18, 21))
    latest = [at for at in free if at.hour >= 16]
    assert [at.hour for at in chosen(latest, 2, LONDON)] == [21, 21], "better at night than not at all"


def test_near_days_are_used_before_far_ones() -> None:
    found = chosen([at for at in week() if at.date() > NOW.date()], 6)
    assert max(found) < NOW + timedelta(days=5)


@given(st.lists(st.integers(-100, 2000), max_size=120), st.integers(0, 8), st.sets(st.integers(0, 2000), max_size=40),
       st.sampled_from(["America/New_York", "Europe/London", "Asia/Kolkata", "Pacific/Apia", "UTC"]))
def test_whatever_is_free_the_promises_hold(minutes: list[int], count: int, offered: set[int], name: str) -> None:
    zone = ZoneInfo(name)
    free = [NOW + timedelta(minutes=30 * each) for each in minutes]
    known = {NOW + timedelta(minutes=30 * each) for each in offered}
    found = choose(free, now=NOW, zone=zone, hours=HOURS, count=count, offered_to_them=known)
    assert len(found) <= count and list(found) == sorted(set(found)) and set(found) <= set(free)
    assert all(at >= NOW + NOTICE for at in found)
    assert all(number <= 2 for number in Counter(at.astimezone(zone).date() for at in found).values())
    if free and count and any(at >= NOW + NOTICE for at in free):
        assert found
    days_with_new = {at.astimezone(zone).date() for at in free if at >= NOW + NOTICE and at not in known}
    if len(days_with_new) >= count:
        assert not set(found) & known


def test_labels_name_the_zone_of_summer_and_of_winter() -> None:
    sunday = [datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)]
    # The hour that comes twice when the clocks go back is told apart by its zone.
    assert [labelled(at, "America/New_York").label for at in sunday] == ["Sun, Nov 1, 1:30 AM EDT", "Sun, Nov 1, 1:30 AM EST"]
    assert labelled(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "Europe/London").label == "Sun, Mar 29, 12:30 AM GMT"
    assert labelled(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "Europe/London").label == "Sun, Mar 29, 2:30 AM BST"


def test_zones_without_letters_are_written_as_an_offset_and_unknown_ones_as_utc() -> None:
    at = datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert [labelled(at, zone).label for zone in ("Asia/Dubai", "Asia/Kathmandu", "America/Sao_Paulo", "Mars/Base", "")] == [
        "Tue, Nov 24, 7:00 PM GMT+4", "Tue, Nov 24, 8:45 PM GMT+5:45", "Tue, Nov 24, 12:00 PM GMT-3",
        "Tue, Nov 24, 3:00 PM UTC", "Tue, Nov 24, 3:00 PM UTC"]


def test_days_and_working_hours_follow_the_clock_change() -> None:
    # Eight UTC is 9 in London before the clocks change and 8 after: outside the working hours then.
    free = [datetime(2026, 10, day, 8, tzinfo=UTC) for day in (23, 24, 26, 27)]
    found = choose(free, now=datetime(2026, 10, 22, 12, tzinfo=UTC), zone=LONDON, hours=HOURS, count=2)
    assert [at.day for at in found] == [23, 24]
