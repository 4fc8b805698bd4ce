"""Is a reply without a webhook found at SmartLead, Instantly and LinkedIn too, once, and said in the ledger?"""

from datetime import datetime

import pytest

from sandbox.server import Running
from tests.services.inbound.deliveries import deliver
from tests.services.sending import linkedin
from tests.services.sending.stage import Stage
from tests.services.sending.test_mail_sending import MailStage
from tests.services.sync.reading import ago, settle, state, thread
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.scope import system
from zrg_app.services import jobs, sync

DANA = {"first_name": "Dana", "last_name": "Kessler", "email": "dana@northwind.example"}
MAIL = ("smartlead", "instantly")
ALL = (*MAIL, "unipile")


def played(slug: str, world: World, sandbox: Running) -> Stage:
    """Acme with one of the three connected."""
    sandbox.control.reset()
    if slug == "unipile":
        stage = Stage(world, sandbox)
        linkedin.connect(stage)
        return stage
    return MailStage(world, sandbox).connect(slug)


def writes(stage: Stage, slug: str, body: str, at: datetime) -> dict:
    """Dana writes, and no webhook comes."""
    if slug == "unipile":
        return linkedin.act(stage, body=body, at=at.isoformat())
    return stage.sandbox.control.act(slug, "acme", DANA, body, deliver=False, at=at.isoformat())


def look(stage: Stage, slug: str) -> dict:
    return sync.recover(stage.as_job, provider=slug)


@pytest.mark.parametrize("slug", ALL)
def test_a_reply_whose_webhook_never_came_is_found_once_and_said_in_the_ledger(slug: str, desk: Stage, world: World,
                                                                               providers: Running) -> None:
    stage = played(slug, world, providers)
    done = writes(stage, slug, "What does it cost?", ago(30))
    with db.transaction(system("timer")) as tx:
        sync.look(tx, system("timer"))
    settle()
    assert [row[:2] for row in thread(stage)] == [("inbound", "What does it cost?")]
    assert (state(stage).unread_count, state(stage).needs_reply, state(stage).sentiment) == (1, True, "Information Requested")
    row, = stage.sql("select event_type, status, recovered, provider from webhook_event")
    assert tuple(row) == ("recovered", "SUCCEEDED", True, slug)
    assert look(stage, slug)["recovered"] == 0
    with db.transaction(world.as_mara) as tx:
        assert [(one.provider, one.recovered, one.error) for one in sync.looks(tx, world.as_mara) if one.provider == slug] == [
            (slug, 1, "")]
    # The webhook that comes after all changes nothing.
    before = (thread(stage), state(stage))
    deliver(world.acme, slug, done["webhooks"][0])
    settle()
    assert (thread(stage), state(stage)) == before
    assert stage.sql("select count(*) from lead")[0][0] == 1


@pytest.mark.parametrize("slug", ALL)
def test_what_its_webhook_told_is_not_recovered(slug: str, desk: Stage, world: World, providers: Running) -> None:
    stage = played(slug, world, providers)
    deliver(world.acme, slug, writes(stage, slug, "What does it cost?", ago(30))["webhooks"][0])
    settle()
    assert look(stage, slug)["recovered"] == 0
    assert len(thread(stage)) == 1


@pytest.mark.parametrize("slug", ALL)
def test_the_look_can_be_taken_again_where_it_fell(slug: str, desk: Stage, world: World, providers: Running) -> None:
    stage = played(slug, world, providers)
    writes(stage, slug, "What does it cost?", ago(30))
    providers.control.add_fault(slug, "status", status=400, message="No.")
    assert "refused" in look(stage, slug)
    assert look(stage, slug)["recovered"] == 1


@pytest.mark.parametrize("slug", MAIL)
def test_an_answer_sent_from_here_and_its_reply_stay_one_each(slug: str, desk: Stage, world: World, providers: Running) -> None:
    stage = played(slug, world, providers)
    lead_id = stage.writes()
    stage.queue(lead_id, "email")
    stage.run_jobs()
    before = thread(stage)
    assert look(stage, slug)["recovered"] == 0
    assert thread(stage) == before


def test_a_member_known_from_a_list_is_recognised_by_the_profile(desk: Stage, world: World, providers: Running) -> None:
    stage = played("unipile", world, providers)
    lead_id = linkedin.known_lead(stage)
    writes(stage, "unipile", "Hello", ago(30))
    assert look(stage, "unipile")["recovered"] == 1
    settle()
    assert [(row.lead_id, row.body) for row in stage.sql("select lead_id, body from message")] == [(lead_id, "Hello")]


def test_a_webhook_of_instantly_that_names_the_answered_mail_is_not_told_again(desk: Stage, world: World, providers: Running) -> None:
    stage = played("instantly", world, providers)
    told = [writes(stage, "instantly", "Yes, please.", ago(minutes)) for minutes in (30, 20)]
    webhook = told[0]["webhooks"][0]
    deliver(world.acme, "instantly", webhook | {"email_id": "the-mail-that-was-answered"})
    assert look(stage, "instantly")["recovered"] == 1
    # The second of the same words had no webhook; the first had one, under another name.
    assert [row[2] for row in thread(stage)] == ["the-mail-that-was-answered", told[1]["ids"]["email_id"]]
    assert look(stage, "instantly")["recovered"] == 0
    sync.conversation(stage.as_job, of_lead=stage.sql("select id from lead")[0].id)
    jobs.run_ready()
    assert [row[1] for row in thread(stage) if row[0] == "inbound"] == ["Yes, please."] * 2


