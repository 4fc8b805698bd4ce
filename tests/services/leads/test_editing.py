"""Is a value of a lead changed in place without writing over a colleague's, told when it is wrong, and taken back?"""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from tests.services.leads.persons import mail, text_message
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.models import Lead
from zrg_app.services import leads
from zrg_app.services.leads.checking import EDITABLE, LONGEST, checked, zone_called
from zrg_app.services.leads.editing import IN_PLACE
from zrg_app.state.inbox.words import FIELDS, STATUSES

GOOD = {"name": "Dana M. Kessler", "email": "dana@halden.example", "phone": "+15125550199", "linkedin_url": "linkedin.com/in/dana-k",
        "job_title": "CFO", "company": "Halden Roofing", "website": "halden.example", "company_state": "Texas", "industry": "Roofing",
        "employee_headcount": "51-200", "timezone": "Chicago", "status": "qualified"}
BAD = {"email": "nonsense", "phone": "12", "linkedin_url": "linkedin.com/company/x", "website": "no web", "employee_headcount": "many",
       "timezone": "Mars", "status": "blacklisted", "company": "x" * (LONGEST + 1)}


def _lead(world: World, lead_id: UUID) -> Lead:
    with db.transaction(world.as_mara) as tx:
        return tx.get(Lead, lead_id)


def _edit(world: World, lead_id: UUID, field: str, value: str, *, seen: str | None = None, scope=None):
    """Let Mara (or who `scope` is) edit what they see now, or what they say they saw at first."""
    scope = scope or world.as_mara
    with db.transaction(scope) as tx:
        row = tx.get(Lead, lead_id)
        known = f"{row.first_name} {row.last_name}".strip() if field == "name" else getattr(row, field) or ""
        return leads.edit(tx, scope, lead_id, field, value, seen=known if seen is None else seen,
                          expected_updated_at=row.updated_at if seen is None else None)


def test_every_value_of_the_panel_is_edited_in_place_and_taken_back(world: World) -> None:
    lead = mail(world)
    assert set(GOOD) == set(IN_PLACE) == set(FIELDS) and set(IN_PLACE) - {"name"} <= set(EDITABLE)
    before = _lead(world, lead).model_dump(exclude={"updated_at", "facts", "search_text"})
    identities = "select kind, value, is_primary from lead_identity where lead_id = :lead order by 1, 2"
    with db.transaction(world.as_mara) as tx:
        known = tx.execute(text(identities), {"lead": lead}).all()
    for field, value in GOOD.items():
        done = _edit(world, lead, field, f"  {value} ")
        assert not done.is_conflict and done.now and done.now != done.before, field
        with db.transaction(world.as_mara) as tx:
            back = leads.take_back(tx, world.as_mara, done)
        assert (back.before, back.now) == (done.now, done.before), field
    assert _lead(world, lead).model_dump(exclude={"updated_at", "facts", "search_text"}) == before
    with db.transaction(world.as_mara) as tx:
        assert tx.execute(text(identities), {"lead": lead}).all() == known


@pytest.mark.parametrize(("field", "value"), BAD.items())
def test_a_wrong_value_is_refused_with_what_to_do(world: World, field: str, value: str) -> None:
    lead = mail(world)
    before = _lead(world, lead).model_dump()
    with pytest.raises(Invalid) as refused:
        _edit(world, lead, field, value)
    assert refused.value.sentence.endswith(".") and _lead(world, lead).model_dump() == before


def test_a_colleagues_change_of_the_same_value_is_shown_and_not_written_over(world: World) -> None:
    lead = mail(world)
    seen = _lead(world, lead)
    _edit(world, lead, "company", "Northwind Holding", scope=world.as_ben)
    with db.transaction(world.as_mara) as tx:
        met = leads.edit(tx, world.as_mara, lead, "company", "Northwind Group", seen=seen.company, expected_updated_at=seen.updated_at)
    assert (met.is_conflict, met.now, met.wanted, met.by) == (True, "Northwind Holding", "Northwind Group", "Ben Ortiz")
    assert _lead(world, lead).company == "Northwind Holding"
    chosen = _edit(world, lead, "company", met.wanted, seen=met.now)
    assert not chosen.is_conflict and _lead(world, lead).company == "Northwind Group"


