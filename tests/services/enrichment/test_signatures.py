"""What does a signature tell of its writer, and of nobody else?"""

import pytest

from tests.services.inbound.deliveries import rows
from tests.services.leads.persons import mail
from tests.world import World
from zrg_app.services.jobs.run import run_ready

SIGNED = ("Sounds good, let us talk.\n\nBest regards,\nDana Kessler\nHead of Operations\nNorthwind Freight\n"
          "Phone: (212) 555-0188\nlinkedin.com/in/dana-kessler")


def _lead(world: World, **changes: object):  # noqa: ANN202 because a row of named columns has no better type
    body = {"data__reply__text_body": SIGNED, "data__reply__html_body": "", "data__lead__custom_variables": []}
    lead_id = mail(world, 9300, **{**body, **changes})
    run_ready()
    return rows(world.acme, "select * from lead where id = :id", id=lead_id)[0]


def test_a_signature_fills_what_is_empty_and_is_named_as_the_source(world: World) -> None:
    lead = _lead(world)
    assert (lead.phone, lead.linkedin_url) == ("+12125550188", "https://www.linkedin.com/in/dana-kessler")
    sources = lead.facts["sources"]
    assert sources["phone"] == sources["linkedin_url"] == "signature" and lead.job_title == "Head of Operations"


@pytest.mark.parametrize("changes", [
    {"data__reply__automated_reply": True},
    {"data__reply__from_email_address": "priya@northwind.example", "data__reply__from_name": "Priya Raman"},
    {"data__reply__text_body": "Not me.\n\nOn Mon, 3 Nov 2026 at 09:00, Dana Kessler <dana@northwind.example> wrote:\n> "
                               + SIGNED.replace("\n", "\n> ")},
    {"data__reply__text_body": SIGNED.replace("Dana Kessler", "Priya Raman")},
    {"data__reply__text_body": SIGNED + "\npriya@northwind.example"},
    {"data__reply__email_subject": "Automatic reply: Quick question", "data__reply__text_body":
     "I am out of the office until 3 December.\n\n" + SIGNED.split("\n\n", 1)[1]},
])
def test_a_machine_a_colleague_a_quote_and_another_card_tell_nothing(world: World, changes: dict) -> None:
    lead = _lead(world, **changes)
    assert lead.phone is None and lead.linkedin_url is None
