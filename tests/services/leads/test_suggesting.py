"""When are two leads merged by themselves, when is a person asked, and when is nothing said?"""

from uuid import UUID

import pytest

from tests.services.inbound.deliveries import rows
from tests.services.leads.persons import merge, text_message, unmerge
from tests.world import World
from zrg_app.integrations.base import Person
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.services import leads
from zrg_app.services.jobs.run import run_ready
from zrg_app.services.leads.duplicates import Side, judge
from zrg_app.services.leads.matching import Identity

DANA = Side(first_name="Dana", last_name="Kessler", primary={"email": "dana@northwind.example"})
EMAIL = Identity("email", "dana@northwind.example")


@pytest.mark.parametrize(("learner", "owner", "identity", "told", "certain"), [
    (Side(first_name="Dana", last_name="", primary={"ghl_contact": "c1"}), DANA, EMAIL, True, True),
    (Side(first_name="", last_name="", primary={}), DANA, EMAIL, True, True),
    (Side(first_name="D.", last_name="Kessler", primary={}), DANA, EMAIL, True, True),
    (Side(first_name="", last_name="", primary={}), DANA, EMAIL, False, False),
    (Side(first_name="Priya", last_name="", primary={}), DANA, EMAIL, True, False),
    (Side(first_name="", last_name="", primary={"email": "other@x.example"}), DANA, EMAIL, True, False),
    (Side(first_name="", last_name="", primary={}), DANA, Identity("email", "alternate@northwind.example"), True, False),
    (Side(first_name="", last_name="", primary={}), Side(first_name="", last_name="", primary={"phone": "+12125550170"}),
     Identity("phone", "+12125550170"), True, False),
    (Side(first_name="", last_name="", primary={"smartlead_lead": "1"}),
     Side(first_name="", last_name="", primary={"smartlead_lead": "2", **DANA.primary}), EMAIL, True, False),
])
def test_only_what_speaks_for_itself_is_certain(learner: Side, owner: Side, identity: Identity, told: bool,
                                                certain: bool) -> None:
    judged = judge(learner, owner, identity, told_by_record=told)
    assert judged.is_certain is certain and identity.value in judged.reason


def _meet(world: World, person: Person, **more: str) -> UUID:
    with db.transaction(world.as_mara) as tx:
        return leads.find_or_create(tx, world.as_mara, person, region="US", **more).lead_id


def _found(world: World) -> list:
    return rows(world.acme, "select * from lead_merge order by id")


def test_a_provider_that_learns_the_address_of_a_contact_joins_the_two(world: World) -> None:
    dana = _meet(world, Person(first_name="Dana", email="dana@northwind.example", identities={"emailbison_lead": "501"}))
    contact = _meet(world, Person(identities={"ghl_contact": "ct_1"}))
    assert contact != dana
    _meet(world, Person(first_name="Dana", email="dana@northwind.example", identities={"ghl_contact": "ct_1"}))
    assert [(row.keep_id, row.gone_id, row.status, row.is_automatic) for row in _found(world)] == [
        (dana, contact, "suggested", True)]
    assert [ended.status for ended in run_ready()] == ["SUCCEEDED"]
    assert _meet(world, Person(identities={"ghl_contact": "ct_1"})) == dana
    done = rows(world.acme, "select reason, evidence, decided_by_name from lead_merge where status = 'merged'")[0]
    assert done.reason == "Both have the e-mail address dana@northwind.example." and done.evidence == "email"


def test_a_shared_number_is_only_a_question_and_is_asked_once(world: World) -> None:
    dana = _meet(world, Person(first_name="Dana", email="dana@northwind.example", identities={"emailbison_lead": "501"}))
    tomas = _meet(world, Person(first_name="Tomas", phone="+12125550170"))
    for _ in range(3):
        _meet(world, Person(phone="+12125550170", identities={"emailbison_lead": "501"}))
    (row,) = _found(world)
    assert {row.keep_id, row.gone_id} == {dana, tomas} and not row.is_automatic and run_ready() == []
    with db.transaction(world.as_mara) as tx:
        leads.dismiss(tx, world.as_mara, row.id)
    _meet(world, Person(phone="+12125550170", identities={"emailbison_lead": "501"}))
    assert [row.status for row in _found(world)] == ["dismissed"]
    with db.transaction(world.as_mara) as tx, pytest.raises(Conflict):
        leads.dismiss(tx, world.as_mara, row.id)
    with db.transaction(world.as_nils) as tx, pytest.raises(NotFound):
        leads.dismiss(tx, world.as_nils, row.id)


def test_what_a_person_took_apart_is_not_suggested_again(world: World) -> None:
    dana = _meet(world, Person(email="dana@northwind.example", identities={"emailbison_lead": "501"}))
    tomas = _meet(world, Person(phone="+12125550170"))
    unmerge(world, merge(world, dana, tomas))
    _meet(world, Person(phone="+12125550170", identities={"emailbison_lead": "501"}))
    assert [row.status for row in _found(world)] == ["undone"]


def test_certainty_is_weighed_again_when_the_job_runs(world: World) -> None:
    _meet(world, Person(first_name="Dana", email="dana@northwind.example"))
    contact = _meet(world, Person(identities={"ghl_contact": "ct_1"}))
    _meet(world, Person(email="dana@northwind.example", identities={"ghl_contact": "ct_1"}))
    with db.transaction(world.as_mara) as tx:
        leads.update(tx, world.as_mara, contact, expected_updated_at=None, first_name="Priya")
    run_ready()
    (row,) = _found(world)
    assert (row.status, row.is_automatic) == ("suggested", False) and "names differ" in row.reason


def test_the_sources_of_later_values_are_marked(world: World) -> None:
    lead = _meet(world, Person(email="dana@northwind.example"), source="emailbison")
    _meet(world, Person(email="dana@northwind.example", phone="+12125550170"), source="ghl")
    with db.transaction(world.as_mara) as tx:
        leads.fill(tx, world.as_mara, lead, source="signature", phone="+12125550999", job_title="Head of Operations")
        leads.update(tx, world.as_mara, lead, expected_updated_at=None, job_title="Director")
    (row,) = rows(world.acme, "select phone, job_title, facts->'sources' as sources from lead")
    assert (row.phone, row.job_title) == ("+12125550170", "Director")
    assert row.sources == {"phone": "ghl", "job_title": "person"}


def test_an_sms_by_the_same_number_never_matches_short_digits(world: World) -> None:
    lead = text_message(world, "Hello")
    (number,) = rows(world.acme, "select value from lead_identity where kind = 'phone'")[0]
    assert _meet(world, Person(phone=number[-10:])) == lead
    for short in (number[-7:], number[-4:], "911"):
        with db.transaction(world.as_mara) as tx:
            assert leads.find_or_create(tx, world.as_mara, Person(phone=short), region="US") is None
