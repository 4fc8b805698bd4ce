"""What a form of Settings brings is read with care: any value may be anything."""

import pytest

from zrg_app.kit.errors import Invalid
from zrg_app.services.access import MemberView
from zrg_app.state.settings import forms, words


@pytest.mark.parametrize(("typed", "cents"), [
    ("", 0), ("0", 0), ("5", 500), ("2.50", 250), ("2,50", 250), (" $3 ", 300), ("0.005", 1), ("100000", 10_000_000)])
def test_dollars_are_read_as_people_write_them(typed: str, cents: int) -> None:
    assert forms.cents(typed) == cents


@pytest.mark.parametrize("typed", ["two", "-1", "NaN", "Infinity", "1e9", "100000.01", "1.2.3", "٣x", "9" * 400])
def test_what_is_not_an_amount_gets_a_sentence(typed: str) -> None:
    with pytest.raises(Invalid, match="dollars"):
        forms.cents(typed)


@pytest.mark.parametrize("cents", [0, 1, 99, 250, 10_000_000])
def test_an_amount_comes_back_as_it_was_shown(cents: int) -> None:
    assert forms.cents(forms.dollars(cents)) == cents


@pytest.mark.parametrize("form", [None, [], "x", 7])
def test_a_form_that_is_none_is_refused(form: object) -> None:
    with pytest.raises(Invalid):
        forms.general(form)


def test_values_that_are_no_text_count_as_empty_and_unknown_ones_are_left_out() -> None:
    wanted, unreadable = forms.general({"name": {"a": 1}, "timezone": ["UTC"], "owner_id": "x", "daily_limit": 3,
                                        "work_start_time": "9" * 30_000, "draft_generation_enabled": "on"})
    assert unreadable == {}
    assert wanted == {"name": "", "timezone": "", "work_start_time": "", "draft_generation_enabled": True,
                      "setters_see_own_only": False, "daily_model_spend_limit_cents": 0}


def test_fields_a_form_does_not_bring_stay_as_they_are() -> None:
    assert forms.general({"timezone": "UTC"})[0] == {
        "timezone": "UTC", "draft_generation_enabled": False, "setters_see_own_only": False,
        "daily_model_spend_limit_cents": 0}


def test_the_form_of_company_brings_its_own_fields_only() -> None:
    assert forms.company({"company_name": "Acme", "ai_goals": ["x"], "timezone": "UTC", "owner_id": "x"}) == {
        "company_name": "Acme", "ai_goals": ""}
    with pytest.raises(Invalid):
        forms.company([])


@pytest.mark.parametrize(("wish", "tab"), [
    ("team", "team"), ("integrations", "integrations"), ("ai", "general"), ("booking", "general"), ("", "general"),
    ("nonsense", "general"), (None, "general"), (["team"], "general")])
def test_every_link_leads_to_a_tab(wish: object, tab: str) -> None:
    assert words.tab_of(wish) == tab


def member(name: str, role: str) -> MemberView:
    """Somebody of the workspace."""
    return MemberView(user_id=name, name=name, email="", initials="", hue=0, role=role, is_owner=role == "OWNER",
                      last_login_at="")


def test_who_cannot_change_settings_is_told_whom_to_ask() -> None:
    people = (member("Mara", "OWNER"), member("Ben", "SETTER"), member("Ada", "ADMIN"))
    assert words.whom_to_ask(people) == "Mara or Ada"
    assert words.whom_to_ask(()) == "an admin of the workspace"
