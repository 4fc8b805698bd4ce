"""Who answers for a lead, to which address do we write, and whom does a stop or a bounce from another address concern?"""

from uuid import UUID

import pytest

from tests.services.inbound.deliveries import deliver, fixture, rows
from tests.services.leads.persons import mail
from tests.world import World
from zrg_app.integrations.base import Person
from zrg_app.kit import db
from zrg_app.kit.errors import NotFound
from zrg_app.services import leads, sending
from zrg_app.services.inbox.views import Way
from zrg_app.services.jobs.run import run_ready

PRIYA = {"data__reply__from_email_address": "priya@northwind.example", "data__reply__from_name": "Priya Raman"}
LATER = {"data__reply__date_received": "2026-11-20T23:30:00Z"}


@pytest.fixture
def answered_by_priya(world: World) -> UUID:
    """Dana's thread, in which her colleague Priya answered last."""
    mail(world)
    return mail(world, 9002, **PRIYA, **LATER)


def _lead(world: World, lead_id: UUID):  # noqa: ANN202 because a row of named columns has no better type
    return rows(world.acme, "select * from lead where id = :id", id=lead_id)[0]


def _way(world: World, lead_id: UUID) -> Way:
    with db.transaction(world.as_mara) as tx:
        return next(way for way in sending.ways(tx, world.as_mara, lead_id) if way.channel == "email")


def test_mail_goes_to_who_answers_with_the_lead_in_copy(world: World, answered_by_priya: UUID) -> None:
    way = _way(world, answered_by_priya)
    assert way.to_address == "priya@northwind.example" and "dana@northwind.example" in way.cc
    assert _lead(world, answered_by_priya).current_replier_name == "Priya Raman"


def test_promoting_who_answers_makes_them_the_lead_and_back_again(world: World, answered_by_priya: UUID) -> None:
    with db.transaction(world.as_mara) as tx:
        leads.promote(tx, world.as_mara, answered_by_priya, "Priya@Northwind.example")
    lead = _lead(world, answered_by_priya)
    assert (lead.email, lead.first_name, lead.last_name, lead.current_replier_email) == (
        "priya@northwind.example", "Priya", "Raman", None)
    primary = rows(world.acme, "select value from lead_identity where kind = 'email' and is_primary")
    assert [row.value for row in primary] == ["priya@northwind.example"]
    assert _way(world, answered_by_priya).to_address == "priya@northwind.example"
    with db.transaction(world.as_mara) as tx:
        leads.promote(tx, world.as_mara, answered_by_priya, "dana@northwind.example")
        with pytest.raises(NotFound):
            leads.promote(tx, world.as_mara, answered_by_priya, "stranger@northwind.example")
    lead = _lead(world, answered_by_priya)
    assert (lead.email, lead.first_name, lead.last_name) == ("dana@northwind.example", "Dana", "Kessler")


def test_a_machine_that_answers_is_nobodys_address_and_answers_for_nobody(world: World) -> None:
    lead = mail(world)
    mail(world, 9003, data__reply__automated_reply=True, **LATER, **PRIYA)
    assert rows(world.acme, "select value from lead_identity where value like 'priya%'") == []
    assert _lead(world, lead).current_replier_email is None


def test_a_bounce_from_a_colleagues_address_leaves_the_lead_alone(world: World, answered_by_priya: UUID) -> None:
    words = ("Delivery has failed to these recipients: priya@northwind.example\n\n"
             "550 5.1.1 <priya@northwind.example>: Recipient address rejected: User unknown")
    deliver(world.acme, "emailbison", fixture(
        "emailbison/lead_replied", data__reply__id=9100, data__reply__from_email_address="mailer-daemon@northwind.example",
        data__reply__from_name="Mail Delivery System", data__reply__email_subject="Undelivered Mail Returned to Sender",
        data__reply__text_body=words, data__reply__html_body="", **LATER))
    lead = _lead(world, answered_by_priya)
    assert lead.status != "blacklisted" and lead.facts["retired"] == {"priya@northwind.example": "Mail to it came back."}
    way = _way(world, answered_by_priya)
    assert way.to_address == "dana@northwind.example" and "priya" not in way.cc and way.possible
    mail(world, 9101, **PRIYA, data__reply__date_received="2026-11-20T23:50:00Z")
    assert _way(world, answered_by_priya).to_address == "priya@northwind.example"


def test_a_stop_from_a_colleague_in_copy_stops_the_thread_and_their_own(world: World) -> None:
    with db.transaction(world.as_mara) as tx:
        priya = leads.find_or_create(tx, world.as_mara, Person(
            first_name="Priya", email="priya@northwind.example", identities={"emailbison_lead": "900"}), region=None).lead_id
    dana = mail(world)
    assert mail(world, 9004, **PRIYA, **LATER, data__reply__text_body="Please stop emailing us and remove us from your list.",
                data__reply__html_body="") == dana != priya
    run_ready()
    stopped = {row.id: row.blacklist_reason for row in rows(world.acme, "select * from lead where status = 'blacklisted'")}
    assert set(stopped) == {dana, priya} and "Priya Raman" in stopped[priya]
    assert not _way(world, dana).possible
