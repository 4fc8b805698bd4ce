"""Does a message leave exactly once, whatever fails? Real processes and threads, a real database, the sandbox over HTTP."""

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.services.sending.stage import Stage
from zrg_app.integrations import transport
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict
from zrg_app.kit.scope import system
from zrg_app.services import drafting, sending

ROOT = Path(__file__).parents[2]
IMPATIENT = 0.5
FAULTS = ("status", "status", "disconnect_before", "disconnect_after_accept", "malformed", "timeout_after_accept")
WAYS = {"emailbison": ("email", "/reply"), "ghl": ("sms", "/conversations/messages")}


def proof(stage: Stage) -> sending.SendOnce:
    """The count of sends and messages, printed, and held against its promise."""
    with db.transaction(stage.as_job) as tx:
        counted = sending.send_once(tx, stage.as_job)
    print(counted)
    assert counted.holds
    return counted


@pytest.mark.parametrize("provider", WAYS)
@pytest.mark.parametrize("kind", ["timeout_after_accept", "disconnect_after_accept", "malformed"])
def test_an_accepted_message_whose_answer_is_lost_is_found_and_not_sent_again(
        committed_stage: Stage, provider: str, kind: str) -> None:
    stage, (channel, path) = committed_stage, WAYS[provider]
    outbound_id = stage.queue(stage.lead_writes(provider), channel)
    stage.sandbox.control.add_fault(provider, kind, path_contains=path, method="POST", seconds=20)
    with transport.patience(IMPATIENT):
        stage.run_jobs(until=clock.now() + timedelta(seconds=11))
        assert stage.outbound(outbound_id).status == "checking"
        stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert len(stage.sent(provider)) == 1
    assert (row.status, row.attempts, row.provider_message_id) == ("sent", 1, str(stage.sent(provider)[0]["id"]))
    assert (proof(stage).sent, proof(stage).unknown) == (1, 0)


@pytest.mark.parametrize("provider", WAYS)
@pytest.mark.parametrize("fault", [{"kind": "status", "status": 500}, {"kind": "timeout_before", "seconds": 20},
                                   {"kind": "disconnect_before"}])
def test_a_message_the_provider_never_took_is_sent_by_the_one_more_try(
        committed_stage: Stage, provider: str, fault: dict) -> None:
    stage, (channel, path) = committed_stage, WAYS[provider]
    outbound_id = stage.queue(stage.lead_writes(provider), channel)
    stage.sandbox.control.add_fault(provider, path_contains=path, method="POST", **fault)
    with transport.patience(IMPATIENT):
        stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.attempts, row.uncertain, row.looks) == ("sent", 2, 1, 4)
    assert len(stage.sent(provider)) == 1
    proof(stage)


def test_a_fate_that_stays_unknown_is_given_to_a_person_whose_retry_looks_first(committed_stage: Stage) -> None:
    stage = committed_stage
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email")
    stage.sandbox.control.add_fault("emailbison", "status", path_contains="/reply", method="POST", times=2)
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code, row.attempts) == ("failed", "unknown_outcome", 2)
    assert stage.sql("select needs_repair from conversation")[0][0] is True
    with db.transaction(stage.world.as_mara) as tx:
        sending.retry(tx, stage.world.as_mara, outbound_id)
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)
    assert stage.sql("select needs_repair from conversation")[0][0] is False
    proof(stage)


def test_a_busy_provider_is_asked_again_when_it_said(committed_stage: Stage) -> None:
    stage = committed_stage
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.sandbox.control.add_fault("emailbison", "status", status=429, retry_after=30, path_contains="/reply", method="POST")
    due = clock.now() + timedelta(seconds=11)
    stage.run_jobs(until=due)
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code, stage.sent("emailbison")) == ("waiting", "provider_busy", [])
    assert row.not_before >= due + timedelta(seconds=28)
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)


def test_a_provider_that_stays_busy_is_waited_for_and_one_that_stays_down_is_told(committed_stage: Stage) -> None:
    stage = committed_stage
    waiting = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.sandbox.control.add_fault("emailbison", "status", status=429, retry_after=1, path_contains="/reply", times=20)
    stage.run_jobs()
    assert (stage.outbound(waiting).status, stage.outbound(waiting).attempts) == ("sent", 21)
    down = stage.queue(stage.lead_writes("ghl"), "sms")
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update connection set base_url = 'http://127.0.0.1:9' where provider = 'ghl'"))
    stage.run_jobs(until=clock.now() + timedelta(hours=3))
    row = stage.outbound(down)
    assert (row.status, row.error_code, row.attempts, row.uncertain) == ("failed", "provider_down", 14, 0)


