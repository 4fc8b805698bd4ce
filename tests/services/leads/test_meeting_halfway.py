"""What if a lead is merged at the very moment something else happens to it? Real transactions, real waiting."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import text

from sandbox.server import Running, running
from tests.services.inbound.deliveries import fixture, keep, rows, understand
from tests.services.leads.persons import merge, unmerge
from tests.services.sending.stage import Stage
from tests.world import World
from zrg_app.integrations.base import Person, Receipt
from zrg_app.kit import db
from zrg_app.kit.errors import Conflict, NotFound
from zrg_app.kit.scope import system
from zrg_app.services import drafting, leads, sending, sentiment
from zrg_app.services.sending import recording
from zrg_app.services.sentiment.policy import Verdict

WAIT = 20


@pytest.fixture(scope="module")
def providers() -> Running:
    """One listening sandbox for the file."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def stage(committed_world: World, providers: Running) -> Stage:
    """Acme Growth with its providers, committing for real."""
    providers.control.reset()
    return Stage(committed_world, providers)


def _meanwhile(world: World, keep_id: UUID, gone: UUID, work: Callable[[], object]) -> object:
    """Merge, let `work` begin before the merge commits, and return what it came to."""
    merged, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with db.transaction(world.as_mara) as tx:
            leads.merge(tx, world.as_mara, keep_id, gone, reason="The same person")
            merged.set()
            assert go_on.wait(WAIT)

    with ThreadPoolExecutor(2) as pool:
        holding = pool.submit(hold)
        assert merged.wait(WAIT)
        working: Future = pool.submit(work)
        _until_somebody_waits(working)
        go_on.set()
        holding.result(WAIT)
        return working.result(WAIT)


def _until_somebody_waits(working: Future) -> None:
    for _ in range(400):
        with db.transaction(system("look for a waiting transaction")) as tx:
            if working.done() or tx.scalar(text(
                    "select count(*) from pg_locks l join pg_stat_activity a using (pid) "
                    "where not l.granted and a.datname = current_database()")):
                return
        threading.Event().wait(0.02)
    raise AssertionError("Nobody waits for the merge.")


def _two(stage: Stage) -> tuple[UUID, UUID]:
    return stage.lead_writes("emailbison"), stage.lead_writes("ghl")


def test_a_draft_approved_during_the_merge_leaves_once_for_the_lead_that_stays(stage: Stage) -> None:
    dana, tomas = _two(stage)
    draft_id = stage.draft(tomas)

    def approve() -> UUID:
        with db.transaction(stage.world.as_ben) as tx:
            return drafting.approve(tx, stage.world.as_ben, draft_id)

    outbound_id = _meanwhile(stage.world, dana, tomas, approve)
    row = stage.outbound(outbound_id)
    assert (row.lead_id, row.channel, row.to_address) == (dana, "sms", "+14155550142")
    stage.run_jobs()
    assert len(stage.sent("ghl")) == 1 and stage.outbound(outbound_id).status == "sent"


def test_a_message_accepted_during_the_merge_stands_in_the_thread_that_stays(stage: Stage) -> None:
    dana, tomas = _two(stage)
    outbound_id = stage.queue(tomas, "sms")
    with db.transaction(system("it is being sent")) as tx:
        tx.execute(text("update outbound_message set status = 'sending', attempts = 1, attempted_at = now()"))

    def accept() -> UUID | None:
        with db.transaction(stage.as_job) as tx:
            return recording.accepted(tx, stage.as_job, outbound_id, Receipt(message_id="sms-77"))

    message_id = _meanwhile(stage.world, dana, tomas, accept)
    row = stage.sql("select lead_id, outbound_id from message where id = :id", id=message_id)[0]
    assert (row.lead_id, row.outbound_id, stage.outbound(outbound_id).status) == (dana, outbound_id, "sent")
    assert stage.sql("select lead_id from conversation") == [(dana,)]
    merge_id = stage.sql("select id from lead_merge where status = 'merged'")[0][0]
    unmerge(stage.world, merge_id)
    assert stage.sql("select lead_id from message where id = :id", id=message_id)[0].lead_id == tomas


