"""Are the times that a text offers read as the writer means them?"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from zrg_app.services.reading import parse_times

FRIDAY = "2027-03-05T10:00:00-05:00"
ZONE = "America/New_York"


def offered(text, reference=FRIDAY, zone=ZONE):
    """Return the offers as local texts: "Mon 15 14:00" or "Mon 15 14:00-15:00"."""
    shown = []
    for item in parse_times(text, reference, zone):
        start, end = (
            item[key] and datetime.fromisoformat(item[key]).astimezone(ZoneInfo(zone)) for key in ("start", "end")
        )
        shown.append(
            f"{start:%a %d %H:%M}"
            + (f"-{end:%H:%M}" if end and end.date() == start.date() else f" to {end:%a %d %H:%M}" if end else "")
        )
    return shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monday at 3 or Tuesday at 10:30am", ["Mon 08 15:00", "Tue 09 10:30"]),
        ("Monday or Tuesday at 2pm", ["Mon 08 14:00", "Tue 09 14:00"]),
        ("10 or 11 on Thursday", ["Thu 11 10:00", "Thu 11 11:00"]),
        ("between 2 and 4 tomorrow", ["Sat 06 14:00-16:00"]),
        ("Wednesday 11-1pm", ["Wed 10 11:00-13:00"]),
        ("Tuesday after 2", ["Tue 09 14:00"]),
        ("half past nine on Monday", ["Mon 08 09:30"]),
        ("quarter to 4 on Monday", ["Mon 08 15:45"]),
        ("Monday 9am-12pm and 2pm-5pm", ["Mon 08 09:00-12:00", "Mon 08 14:00-17:00"]),
        ("tomorrow", ["Sat 06 00:00 to Sun 07 00:00"]),
        ("Mon-Wed next week", ["Mon 08 00:00 to Thu 11 00:00"]),
        ("Tuesday the 16th at 4", ["Tue 16 16:00"]),
        ("March 18th, 9am", ["Thu 18 09:00"]),
        ("3/17 at 2pm", ["Wed 17 14:00"]),
        ("Friday morning or Monday afternoon", ["Fri 12 09:00-12:00", "Mon 08 12:00-17:00"]),
        ("in 2 hours", ["Fri 05 12:00"]),
        ("9am PT on Monday", ["Mon 08 12:00"]),
        ("3pm London time tomorrow", ["Sat 06 10:00"]),
        ("Monday at 16:00 UTC+2", ["Mon 08 09:00"]),
        ("2027-03-11 14:00 UTC", ["Thu 11 09:00"]),
        ("I can't do Monday but Tuesday at 10 works", ["Tue 09 10:00"]),
        ("Monday doesn't work. Wednesday at 3?", ["Wed 10 15:00"]),
        ("Monday at 03:00 PM or Tuesday at 09:30 am", ["Mon 08 15:00", "Tue 09 09:30"]),
        ("Monday at 03:00", ["Mon 08 03:00"]),
        ("Monday at 3, or Monday at 3pm", ["Mon 08 15:00"]),
        ("Dienstag um 14 Uhr oder Mittwoch um halb zehn", ["Tue 09 14:00", "Wed 10 09:30"]),
        ("am 11.3. um 10:30 Uhr", ["Thu 11 10:30"]),
        ("jeudi à 15h30", ["Thu 11 15:30"]),
        ("el martes a las 4 de la tarde", ["Tue 09 16:00"]),
        ("amanhã às 10h", ["Sat 06 10:00"]),
        ("giovedì alle 11", ["Thu 11 11:00"]),
        ("dinsdag om 14:00", ["Tue 09 14:00"]),
        ("в четверг в 15:00", ["Thu 11 15:00"]),
        ("火曜日15時", ["Tue 09 15:00"]),
    ],
)
def test_offered_times_are_read(text, expected):
    assert offered(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "Sounds good",
        "We have 40 people in 3 offices",
        "30 minutes is enough",
        "every Monday at 9",
        "we spoke on Tuesday",
        "Version 2.4 is out",
        "My number is 312 555 0188",
        "yesterday at 3",
        "The price is $30",
        "I am out until Monday",
        "Good morning",
        "January 35",
    ],
)
def test_what_is_no_future_time_gives_nothing(text):
    assert parse_times(text, FRIDAY, ZONE) == []


def test_a_part_of_day_is_a_window_and_a_day_runs_from_midnight_to_midnight_across_the_clock_change():
    assert offered("the 14th") == ["Sun 14 00:00 to Mon 15 00:00"]
    item = parse_times("the 14th", FRIDAY, ZONE)[0]
    assert (item["start"], item["end"]) == ("2027-03-14T05:00:00Z", "2027-03-15T04:00:00Z")


def test_numbers_of_day_and_month_follow_the_readers_country():
    assert parse_times("4/5 at 15:00", FRIDAY, "Europe/Paris")[0]["start"] == "2027-05-04T13:00:00Z"
    assert parse_times("4/5 at 15:00", FRIDAY, ZONE)[0]["start"] == "2027-04-05T19:00:00Z"