@pytest.mark.parametrize("fault", [{"status": 400, "message": "Cannot send message as DND is active for SMS."}, None])
def test_do_not_disturb_fails_once_tells_why_and_closes_the_channel(committed_stage: Stage, fault: dict | None) -> None:
    stage = committed_stage
    lead_id = stage.lead_writes("ghl")
    outbound_id = stage.queue(lead_id, "sms")
    if fault:
        stage.sandbox.control.add_fault("ghl", "status", path_contains="/conversations/messages", method="POST", **fault)
    else:
        contact_id = stage.sql("select value from lead_identity where kind = 'ghl_contact'")[0][0]
        stage.sandbox.control.set_dnd(contact_id)
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code, row.attempts, stage.sent("ghl")) == ("failed", "sms_dnd", 1, [])
    assert stage.sql("select sms_dnd from lead")[0][0] is True
    with db.transaction(stage.world.as_mara) as tx:
        assert not next(way for way in sending.ways(tx, stage.world.as_mara, lead_id) if way.channel == "sms").possible


def test_credentials_that_do_not_work_lock_the_connection_and_nothing_is_lost(committed_stage: Stage) -> None:
    stage = committed_stage
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.sandbox.control.add_fault("emailbison", "status", status=401)
    stage.run_jobs()
    row = stage.outbound(outbound_id)
    assert (row.status, row.error_code) == ("failed", "provider_locked")
    assert stage.sql("select status from connection where provider = 'emailbison'")[0][0] == "locked"
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("update connection set status = 'working' where provider = 'emailbison'"))
    with db.transaction(stage.world.as_mara) as tx:
        sending.retry(tx, stage.world.as_mara, outbound_id)
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)


@pytest.mark.parametrize("provider", WAYS)
def test_a_worker_killed_between_accept_and_record_leaves_one_message(committed_stage: Stage, provider: str) -> None:
    stage, (channel, path) = committed_stage, WAYS[provider]
    outbound_id = stage.queue(stage.lead_writes(provider), channel)
    stage.sandbox.control.add_fault(provider, "timeout_after_accept", path_contains=path, method="POST", seconds=60)
    worker = start_worker(stage, outbound_id)
    try:
        wait_for(lambda: len(stage.sent(provider)) == 1, worker)
    finally:
        worker.kill()
        worker.wait(10)
    assert stage.outbound(outbound_id).status == "sending"
    rescue(stage)
    row = stage.outbound(outbound_id)
    assert (row.status, len(stage.sent(provider))) == ("sent", 1)
    assert (proof(stage).sent, proof(stage).messages) == (1, 1)


def test_twenty_clicks_on_approve_send_one_message(committed_stage: Stage) -> None:
    stage = committed_stage
    draft_id = stage.draft(stage.lead_writes("emailbison"))

    def approve(_: int) -> UUID:
        with db.transaction(stage.world.as_mara) as tx:
            return drafting.approve(tx, stage.world.as_mara, draft_id)

    with ThreadPoolExecutor(20) as people:
        assert len(set(people.map(approve, range(20)))) == 1
    stage.run_jobs()
    assert len(stage.sent("emailbison")) == 1
    proof(stage)


def test_twenty_workers_with_the_same_job_send_one_message(committed_stage: Stage) -> None:
    stage = committed_stage
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    due = clock.now() + timedelta(seconds=11)

    def send(_: int) -> None:
        with clock.frozen(due):
            sending.send(stage.as_job, outbound_id=outbound_id)

    with ThreadPoolExecutor(20) as workers:
        list(workers.map(send, range(20)))
    stage.run_jobs()
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)
    proof(stage)


def test_an_undo_that_meets_the_worker_is_done_or_refused_and_never_both(committed_stage: Stage) -> None:
    stage, messages = committed_stage, 12
    lead_id = stage.lead_writes("emailbison")
    sent = undone = 0
    for number in range(messages):
        outbound_id = stage.queue(lead_id, "email", f"Answer number {number}.")
        took_back = race(stage, outbound_id)
        left = stage.outbound(outbound_id).status == "sent"
        assert took_back != left
        sent, undone = sent + left, undone + took_back
    print(f"{sent} left, {undone} were taken back")
    assert len(stage.sent("emailbison")) == sent
    assert sent + undone == messages
    proof(stage)


def test_a_webhook_about_our_own_message_makes_no_second_one(committed_stage: Stage) -> None:
    stage = committed_stage
    lead_id = stage.lead_writes("emailbison")
    outbound_id = stage.queue(lead_id, "email")
    stage.sandbox.control.add_fault("emailbison", "disconnect_after_accept", path_contains="/reply", method="POST")
    stage.run_jobs(until=clock.now() + timedelta(seconds=11))
    stage.hear_of(stage.sent("emailbison")[0]["id"])
    stage.run_jobs()
    stage.hear_of(stage.sent("emailbison")[0]["id"])
    mine = stage.sql("select outbound_id, sent_by, sent_by_user, body from message where direction = 'outbound'")
    assert [tuple(row) for row in mine] == [(outbound_id, "setter", stage.world.mara, "It is 900 a month.")]
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)
    proof(stage)


