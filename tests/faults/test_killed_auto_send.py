"""Does an automatic answer leave exactly once, or not at all, when its worker dies on the way? Real processes, killed for good."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.server import Running
from tests.faults.counting import proof
from tests.faults.test_send_once import wait_for
from tests.services.autosend.acts import decided, decision, draft, when_due
from tests.services.sending.stage import Stage
from zrg_app.kit import clock
from zrg_app.kit.scope import system
from zrg_app.kit.settings import settings
from zrg_app.services import autosend, sending

ROOT = Path(__file__).parents[2]
# The worker's clock runs ahead of the provider's by the delay; more than two minutes would be another test.
SOON = {"auto_send_delay_min_seconds": 15, "auto_send_delay_max_seconds": 20}


@pytest.fixture
def desk(committed_stage: Stage, providers: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The committed stage with the sandbox's model."""
    monkeypatch.setenv("ZRG_SANDBOX_URL", providers.base_url)
    settings.cache_clear()
    yield committed_stage
    settings.cache_clear()


def killed_when(desk: Stage, draft_id, condition) -> None:
    """Let a worker begin to send at the draft's moment and kill it as soon as `condition` holds."""
    with when_due(desk, draft_id) as at:
        wanted = [str(desk.world.acme), str(decision(desk, draft_id).id), at.isoformat()]
    worker = subprocess.Popen([sys.executable, "-m", "tests.faults.auto_send_one", *wanted], cwd=ROOT, env=dict(os.environ))
    try:
        wait_for(condition, worker)
    finally:
        worker.kill()
        worker.wait(10)


def rescued(desk: Stage, draft_id) -> None:
    """What the next worker does once the dead one's lease is over: the job of auto-send again, the sweep, and what it finds."""
    found = decision(desk, draft_id)
    at = (found.due_at or found.settled_at) + timedelta(minutes=4)
    with clock.frozen(at):
        autosend.send(desk.as_job, decision_id=found.id)
        sending.sweep(system("sweep in a test"))
        desk.run_jobs(until=at + timedelta(minutes=2))


def test_a_worker_killed_after_the_provider_accepted_leaves_one_answer(desk: Stage) -> None:
    draft_id = decided(desk, **SOON)
    desk.sandbox.control.add_fault("emailbison", "timeout_after_accept", path_contains="/reply", method="POST", seconds=60)
    killed_when(desk, draft_id, lambda: len(desk.sent("emailbison")) == 1)
    assert decision(desk, draft_id).outcome == "sent"
    rescued(desk, draft_id)
    assert len(desk.sent("emailbison")) == 1
    assert (draft(desk, draft_id).status, draft(desk, draft_id).disposition) == ("approved", "AUTO_SENT")
    assert (proof(desk).sent, proof(desk).messages) == (1, 1)


def test_a_worker_killed_while_it_reads_the_history_has_sent_nothing_and_the_next_one_sends_once(desk: Stage) -> None:
    draft_id = decided(desk, **SOON)
    before = len(desk.sandbox.control.received(provider="emailbison"))
    desk.sandbox.control.add_fault("emailbison", "timeout_after_accept", path_contains="/replies", method="GET", seconds=60)
    killed_when(desk, draft_id, lambda: len(desk.sandbox.control.received(provider="emailbison")) > before)
    assert decision(desk, draft_id).outcome is None and desk.sent("emailbison") == []
    rescued(desk, draft_id)
    assert len(desk.sent("emailbison")) == 1 and decision(desk, draft_id).outcome == "sent"
    assert (proof(desk).sent, proof(desk).messages) == (1, 1)


def test_a_lead_who_writes_while_the_worker_is_dead_is_not_answered_by_the_machine(desk: Stage) -> None:
    draft_id = decided(desk, **SOON)
    before = len(desk.sandbox.control.received(provider="emailbison"))
    desk.sandbox.control.add_fault("emailbison", "timeout_after_accept", path_contains="/replies", method="GET", seconds=60)
    killed_when(desk, draft_id, lambda: len(desk.sandbox.control.received(provider="emailbison")) > before)
    desk.lead_writes("emailbison", "Please stop, we chose somebody else.")
    rescued(desk, draft_id)
    assert desk.sent("emailbison") == [] and decision(desk, draft_id).outcome in ("overtaken", "held")
