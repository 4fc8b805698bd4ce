"""What happens when a campaign tells of a thousand mails in one second? `./zrg bench burst`, per provider that tells so much.

The doors in one uvicorn process and one worker process beside it. The waits for the 200 are held against the provider's budget,
and how long a reply in the middle of the burst waits for its turn is held against how long the mails wait.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg

from benchmarks.report import database, percentile, save, table
from benchmarks.soak_letters import kinds
from benchmarks.soak_post import Postman
from sandbox.actors import ACTORS
from sandbox.crowd import Letter, crowd_world, letter, tell
from tests.properties.doors import connected, opened
from zrg_app.kit import clock
from zrg_app.runtime.environment import CHECKOUT
from zrg_app.runtime.ports import answers, free_port
from zrg_app.services import access

# Seconds a provider waits for the answer (docs/guarantees.md); who names none is held to the strictest of the others.
BUDGET = {"emailbison": 15, "smartlead": 30, "instantly": 30, "unipile": 30, "calendly": 15, "slack": 3}
DRAINED_WITHIN = 300
_WAITS = """
select job.priority, extract(epoch from job.started_at - job.created_at)::float from background_job job
where job.kind = 'inbound.understand_event' and job.workspace_id = %s and job.status = 'SUCCEEDED' order by 2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """What was measured, seconds: waits for the 200, and from there to the turn of replies and of everything else."""

    answered: list[float]
    replies: list[float]
    others: list[float]
    drained: float


def burst(provider: str, workspace_id: UUID, port: int, url: str, mails: int, replies: int) -> Burst:
    """Post `mails` in one second with `replies` between them, and wait until all are understood."""
    postman = Postman(f"http://127.0.0.1:{port}")
    letters, began = _letters(provider, workspace_id, mails, replies), time.monotonic()
    postman.deliver(letters, per_second=len(letters))
    with psycopg.connect(url, autocommit=True) as connection:
        while len(rows := connection.execute(_WAITS, (workspace_id,)).fetchall()) < len(letters):
            if time.monotonic() - began > DRAINED_WITHIN:
                raise TimeoutError(f"{provider}: {len(rows)} of {len(letters)} understood after {DRAINED_WITHIN} s")
            time.sleep(0.2)
    first = min(priority for priority, _ in rows)
    return Burst(answered=sorted(postman.waits), replies=[wait for priority, wait in rows if priority == first],
                 others=[wait for priority, wait in rows if priority != first], drained=time.monotonic() - began)


def _letters(provider: str, workspace_id: UUID, mails: int, replies: int) -> list[Letter]:
    world, known, now = crowd_world(), kinds(provider), clock.now()
    every = mails // replies
    return [letter(world, opened(tell(
        world, provider, str(workspace_id), number, event=known["reply" if number % (every + 1) == every else "outbound"][0],
        body="Thanks!", at=now), workspace_id)) for number in range(mails + replies)]


@contextmanager
def _running(url: str, *command: str, **more: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", *command], cwd=CHECKOUT,
                               env=os.environ | {"DATABASE_URL": url, "ZRG_LOG_LEVEL": "WARNING"} | more)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def _row(provider: str, found: Burst) -> tuple[str, ...]:
    budget = BUDGET.get(provider, min(BUDGET.values()))
    return (provider, *(f"{percentile(found.answered, share) * 1000:.0f}" for share in (50, 99)), f"{found.answered[-1] * 1000:.0f}",
            f"{budget} s", f"{percentile(found.replies, 50):.1f} / {found.replies[-1]:.1f}",
            f"{percentile(found.others, 50):.1f} / {found.others[-1]:.1f}", f"{found.drained:.1f}",
            "met" if found.answered[-1] < budget else "MISSED")


def main() -> None:
    """Run every provider that tells of mails that left, and write the table."""
    parser = argparse.ArgumentParser(prog="zrg bench burst")
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--replies", type=int, default=50)
    options = parser.parse_args()
    with database("burst") as url:
        places = connected(access.create_user(email="b@bench.example", name="B", password="one long enough password"))
        port, found = free_port(), {}
        loud = [provider for provider in ACTORS if {"outbound", "reply"} <= kinds(provider).keys()]
        with (_running(url, "uvicorn", "--factory", "benchmarks.webhook_apps:ours", "--port", str(port), "--log-level", "warning",
                       "--no-access-log", "--ws", "none"), _running(url, "scheduler", "--worker-only")):
            until = time.monotonic() + 30
            while not answers(f"http://127.0.0.1:{port}/api/webhooks/email") and time.monotonic() < until:
                time.sleep(0.1)
            for provider in loud:
                found[provider] = burst(provider, places[provider], port, url, options.mails, options.replies)
    names = ("provider", "answer p50 ms", "p99 ms", "most ms", "budget", "a reply's turn p50 / most s", "a mail's turn p50 / most s",
             "drained after s", "")
    save("burst", f"Burst of {options.mails:,} sent mails and {options.replies} replies in one second",
         table(names, [_row(provider, each) for provider, each in found.items()]))


if __name__ == "__main__":
    main()
