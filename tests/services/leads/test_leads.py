"""Is a lead found, filled, edited and blocked as the guide says, also by two at once?"""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.services.inbound.deliveries import rows
from tests.world import World
from zrg_app.integrations.base import Person
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, Invalid, NotFound
from zrg_app.services import leads
from zrg_app.services.leads import Match

DANA = Person(first_name="Dana", email="dana@northwind.example", identities={"emailbison_lead": "501"})


def _meet(world: World, person: Person, **more: str) -> Match | None:
    with db.transaction(world.as_mara) as tx:
        return leads.find_or_create(tx, world.as_mara, person, region="US", **more)


def _lead(world: World, lead_id: UUID):  # noqa: ANN202 because a row of named columns has no better type
    return rows(world.acme, "select * from lead where id = :id", id=lead_id)[0]


def test_known_values_win_and_gaps_are_filled(world: World) -> None:
    first = _meet(world, DANA)
    again = _meet(world, Person(first_name="D.", last_name="Kessler", email="DANA@northwind.example", company="Northwind Freight",
                                phone="+1 212 555 0170", linkedin_url="https://linkedin.com/company/northwind"))
    assert first and again and (first.created, again.created, again.matched_by) == (True, False, "email")
    lead = _lead(world, first.lead_id)
    assert (lead.first_name, lead.company, lead.phone, lead.linkedin_url) == ("Dana", "Northwind Freight", "+12125550170", None)
    assert (
        lead.facts == {"linkedin_company_url": "https://linkedin.com/company/northwind"} and lead.enrichment_status == "pending"
    )


def test_a_value_of_another_lead_is_never_written(world: World) -> None:
    first = _meet(world, DANA)
    other = _meet(world, Person(first_name="Tomas", phone="+12125550170"))
    matched = _meet(world, Person(phone="+12125550170", identities={"emailbison_lead": "501"}))
    assert first and other and matched and matched.lead_id == first.lead_id != other.lead_id
    assert _lead(world, first.lead_id).phone is None


def test_nobody_is_made_of_nothing(world: World) -> None:
    assert _meet(world, Person(first_name="Ghost", phone="12345")) is None
    assert rows(world.acme, "select id from lead") == []


def test_an_address_seen_before_finds_the_lead_of_a_later_reply(world: World) -> None:
    stranger = _meet(world, Person(email="dana.private@mail.example"))
    known = _meet(world, DANA, from_address="dana.private@mail.example")
    assert stranger and known and known.lead_id == stranger.lead_id and known.matched_by == "from_address"
    assert _lead(world, known.lead_id).email == "dana@northwind.example"


def test_a_colleague_who_is_a_lead_stays_one(world: World) -> None:
    priya = _meet(world, Person(email="priya@northwind.example", identities={"emailbison_lead": "900"}))
    dana = _meet(world, DANA, from_address="priya@northwind.example")
    assert priya and dana and priya.lead_id != dana.lead_id


def test_twenty_first_contacts_at_once_make_one_lead(committed_world: World) -> None:
    people = [Person(email="dana@northwind.example", phone="+12125550170"),
              Person(phone="+12125550170", email="dana@northwind.example", identities={"ghl_contact": "ct_1"})]
    with ThreadPoolExecutor(8) as pool:
        matches = list(pool.map(lambda number: _meet(committed_world, people[number % 2]), range(20)))
    assert len({match.lead_id for match in matches if match}) == 1 and sum(match.created for match in matches if match) == 1


def test_an_edit_on_old_values_is_a_conflict(world: World) -> None:
    match = _meet(world, DANA)
    assert match
    seen = _lead(world, match.lead_id).updated_at
    with db.transaction(world.as_mara) as tx:
        leads.update(tx, world.as_mara, match.lead_id, expected_updated_at=seen, company="Northwind", phone="212 555 0170")
    with db.transaction(world.as_ben) as tx, pytest.raises(Conflict, match="in the meantime"):
        leads.update(tx, world.as_ben, match.lead_id, expected_updated_at=seen, company="Mine")
    lead = _lead(world, match.lead_id)
    assert (lead.company, lead.phone) == ("Northwind", "+12125550170")
    found = _meet(world, Person(phone="+12125550170"))
    assert found and found.lead_id == match.lead_id


