"""What does the lead panel tell of other leads, of addresses and of where a value is from?"""

from uuid import UUID

import pytest

from tests.services.leads.persons import mail, merge, text_message
from tests.world import World
from zrg_app.integrations.base import Person
from zrg_app.kit import db, ids
from zrg_app.kit.errors import NotFound
from zrg_app.services import leads, workbench
from zrg_app.services.leads.matching import Identity


@pytest.fixture
def two(world: World) -> tuple[UUID, UUID]:
    """Dana by e-mail and Tomas by SMS."""
    return mail(world), text_message(world)


def test_a_merge_stands_in_the_panel_and_an_old_link_leads_there(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    merge(world, dana, tomas, reason="Wrote by SMS, too")
    with db.transaction(world.as_mara) as tx:
        view = workbench.open_conversation(tx, world.as_mara, tomas)
    assert view.lead.lead_id == str(dana)
    (merged,) = view.lead.merges
    assert (merged.reason, merged.by, merged.is_newest) == ("Wrote by SMS, too", "Mara Reyes", True)
    assert any("merged another lead" in item.body for item in view.items)


def test_a_suggestion_stands_in_both_panels_until_it_is_decided(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    with db.transaction(world.as_mara) as tx:
        made = leads.suggest(tx, world.as_mara, dana, tomas, Identity("phone", "+12125550170"), told_by_record=True)
        for one, other in (two, two[::-1]):
            (shown,) = leads.panel(tx, world.as_mara, one).suggestions
            assert shown.lead_id == str(other) and "+12125550170" in shown.reason
        leads.dismiss(tx, world.as_mara, made)
        assert leads.panel(tx, world.as_mara, dana).suggestions == ()


def test_the_other_lead_is_found_by_name_address_and_number(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    with db.transaction(world.as_mara) as tx:
        number = leads.panel(tx, world.as_mara, tomas).phone
        name = leads.panel(tx, world.as_mara, tomas).name.split()[0]
        for query in (number, number[2:], name.lower()):
            assert [one.lead_id for one in leads.candidates(tx, world.as_mara, dana, query=query)] == [str(tomas)], query
        for query in ("", "\x00", "100%_\\'", "dana", "x" * 5000):
            assert leads.candidates(tx, world.as_mara, dana, query=query) == (), query
    with db.transaction(world.as_nils) as tx:
        assert leads.candidates(tx, world.as_nils, dana, query="dana@northwind.example") == ()


def test_two_leads_stand_side_by_side_and_say_where_they_differ(world: World, two: tuple[UUID, UUID]) -> None:
    dana, tomas = two
    with db.transaction(world.as_mara) as tx:
        seen = leads.compare(tx, world.as_mara, dana, tomas)
        rows = {row.word: row for row in seen.rows}
        assert seen.own.name == "Dana Kessler" and rows["Name"].differs and not rows["Messages"].differs
        for pair in ((dana, dana), (dana, ids.new_id())):
            with pytest.raises(NotFound):
                leads.compare(tx, world.as_mara, *pair)
    with db.transaction(world.as_nils) as tx, pytest.raises(NotFound):
        leads.compare(tx, world.as_nils, dana, tomas)


def test_where_a_value_is_from_is_told(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        lead = leads.find_or_create(tx, world.as_mara, Person(email="ana@x.example"), region="US").lead_id
        leads.fill(tx, world.as_mara, lead, source="clay", phone="+12125550199")
        panel = leads.panel(tx, world.as_mara, lead)
    assert (panel.phone_source, panel.linkedin_source, panel.enrichment, panel.may_look_up) == ("clay", "", "pending", False)
