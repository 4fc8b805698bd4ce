"""What the browser hands over with a click is read strictly; the usual times to come back are in the workspace's day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from zrg_app.kit.errors import Invalid
from zrg_app.state.inbox.composing import Composed, addresses, first_channel
from zrg_app.state.inbox.shown import snooze_choices

LEAD, DRAFT, NONCE = "0192f1aa-0000-7000-8000-000000000001", "0192f1aa-0000-7000-8000-000000000002", "a" * 32


def test_an_answer_of_ones_own_and_one_made_from_a_draft_are_told_apart() -> None:
    own = Composed.read("Hello", NONCE, f"{LEAD}.sms.own")
    drafted = Composed.read("Hello", NONCE, f"{LEAD}.email.{DRAFT}.3")
    assert (own.channel, own.draft_id, own.lead_id) == ("sms", None, LEAD)
    assert (drafted.channel, str(drafted.draft_id), drafted.generation) == ("email", DRAFT, 3)


@pytest.mark.parametrize("body, nonce, words", [
    ("", NONCE, f"{LEAD}.sms.own"), (" \n ", NONCE, f"{LEAD}.sms.own"), ("Hi", "", f"{LEAD}.sms.own"),
    ("Hi", "short", f"{LEAD}.sms.own"), ("Hi", "x' or 1=1 --", f"{LEAD}.sms.own"), ("Hi", NONCE, ""), ("Hi", NONCE, "a.b.own"),
    ("Hi", NONCE, f"{LEAD}.sms"), ("Hi", NONCE, f"{LEAD}.sms.{DRAFT}"), ("Hi", NONCE, f"{LEAD}.sms.{DRAFT}.x"),
    ("Hi", NONCE, f"{LEAD}.sms.nonsense.1"), ("Hi", {"n": 1}, None), (None, NONCE, ["x"]),
])
def test_anything_else_is_refused(body: object, nonce: object, words: object) -> None:
    with pytest.raises(Invalid):
        Composed.read(body if body is not None else "", nonce, words)


def test_without_any_way_only_a_note_can_be_written() -> None:
    assert first_channel((), None, (), "email") == "note"


def test_the_times_to_come_back_are_mornings_where_the_workspace_is() -> None:
    sunday_noon = datetime(2026, 3, 8, 20, 0, tzinfo=UTC)
    found = {choice.key: choice.until for choice in snooze_choices(sunday_noon, ZoneInfo("America/Los_Angeles"))}
    assert found["hours"] == "2026-03-08T16:00:00-07:00"
    assert found["evening"] == "2026-03-08T17:00:00-07:00"
    assert found["tomorrow"] == "2026-03-09T09:00:00-07:00"
    assert "monday" not in found, "tomorrow is Monday already"
    late = {choice.key for choice in snooze_choices(datetime(2026, 3, 11, 1, 0, tzinfo=UTC), ZoneInfo("America/New_York"))}
    assert "evening" not in late and "monday" in late


@pytest.mark.parametrize(("typed", "good", "bad"), [
    ("", (), ""), ("Luis@A.example", ("luis@a.example",), ""), ("luis@a.example; ana@b.example,\n luis@a.example",
                                                                  ("luis@a.example", "ana@b.example"), ""),
    ("Luis Peña <luis@a.example>, ana@b.example zoe@c.example", ("luis@a.example", "ana@b.example", "zoe@c.example"), ""),
    ("luis@a.example, nobody at home", ("luis@a.example",), "nobody at home"), ("<script>", (), "<script>"), ({"a": 1}, (), "{'a': 1}"),
])
def test_several_addresses_are_read_and_what_is_none_is_named(typed: object, good: tuple, bad: str) -> None:
    assert addresses(typed) == (good, bad)