def test_a_colleagues_change_of_another_value_is_no_conflict(world: World) -> None:
    lead = mail(world)
    seen = _lead(world, lead)
    _edit(world, lead, "industry", "Logistics", scope=world.as_ben)
    with db.transaction(world.as_mara) as tx:
        done = leads.edit(tx, world.as_mara, lead, "job_title", "CFO", seen=seen.job_title or "", expected_updated_at=seen.updated_at)
    assert not done.is_conflict and (_lead(world, lead).industry, _lead(world, lead).job_title) == ("Logistics", "CFO")


def test_both_wanting_the_same_is_no_conflict_and_nothing_is_written_twice(world: World) -> None:
    lead = mail(world)
    _edit(world, lead, "company", "Halden", scope=world.as_ben)
    at = _lead(world, lead).updated_at
    done = _edit(world, lead, "company", "Halden", seen="something else")
    assert (done.is_conflict, done.before, done.now) == (False, "Halden", "Halden") and _lead(world, lead).updated_at == at


def test_an_undo_does_not_write_over_what_came_after(world: World) -> None:
    lead = mail(world)
    done = _edit(world, lead, "company", "Halden")
    _edit(world, lead, "company", "Boone Legal", scope=world.as_ben)
    with db.transaction(world.as_mara) as tx:
        back = leads.take_back(tx, world.as_mara, done)
    assert (back.is_conflict, back.now, back.wanted) == (True, "Boone Legal", done.before)
    assert _lead(world, lead).company == "Boone Legal"


def test_another_leads_address_is_refused_and_stays_theirs(world: World) -> None:
    lead, other = mail(world), text_message(world)
    number = _lead(world, other).phone
    with pytest.raises(Conflict, match="another lead"):
        _edit(world, lead, "phone", number)
    assert _lead(world, other).phone == number


def test_a_blacklisted_lead_gets_no_status_by_hand_and_an_unknown_field_none_at_all(world: World) -> None:
    lead = mail(world)
    with db.transaction(world.as_mara) as tx:
        leads.blacklist(tx, world.as_mara, lead, reason="asked")
    with pytest.raises(Conflict, match="blacklist"):
        _edit(world, lead, "status", "qualified")
    for field in ("workspace_id", "facts", "merged_into", "first_name = 'x' --", ""):
        with pytest.raises(Invalid), db.transaction(world.as_mara) as tx:
            leads.edit(tx, world.as_mara, lead, field, "x", seen="", expected_updated_at=None)
    with pytest.raises(NotFound), db.transaction(world.as_nils) as tx:
        leads.edit(tx, world.as_nils, lead, "company", "x", seen="", expected_updated_at=None)


def test_the_source_of_a_value_comes_back_with_it(world: World) -> None:
    lead = mail(world)
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update lead set phone = null where id = :lead"), {"lead": lead})
        tx.execute(text("delete from lead_identity where lead_id = :lead and kind = 'phone'"), {"lead": lead})
        assert leads.fill(tx, world.as_mara, lead, source="clay", phone="+12125550170") == ("phone",)
    done = _edit(world, lead, "phone", "+1 212 555 0171")
    assert _lead(world, lead).facts["sources"]["phone"] == "person"
    with db.transaction(world.as_mara) as tx:
        leads.take_back(tx, world.as_mara, done)
    assert (_lead(world, lead).phone, _lead(world, lead).facts["sources"]["phone"]) == ("+12125550170", "clay")


@given(st.sampled_from(EDITABLE), st.text(max_size=400))
def test_whatever_is_typed_is_a_value_or_a_sentence(field: str, typed: str) -> None:
    try:
        kept = checked(field, typed, "US")
    except Invalid as refused:
        assert refused.sentence
    else:
        assert kept is None or (len(kept) <= LONGEST and "\x00" not in kept)
        assert kept is None or checked(field, kept, "US") == kept


@pytest.mark.parametrize(("typed", "zone"), [
    ("Chicago", "America/Chicago"), ("new york", "America/New_York"), ("europe/berlin", "Europe/Berlin"), ("UTC", "UTC"), ("CST6", None),
    ("", None), ("Nowhere", None)])
def test_a_zone_is_known_by_its_name_or_its_city(typed: str, zone: str | None) -> None:
    assert zone_called(typed) == zone


def test_every_status_that_can_be_given_has_its_word() -> None:
    for status in STATUSES:
        assert checked("status", status, None) == status
