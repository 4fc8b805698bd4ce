"""Is the accepted one of the offered times found, and no other answer taken for an acceptance?"""

import pytest

from zrg_app.services.reading import accept_slot

FRIDAY = "2027-03-05T10:00:00-05:00"
ZONE = "America/New_York"
THREE = [{"start": "2027-03-09T15:00:00Z"}, {"start": "2027-03-10T19:00:00Z"}, {"start": "2027-03-11T20:00:00Z"}]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("Tuesday works", 0),
        ("Let's take the second", 1),
        ("option 3 please", 2),
        ("#1", 0),
        ("2", 1),
        ("number two", 1),
        ("the last one", 2),
        ("2pm works for me", 1),
        ("Thursday afternoon is good", 2),
        ("8pm GMT Thursday", 2),
        ("the 10th", 1),
        ("the morning slot", 0),
        ("Not Tuesday. Wednesday is good", 1),
        ("The first doesn't work, but the second is fine", 1),
        ("I can't do Tuesday or Wednesday, Thursday is fine", 2),
        ("Thanks! Wednesday, March 10, at 2. Send the invite.", 1),
        ("Der zweite Termin passt.", 1),
        ("le premier me convient", 0),
        ("la tercera, gracias", 2),
        ("Mittwoch um 14 Uhr passt", 1),
        ("Anything but Tuesday", 1),
        ("any day except Tuesday", 1),
        ("Lo de las 3 está bien", 2),
        ("either is fine", 0),
        ("whichever you prefer", 0),
        (
            "Wednesday at 2\n\nOn Fri, Mar 5, 2027 at 9:00 AM Lee <lee@vale-group.com> wrote:\n> Tuesday "
            "at 10, Wednesday at 2 or Thursday at 3?",
            1,
        ),
    ],
)
def test_the_slot_that_is_taken_is_found(text, index):
    assert accept_slot(text, THREE, ZONE, FRIDAY) == index


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "Yes",
        "Perfect",
        "None of these",
        "Tuesday at 11?",
        "Could you do 4pm on Wednesday?",
        "Can we do Friday instead?",
        "What is the agenda?",
        "Not interested",
        "Tuesday or Wednesday",
        "Tuesday at 10 doesn't work",
        "option 7",
        "unsubscribe",
        "Thursday at 3pm GMT",
        "Leider passt keiner",
    ],
)
def test_an_answer_that_does_not_choose_gives_nothing(text):
    assert accept_slot(text, THREE, ZONE, FRIDAY) is None


@pytest.mark.parametrize(
    "text", ["Yes", "Works for me, see you then!", "ok", "Ja, passt!", "Sí, perfecto", "D'accord", "👍", "Confirmed"]
)
def test_yes_takes_the_only_slot(text):
    assert accept_slot(text, THREE[:1], ZONE, FRIDAY) == 0


@pytest.mark.parametrize(
    "text",
    ["No", "Sorry, can't make it", "What time zone is that?", "Yes, but an hour later?", "Wednesday would be better"],
)
def test_no_and_questions_leave_the_only_slot_open(text):
    assert accept_slot(text, THREE[:1], ZONE, FRIDAY) is None


def test_without_slots_or_reference_nothing_is_accepted():
    assert accept_slot("yes", [], ZONE, FRIDAY) is None
    assert accept_slot("yes", None, ZONE, FRIDAY) is None
    assert accept_slot("yes", [{"start": "soon"}], ZONE, FRIDAY) is None
    assert accept_slot("yes", THREE[:1], ZONE, "now") is None


def test_of_two_slots_on_one_day_the_words_choose():
    two = [*THREE, {"start": "2027-03-11T15:00:00Z"}]
    assert accept_slot("I prefer the later one on Thursday", sorted(two, key=lambda slot: slot["start"]), ZONE, FRIDAY) == 3
    assert accept_slot("Thursday, the earlier one", sorted(two, key=lambda slot: slot["start"]), ZONE, FRIDAY) == 2
    assert accept_slot("Thursday", sorted(two, key=lambda slot: slot["start"]), ZONE, FRIDAY) is None