def test_an_address_of_another_lead_cannot_be_taken(world: World) -> None:
    match, _ = _meet(world, DANA), _meet(world, Person(email="taken@x.example"))
    assert match
    with db.transaction(world.as_mara) as tx, pytest.raises(Conflict, match="already belongs"):
        leads.update(tx, world.as_mara, match.lead_id, expected_updated_at=None, email="taken@x.example")


@pytest.mark.parametrize("fields", [
    {"email": "nonsense"}, {"phone": "12"}, {"status": "king"}, {"status": "blacklisted"}, {"search_text": "x"},
    {"workspace_id": "x"}, {"linkedin_url": "https://www.linkedin.com/company/x"}])
def test_an_edit_that_makes_no_sense_is_refused(world: World, fields: dict) -> None:
    match = _meet(world, DANA)
    assert match
    with db.transaction(world.as_mara) as tx, pytest.raises(Invalid):
        leads.update(tx, world.as_mara, match.lead_id, expected_updated_at=None, **fields)


def test_another_workspace_sees_nobody(world: World) -> None:
    match = _meet(world, DANA)
    assert match
    for verb in (lambda tx: leads.panel(tx, world.as_nils, match.lead_id),
                 lambda tx: leads.blacklist(tx, world.as_nils, match.lead_id, reason="x"),
                 lambda tx: leads.block_sms(tx, world.as_nils, match.lead_id, reason="x"),
                 lambda tx: leads.update(tx, world.as_nils, match.lead_id, expected_updated_at=None, company="x")):
        with db.transaction(world.as_nils) as tx, pytest.raises(NotFound):
            verb(tx)


def test_the_panel_tells_all_that_is_known(world: World) -> None:
    match = _meet(world, Person(first_name="Dana", last_name="Kessler", email="dana@northwind.example", timezone="Europe/Berlin"))
    assert match
    with db.transaction(world.as_mara) as tx:
        leads.remember_address(tx, world.as_mara, match.lead_id, "priya@northwind.example")
        leads.join_campaign(tx, world.as_mara, match.lead_id, "emailbison", "88", name="Freight Q4")
        leads.blacklist(tx, world.as_mara, match.lead_id, reason="asked by phone")
        leads.block_sms(tx, world.as_mara, match.lead_id, reason="landline")
        panel = leads.panel(tx, world.as_mara, match.lead_id)
    assert (panel.name, panel.initials, panel.alternate_emails, panel.campaign) == (
        "Dana Kessler", "DK", ("priya@northwind.example",), "Freight Q4")
    assert panel.blacklisted and panel.blacklist_reason == "asked by phone" and panel.sms_dnd_reason == "landline"
    assert len(panel.local_time) == 5


def test_blacklisting_and_its_return_are_facts_told_once(world: World) -> None:
    match = _meet(world, DANA)
    assert match
    with db.transaction(world.as_mara) as tx:
        assert leads.blacklist(tx, world.as_mara, match.lead_id, reason="first") is True
        assert leads.blacklist(tx, world.as_mara, match.lead_id, reason="second") is False
        assert leads.unblacklist(tx, world.as_mara, match.lead_id) is True
        assert leads.unblacklist(tx, world.as_mara, match.lead_id) is False
    assert [row.kind for row in rows(world.acme, "select kind from audit_event where kind like 'leads.%black%' order by id")] == [
        "leads.blacklisted", "leads.unblacklisted"]


def test_a_label_that_came_first_does_not_swallow_the_fact(world: World) -> None:
    match = _meet(world, DANA)
    assert match
    with db.transaction(world.as_mara) as tx:
        tx.execute(text("update lead set status = 'blacklisted'"))
        assert leads.blacklist(tx, world.as_mara, match.lead_id, reason="asked to stop") is True
    assert _lead(world, match.lead_id).blacklist_reason == "asked to stop"
