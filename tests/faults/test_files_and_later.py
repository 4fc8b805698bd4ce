"""Do files, planned messages and bursts survive kills, restarts and silence, each leaving once?"""

import hashlib
import subprocess
import sys
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.faults.counting import IMPATIENT, proof
from tests.faults.test_send_once import ROOT, rescue, start_worker, wait_for
from tests.services.sending.stage import Stage
from zrg_app.integrations import ghl, transport
from zrg_app.kit import clock, db
from zrg_app.kit.scope import system
from zrg_app.services import sending

CONTENT = bytes(range(256)) * 4000


def with_file(stage: Stage, lead_id: UUID, **more: object) -> UUID:
    """Let Mara send a mail with a file of a megabyte."""
    with db.transaction(stage.world.as_mara) as tx:
        kept = sending.files.keep(tx, stage.world.as_mara, lead_id, name="offer.pdf", content=CONTENT)
    return stage.queue(lead_id, "email", "The offer.", file_ids=[UUID(kept.id)], **more)


def received_once(stage: Stage, outbound_id: UUID) -> None:
    """Exactly one mail, its file whole, in the thread once."""
    mail, = stage.sent("emailbison")
    assert [file["sha256"] for file in mail["files"]] == [hashlib.sha256(CONTENT).hexdigest()]
    assert stage.outbound(outbound_id).status == "sent"
    assert (proof(stage).sent, proof(stage).messages) == (1, 1)
    assert stage.sql("select count(*) from attachment where file_name = 'offer.pdf' and file_id is not null")[0][0] == 1


def run_worker(stage: Stage, outbound_ids: list[UUID], at: datetime) -> subprocess.Popen:
    """A worker process whose clock stands at `at`."""
    return subprocess.Popen([sys.executable, "-m", "tests.faults.send_one", str(stage.world.acme),
                             ",".join(str(each) for each in outbound_ids), at.isoformat()], cwd=ROOT)


def test_a_worker_killed_after_the_provider_took_a_mail_with_files_leaves_one(committed_stage: Stage) -> None:
    stage = committed_stage
    outbound_id = with_file(stage, stage.lead_writes("emailbison"))
    stage.sandbox.control.add_fault("emailbison", "timeout_after_accept", path_contains="/reply", method="POST", seconds=60)
    worker = start_worker(stage, outbound_id)
    try:
        wait_for(lambda: len(stage.sent("emailbison")) == 1, worker)
    finally:
        worker.kill()
        worker.wait(10)
    assert stage.outbound(outbound_id).status == "sending"
    rescue(stage)
    received_once(stage, outbound_id)


@pytest.mark.parametrize("kind", ["timeout_after_accept", "disconnect_after_accept", "malformed"])
def test_a_lost_answer_to_a_form_with_files_is_looked_into_and_not_repeated(committed_stage: Stage, kind: str) -> None:
    stage = committed_stage
    outbound_id = with_file(stage, stage.lead_writes("emailbison"))
    stage.sandbox.control.add_fault("emailbison", kind, path_contains="/reply", method="POST", seconds=20)
    with transport.patience(IMPATIENT):
        stage.run_jobs()
    received_once(stage, outbound_id)


def test_a_form_the_provider_never_took_is_sent_whole_by_the_one_more_try(committed_stage: Stage) -> None:
    stage = committed_stage
    outbound_id = with_file(stage, stage.lead_writes("emailbison"))
    stage.sandbox.control.add_fault("emailbison", "disconnect_before", path_contains="/reply", method="POST")
    stage.run_jobs()
    received_once(stage, outbound_id)


def test_a_planned_message_survives_restarts_and_a_lost_job(committed_stage: Stage) -> None:
    stage = committed_stage
    moment = clock.now() + timedelta(days=2)
    outbound_id = with_file(stage, stage.lead_writes("emailbison"), not_before=moment)
    assert run_worker(stage, [outbound_id], moment - timedelta(minutes=1)).wait(30) == 0
    assert (stage.outbound(outbound_id).status, stage.sent("emailbison")) == ("waiting", [])
    with db.transaction(stage.as_job) as tx:
        tx.execute(text("delete from background_job where kind = 'sending.send'"))
    with clock.frozen(moment + timedelta(minutes=5)):
        sending.sweep(system("sweep in a test"))
        stage.run_jobs()
    received_once(stage, outbound_id)
    assert run_worker(stage, [outbound_id], moment + timedelta(hours=1)).wait(30) == 0
    received_once(stage, outbound_id)


def test_a_burst_of_one_account_makes_no_worker_wait_and_holds_nobody_elses_send(committed_stage: Stage) -> None:
    stage = committed_stage
    texter, mailer = stage.lead_writes("ghl"), stage.lead_writes("emailbison")
    burst = [stage.queue(texter, "sms", f"Text number {number}.") for number in range(ghl.LIMIT.calls + 20)]
    letter, now = stage.queue(mailer, "email"), clock.now() + timedelta(seconds=15)
    # Their clocks stand still: a worker that slept for its turn would never end.
    workers = [run_worker(stage, [*burst[half::2], letter], now) for half in range(2)]
    assert [worker.wait(120) for worker in workers] == [0, 0]
    states = [stage.outbound(each) for each in burst]
    assert sum(row.status == "sent" for row in states) == ghl.LIMIT.calls == len(stage.sent("ghl"))
    waiting = [row for row in states if row.status == "waiting"]
    assert {row.error_code for row in waiting} == {"provider_busy"}
    assert len(waiting) == 20
    assert all(row.not_before > now for row in waiting)
    assert stage.outbound(letter).status == "sent"
    stage.run_jobs(most=200)
    assert len(stage.sent("ghl")) == len(burst)
    proof(stage)
