"""Are the others of a lead's company found, by its name or by the domain of their mail, and nobody else?"""

from uuid import UUID

import pytest

from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.kit.scope import Scope
from zrg_app.models import Conversation, Lead
from zrg_app.services import leads


def _met(scope: Scope, name: str, *, company: str | None = None, email: str | None = None, **conversation: object) -> UUID:
    lead_id = ids.new_id()
    with db.transaction(scope) as tx:
        tx.add(Lead(id=lead_id, workspace_id=scope.workspace_id, first_name=name, last_name="", company=company, email=email))
        tx.flush()
        tx.add(Conversation(lead_id=lead_id, workspace_id=scope.workspace_id, channel="email", snippet="", last_direction="inbound",
                            last_message_at=clock.now(), **conversation))
    return lead_id


def _others(scope: Scope, lead_id: UUID) -> dict[str, str]:
    with db.transaction(scope) as tx:
        return {each.name: each.state for each in leads.panel(tx, scope, lead_id).colleagues}


@pytest.mark.parametrize("spelling", ["Northwind Freight, Inc.", "NORTHWIND  FREIGHT", "northwind-freight LLC", "Northwind Freight Co"])
def test_a_company_is_known_by_its_name_however_it_is_spelled(world: World, spelling: str) -> None:
    dana = _met(world.as_mara, "Dana", company="Northwind Freight")
    _met(world.as_mara, "Luis", company=spelling, needs_reply=True)
    assert _others(world.as_mara, dana) == {"Luis": "waits"}


def test_a_domain_of_ones_own_makes_a_company_and_a_free_one_does_not(world: World) -> None:
    dana = _met(world.as_mara, "Dana", email="dana@northwind.example")
    _met(world.as_mara, "Luis", email="luis@NORTHWIND.example", done_at=clock.now())
    one, _ = _met(world.as_mara, "Ann", email="ann@gmail.com"), _met(world.as_mara, "Bob", email="bob@gmail.com")
    assert _others(world.as_mara, dana) == {"Luis": "done"} and _others(world.as_mara, one) == {}
    with db.transaction(world.as_mara) as tx:
        assert leads.panel(tx, world.as_mara, dana).colleagues[0].by_domain == "northwind.example"


def test_who_fits_both_ways_is_one_and_another_workspace_is_none(world: World) -> None:
    dana = _met(world.as_mara, "Dana", company="Northwind", email="dana@northwind.example")
    _met(world.as_mara, "Luis", company="Northwind GmbH", email="luis@northwind.example")
    _met(world.as_nils, "Nora", company="Northwind", email="nora@northwind.example")
    _met(world.as_mara, "Empty"), _met(world.as_mara, "Odd", company="Inc.")
    with db.transaction(world.as_mara) as tx:
        panel = leads.panel(tx, world.as_mara, dana)
    assert [each.name for each in panel.colleagues] == ["Luis"] and panel.colleague_count == 1
    assert panel.colleagues[0].by_domain == ""


def test_the_newest_few_are_shown_and_all_are_counted(world: World) -> None:
    dana = _met(world.as_mara, "Dana", company="Northwind")
    for number in range(9):
        _met(world.as_mara, f"Luis {number}", company="Northwind")
    with db.transaction(world.as_mara) as tx:
        panel = leads.panel(tx, world.as_mara, dana)
    assert [each.name for each in panel.colleagues] == [f"Luis {number}" for number in range(8, 2, -1)]
    assert panel.colleague_count == 9


def test_both_ways_use_their_index(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        driver = db.driver(tx)
        driver.execute("set local enable_seqscan = off")
        plan = driver.execute("explain select id from lead where workspace_id = %s and company_key = 'northwind' limit 200",
                              (world.acme,)).fetchall()
        other = driver.execute("explain select id from lead where workspace_id = %s and mail_domain = 'northwind.example' limit 200",
                               (world.acme,)).fetchall()
    assert any("company_key = 'northwind'" in line and "Index Cond" in line for (line,) in plan), plan
    assert any("mail_domain = 'northwind.example'" in line and "Index Cond" in line for (line,) in other), other