def test_a_reply_that_comes_during_the_merge_is_in_the_thread_that_stays(stage: Stage) -> None:
    dana, tomas = _two(stage)
    contact = stage.sql("select value from lead_identity where kind = 'ghl_contact'")[0].value
    body = fixture("ghl/workflow_sms", contact_id=contact, phone="+14155550142", message__body="And another thing", email="",
                   first_name="Tomas", last_name="Oliveira", full_name="Tomas Oliveira")
    event_id = keep(stage.world.acme, "ghl", body)
    status, reason = _meanwhile(stage.world, dana, tomas, lambda: understand(stage.world.acme, event_id))
    assert status == "SUCCEEDED", reason
    assert stage.sql("select lead_id from message where body = 'And another thing'") == [(dana,)]
    assert stage.sql("select lead_id from conversation") == [(dana,)]


def test_a_label_and_a_stop_decided_during_the_merge_count_for_the_lead_that_stays(stage: Stage) -> None:
    dana, tomas = _two(stage)
    message_id = stage.sql("select id from message where lead_id = :id", id=tomas)[0].id

    def decide() -> None:
        with db.transaction(stage.as_job) as tx:
            sentiment.decide(tx, stage.as_job, tomas, message_id, Verdict(
                sentiment="Blacklist", source="rule", reason="They asked not to be written to."))

    _meanwhile(stage.world, dana, tomas, decide)
    assert stage.sql("select status from lead where id = :id", id=dana)[0].status == "blacklisted"


def test_a_new_message_to_a_lead_that_has_just_gone_is_refused(stage: Stage) -> None:
    dana, tomas = _two(stage)

    def write() -> type | None:
        with db.transaction(stage.world.as_ben) as tx:
            try:
                sending.queue(tx, stage.world.as_ben, tomas, channel="sms", body="Hello", sent_by="setter", idempotency_key="one")
            except NotFound as error:
                return type(error)

    assert _meanwhile(stage.world, dana, tomas, write) is NotFound
    assert stage.sql("select id from outbound_message") == []


def test_two_people_who_merge_both_ways_at_once_make_one_merge(stage: Stage) -> None:
    pair = _two(stage)
    start = threading.Barrier(4)

    def try_it(turned: bool) -> bool:
        start.wait(WAIT)
        try:
            merge(stage.world, *(pair[::-1] if turned else pair))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(try_it, [True, False, True, False])) == 1
    assert stage.sql("select count(*) from conversation")[0][0] == 1


def test_first_contacts_through_five_providers_at_once_make_one_lead(committed_world: World) -> None:
    known = {"email": "dana@northwind.example", "phone": "+12125550170", "linkedin_url": "https://linkedin.com/in/dana-k"}
    people = [Person(**{name: known[name] for name in names}, identities=identities) for names, identities in (
        (("email",), {"emailbison_lead": "501"}), (("email", "phone"), {"ghl_contact": "ct_1"}),
        (("email",), {"smartlead_lead": "77"}), (("email", "linkedin_url"), {"instantly_lead": "9f3a"}),
        (("email", "linkedin_url"), {"linkedin_member": "ACoAAB12345"}))]
    start = threading.Barrier(len(people))

    def meet(person: Person) -> UUID:
        start.wait(WAIT)
        with db.transaction(committed_world.as_mara) as tx:
            return leads.find_or_create(tx, committed_world.as_mara, person, region="US").lead_id

    with ThreadPoolExecutor(len(people)) as pool:
        found = set(pool.map(meet, people))
    assert len(found) == 1
    kinds = {row.kind for row in rows(committed_world.acme, "select kind from lead_identity where lead_id = :id", id=found.pop())}
    assert kinds == {"email", "phone", "linkedin_url", "emailbison_lead", "ghl_contact", "smartlead_lead", "instantly_lead",
                     "linkedin_member"}
