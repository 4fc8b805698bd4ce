"""Are two tellings of one message recognised as one, and two equal messages as two?"""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.inbox.pairing import EARLY, LATE, Telling, pair

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)


def heard(key: str, seconds: float, text: str = "ok", direction: str = "inbound") -> Telling:
    return Telling(key=key, direction=direction, text=text, at=NOON + timedelta(seconds=seconds))


def test_a_message_heard_of_shortly_after_it_was_written_is_recognised() -> None:
    assert pair([heard("row", 3)], [heard("id", 0)]) == {"id": "row"}


def test_spacing_and_quotation_marks_do_not_matter_but_words_do() -> None:
    assert pair([heard("row", 3, "It's  fine\n")], [heard("id", 0, "It’s fine")]) == {"id": "row"}
    assert pair([heard("row", 3, "It's fine")], [heard("id", 0, "It's fine!")]) == {}


def test_the_other_direction_is_another_message() -> None:
    assert pair([heard("row", 3)], [heard("id", 0, direction="outbound")]) == {}


def test_two_equal_texts_are_paired_in_order_and_stay_two() -> None:
    known = [heard("second", 65), heard("first", 5)]
    assert pair(known, [heard("b", 60), heard("a", 0)]) == {"a": "first", "b": "second"}


def test_of_two_equal_texts_with_one_webhook_the_nearer_one_is_it() -> None:
    assert pair([heard("row", 304)], [heard("a", 0), heard("b", 300)]) == {"b": "row"}
    assert pair([heard("row", 4)], [heard("a", 0), heard("b", 300)]) == {"a": "row"}


def test_a_telling_is_never_used_twice() -> None:
    assert len(pair([heard("row", 1)], [heard("a", 0), heard("b", 1), heard("c", 2)])) == 1


def test_as_many_as_possible_are_paired_even_if_a_nearer_pair_is_given_up() -> None:
    known = [heard("x", 600), heard("y", 620)]
    assert pair(known, [heard("a", 0), heard("b", 600)]) == {"a": "x", "b": "y"}


def test_an_equal_text_of_another_hour_is_another_message() -> None:
    assert pair([heard("row", LATE.total_seconds() + 1)], [heard("id", 0)]) == {}
    assert pair([heard("row", -EARLY.total_seconds() - 1)], [heard("id", 0)]) == {}
    assert pair([heard("row", -EARLY.total_seconds())], [heard("id", 0)]) == {"id": "row"}


def test_messages_without_words_are_never_paired() -> None:
    assert pair([heard("row", 0, " ")], [heard("id", 0, "")]) == {}


tellings = st.lists(st.tuples(st.sampled_from(("ok", "Yes", "no")), st.integers(0, 3000)), max_size=12)


@given(tellings, tellings, st.randoms())
def test_the_order_in_which_messages_are_told_never_changes_what_is_paired(one, other, chance) -> None:
    known = [heard(f"h{place}", at, text) for place, (text, at) in enumerate(one)]
    exact = [heard(f"e{place}", at, text) for place, (text, at) in enumerate(other)]
    found = pair(known, exact)
    chance.shuffle(known)
    chance.shuffle(exact)
    assert pair(known, exact) == found
    assert len(set(found.values())) == len(found)
    by_key = {telling.key: telling for telling in known + exact}
    for left, right in found.items():
        assert by_key[left].text.lower() == by_key[right].text.lower()
        assert -EARLY <= by_key[right].at - by_key[left].at <= LATE


@given(st.lists(st.integers(0, 100_000), max_size=15), st.integers(0, 30))
def test_every_message_finds_itself_when_all_are_late_by_the_same(moments, late) -> None:
    exact = [heard(f"{place:02}", at) for place, at in enumerate(sorted(moments))]
    known = [heard(f"{place:02}", at + late) for place, at in enumerate(sorted(moments))]
    assert len(pair(known, exact)) == len(exact)
    assert all(left == right for left, right in pair(known, exact).items())
