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
from sqlalchemy.exc import OperationalError

from tests.faults.counting import IMPATIENT, WAYS, proof
from tests.services.sending.stage import Stage
from zrg_app.integrations import transport
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Conflict
from zrg_app.kit.scope import system
from zrg_app.services import drafting, sending

ROOT = Path(__file__).parents[2]
FAULTS = ("status", "status", "disconnect_before", "disconnect_after_accept", "malformed", "timeout_after_accept")


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


def test_an_answer_that_comes_after_the_lease_still_counts(committed_stage: Stage) -> None:
    stage = committed_stage
    outbound_id = stage.queue(stage.lead_writes("emailbison"), "email")
    stage.sandbox.control.add_fault("emailbison", "timeout_after_accept", path_contains="/reply", method="POST", seconds=2)

    def send() -> None:
        with clock.frozen(clock.now() + timedelta(seconds=11)):
            sending.send(stage.as_job, outbound_id=outbound_id)

    with ThreadPoolExecutor(1) as worker:
        working = worker.submit(send)
        for _ in range(300):
            if stage.sent("emailbison"):
                break
            time.sleep(0.05)
        with clock.frozen(clock.now() + timedelta(minutes=3)):
            sending.send(stage.as_job, outbound_id=outbound_id)
            assert stage.outbound(outbound_id).status == "checking"
        working.result(30)
    assert stage.outbound(outbound_id).status == "sent"
    rescue(stage)
    assert (len(stage.sent("emailbison")), proof(stage).messages) == (1, 1)


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