def test_two_equal_texts_in_doubt_are_two_messages(committed_stage: Stage) -> None:
    stage = committed_stage
    lead_id = stage.lead_writes("ghl")
    pair = [stage.queue(lead_id, "sms", "ok") for _ in range(2)]
    stage.sandbox.control.add_fault("ghl", "disconnect_after_accept", path_contains=WAYS["ghl"][1], method="POST", times=2)
    stage.run_jobs()
    found = {stage.outbound(each).provider_message_id for each in pair}
    assert [stage.outbound(each).status for each in pair] == ["sent", "sent"]
    assert found == {message["id"] for message in stage.sent("ghl")}
    assert len(found) == 2
    proof(stage)


def test_a_database_that_restarts_while_the_provider_is_called_loses_nothing(committed_stage: Stage, database_url: str) -> None:
    stage = committed_stage
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.sandbox.control.add_fault("emailbison", "timeout_after_accept", path_contains="/reply", method="POST", seconds=3)
    due = clock.now() + timedelta(seconds=11)

    def send() -> None:
        with clock.frozen(due):
            sending.send(stage.as_job, outbound_id=outbound_id)

    with ThreadPoolExecutor(1) as worker:
        working = worker.submit(send)
        for _ in range(300):
            if stage.sent("emailbison"):
                break
            time.sleep(0.05)
        cut_connections(database_url)
        with pytest.raises(OperationalError):
            working.result(30)
    rescue(stage)
    assert (stage.outbound(outbound_id).status, len(stage.sent("emailbison"))) == ("sent", 1)
    proof(stage)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_thirty_messages_under_mixed_faults_are_each_received_once_or_explained(committed_stage: Stage, seed: int) -> None:
    stage, chance = committed_stage, random.Random(seed)
    leads = [(stage.lead_writes("ghl", phone=f"+1415555{number:04}"), "sms") for number in range(3)]
    leads += [(stage.lead_writes("emailbison", email=f"dana{number}@northwind.example"), "email") for number in range(3)]
    for _ in range(14):
        provider, (_channel, path) = chance.choice(list(WAYS.items()))
        kind = chance.choice(FAULTS)
        more = chance.choice([{"status": 429, "retry_after": 20}, {"status": 500}, {"status": 503}]) if kind == "status" else {}
        stage.sandbox.control.add_fault(
            provider, kind, path_contains=path, method="POST", after=chance.randrange(12), seconds=20, **more)
    queued = {}
    for number in range(30):
        lead_id, channel = leads[number % 6]
        queued[stage.queue(lead_id, channel, f"Message number {number}.")] = f"Message number {number}."
    with transport.patience(IMPATIENT):
        stage.run_jobs(until=clock.now() + timedelta(minutes=30), most=400)
    received = Counter(message["text"] for provider in WAYS for message in stage.sent(provider))
    states = {each: stage.outbound(each) for each in queued}
    print(Counter(row.status for row in states.values()), sum(row.attempts for row in states.values()), "attempts")
    assert max(received.values()) == 1
    for outbound_id, body in queued.items():
        row = states[outbound_id]
        assert row.status in ("sent", "failed")
        assert received[body] == (1 if row.status == "sent" else 0)
        assert row.status == "sent" or row.error_code == "unknown_outcome"
    proof(stage)


def cut_connections(database_url: str) -> None:
    """End every session of the test's database, as a restart does."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity "
                           "where datname = current_database() and pid <> pg_backend_pid()")


def race(stage: Stage, outbound_id: UUID) -> bool:
    """Let an undo and the worker start at the same moment; returns whether the undo won."""
    start, due = threading.Barrier(2), clock.now() + timedelta(seconds=11)

    def send() -> None:
        start.wait(10)
        with clock.frozen(due):
            sending.send(stage.as_job, outbound_id=outbound_id)

    def undo() -> bool:
        start.wait(10)
        return stage.undone(outbound_id, Conflict)

    with ThreadPoolExecutor(2) as both:
        sender, undoer = both.submit(send), both.submit(undo)
        sender.result(30)
        return undoer.result(30)


def rescue(stage: Stage) -> None:
    """What the scheduler does after the lease of a dead worker: sweep, and run what follows."""
    with clock.frozen(clock.now() + timedelta(minutes=3)):
        sending.sweep(system("sweep in a test"))
        stage.run_jobs()


def start_worker(stage: Stage, outbound_id: UUID) -> subprocess.Popen:
    """Send one message in a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "tests.faults.send_one", str(stage.world.acme), str(outbound_id)], cwd=ROOT)


def wait_for(condition: Callable[[], bool], worker: subprocess.Popen) -> None:
    """Wait until something shows at the provider while the worker lives, 30 seconds at most."""
    for _ in range(300):
        if condition():
            return
        assert worker.poll() is None, "The worker ended before the provider had the message."
        time.sleep(0.1)
    raise AssertionError("The provider never got the message.")
