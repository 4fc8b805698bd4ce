"""By what is a lead recognised, in which order, and by what never? Pure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zrg_app.integrations.base import Person
from zrg_app.kit import ids
from zrg_app.services.leads.matching import Identity, Known, choose, company_page, contradicts, enrichment, identities
from zrg_app.services.leads.naming import display_name, hue, initials

EVERYTHING = Person(
    email="Dana <Dana@Northwind.example>", phone="(212) 555-0170", linkedin_url="linkedin.com/in/Dana-Kessler/?x=1",
    identities={"linkedin_member": "urn:1", "instantly_lead": "9f3a", "ghl_contact": "ct_1", "smartlead_lead": "77",
                "emailbison_lead": "501"})


def test_the_order_is_the_one_of_the_guide() -> None:
    assert [(item.kind, item.value) for item in identities(EVERYTHING, "US")] == [
        ("ghl_contact", "ct_1"),
        ("emailbison_lead", "501"),
        ("smartlead_lead", "77"),
        ("instantly_lead", "9f3a"),
        ("linkedin_member", "urn:1"),
        ("linkedin_url", "https://www.linkedin.com/in/dana-kessler"),
        ("email", "dana@northwind.example"),
        ("phone", "+12125550170"),
    ]


@settings(deadline=None)
@given(st.sets(st.integers(0, 7), min_size=1))
def test_the_first_known_identity_wins_whatever_else_is_known(known: set[int]) -> None:
    wanted = identities(EVERYTHING, "US")
    owners = [ids.new_id() for _ in wanted]
    found = choose(wanted, [Known(identity=wanted[index], lead_id=owners[index]) for index in sorted(known, reverse=True)])
    assert found is not None and (found.lead_id, found.matched_by) == (owners[min(known)], wanted[min(known)].kind)


def test_an_alternate_address_is_told_apart() -> None:
    wanted = identities(Person(email="a@b.example"), None)
    found = choose(wanted, [Known(identity=wanted[0], lead_id=ids.new_id(), is_primary=False)])
    assert found is not None and found.matched_by == "alternate_email"


@pytest.mark.parametrize("person", [
    Person(phone="5550170"), Person(phone="12345"), Person(phone="0"), Person(email="nobody"), Person(email="null"),
    Person(linkedin_url="https://www.linkedin.com/company/northwind"), Person(identities={"ghl_contact": "  "}), Person()])
def test_what_is_too_little_identifies_nobody(person: Person) -> None:
    assert identities(person, "US") == ()


def test_a_national_number_needs_a_country() -> None:
    assert identities(Person(phone="020 7946 0018"), None) == ()
    assert identities(Person(phone="020 7946 0018"), "GB") == (Identity("phone", "+442079460018"),)


def test_another_id_at_the_same_provider_is_another_person() -> None:
    wanted = (Identity("emailbison_lead", "501"), Identity("email", "a@b.example"))
    assert contradicts(wanted, {"emailbison_lead": "777"})
    for kind in ("ghl_contact", "smartlead_lead", "instantly_lead"):
        assert contradicts((Identity(kind, "1"),), {kind: "2"}) and not contradicts((Identity(kind, "1"),), {kind: "1"})
    assert not contradicts(wanted, {"email": "other@b.example", "ghl_contact": "x"})


def test_a_company_page_is_kept_apart() -> None:
    assert company_page("https://www.linkedin.com/company/northwind/") == "https://www.linkedin.com/company/northwind/"
    assert company_page("https://www.linkedin.com/in/dana") is None


def test_what_is_still_to_look_up() -> None:
    assert enrichment(None, "+1", None) == "not_needed" and enrichment("a@b.example", None, "u") == "pending"
    assert enrichment("a@b.example", "+1", "u") is None and enrichment(None, None, "u") is None


def test_a_face_is_always_the_same() -> None:
    assert (display_name("Dana", "Kessler"), initials("Dana van Kessler"), initials("dana@x.example"), initials("")) == (
        "Dana Kessler", "DK", "DE", "?")
    assert display_name(" ", "", None, "+1") == "+1" and display_name("", "") == "Unknown lead"
    assert hue("x") == hue("x") and 0 <= hue(ids.new_id()) < 360
