"""How are jobs done? Claim a batch in fair turns, let the crew run it, write the ends down in batches, wait for more.

Many of these may run, in one process or on many machines; they meet only in the database.
"""

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import psycopg

from scheduler.attention import Attention
from scheduler.connection import connect
from scheduler.crew import Bell, Crew
from scheduler.heartbeat import Heartbeat
from zrg_app.kit import db
from zrg_app.kit.logs import get_logger
from zrg_app.kit.settings import settings
from zrg_app.services.jobs.claim import Claimed, Lane, claim, lanes
from zrg_app.services.jobs.lease import leave
from zrg_app.services.jobs.outcome import Ended, handed_back, settle
from zrg_app.services.jobs.registry import all_jobs
from zrg_app.services.jobs.run import perform

log = get_logger()

LANES_STALE_SECONDS = 0.1
AHEAD_SECONDS = 0.05
LONGEST_PAUSE = 5.0
STUCK_SECONDS = 0.5


class Worker:
    """One claimer with its crew. `concurrency` jobs run at once, `batch` is the most it claims at a time."""

    def __init__(self, *, concurrency: int | None = None, batch: int | None = None, drain_seconds: float = 25.0) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._concurrency = concurrency or settings().job_concurrency
        self._batch = max(batch or settings().job_cron_limit, self._concurrency)
        self._lease = timedelta(milliseconds=settings().job_stale_lock_ms)
        self._drain_seconds = drain_seconds
        self._stop = threading.Event()
        self._bell = Bell()
        self._attention = Attention(self.name, self._bell)
        self._connection: psycopg.Connection | None = None
        self._unsettled: list[Ended] = []
        self._lanes: list[Lane] = []
        self._lanes_at, self._turn = 0.0, 0
        self._pace, self._paced_at = 0.0, time.monotonic()

    def run(self) -> None:
        """Work until `stop`; then finish what runs, hand back what was not begun, and say goodbye."""
        self._crew = Crew(self._concurrency, self.name, perform, self._bell)
        budget = timedelta(milliseconds=settings().job_time_budget_ms)
        heartbeat = Heartbeat(self.name, self._crew, lease=self._lease, budget=budget)
        heartbeat.start()
        log.info("jobs.worker_started", worker=self.name, concurrency=self._concurrency)
        self._reconnecting(self._work, self._stop.is_set)
        deadline = time.monotonic() + self._drain_seconds
        self._reconnecting(lambda: self._drain(deadline), lambda: time.monotonic() > deadline)
        heartbeat.stop()
        heartbeat.join(LONGEST_PAUSE)
        self._crew.dismiss()
        self._goodbye()
        log.info("jobs.worker_stopped", worker=self.name, unfinished=len(self._crew.held))

    def stop(self) -> None:
        """Ask the worker to drain and end; safe from a signal handler."""
        self._stop.set()
        self._bell.ring()

    def _reconnecting(self, step: Callable[[], None], is_over: Callable[[], bool]) -> None:
        """Run `step` to its end, with a new connection whenever the database went away, until `is_over`."""
        pause = 0.1
        while not is_over():
            try:
                if self._connection is None or self._connection.closed:
                    self._connection = connect("zrg worker")
                    self._attention.begin(self._connection)
                    pause = 0.1
                step()
                return
            except psycopg.OperationalError as error:
                log.warning("jobs.database_lost", error=str(error).strip(), again_in=pause)
                self._forget_connections()
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def _forget_connections(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._lanes = None, []
        # Idle connections of the pool are as dead; without them no job spends a try on finding that out. The pool itself
        # stays, because running jobs give their connections back to it.
        db.engine().pool.dispose()

    def _work(self) -> None:
        while not self._stop.is_set():
            self._bell.awaited = False
            if self._crew.is_stuck(STUCK_SECONDS):
                self._hand_back()
            self._settle()
            taken = self._claim()
            self._crew.add(taken)
            self._attention.got(len(taken))
            if not taken:
                self._bell.awaited = True
                if not self._crew.has_ended and not self._stop.is_set():
                    self._attention.wait()

    def _drain(self, deadline: float) -> None:
        self._hand_back()
        self._settle()
        while self._crew.held and time.monotonic() < deadline:
            self._bell.awaited = True
            if not self._crew.has_ended:
                self._attention.wait()
            self._settle()

    def _hand_back(self) -> None:
        """Let others have what nobody here has begun."""
        self._unsettled += [handed_back(job) for job in self._crew.take_back()]
        self._pace = 0.0

    def _goodbye(self) -> None:
        if self._connection is None:
            return
        # When this fails, a worker that says nothing is forgotten after two minutes.
        with suppress(psycopg.OperationalError):
            leave(self._connection, self.name)
        self._connection.close()

    def _settle(self) -> None:
        """Write down what ended; kept and tried again when the database is away."""
        self._unsettled += self._crew.take_ended()
        if not self._unsettled:
            return
        settle(self._connection, self.name, self._unsettled)
        self._measure(len(self._unsettled))
        self._unsettled = []

    def _claim(self) -> list[Claimed]:
        held, ahead = len(self._crew.held), self._ahead()
        if held > max(self._concurrency - 1, ahead // 2):
            return []
        wanted = min(ahead - held, self._batch)
        taken: list[Claimed] = []
        if self._lanes and time.monotonic() - self._lanes_at < LANES_STALE_SECONDS:
            taken = self._from_lanes(wanted)
        if not taken:
            self._lanes = lanes(self._connection, sorted({job.queue for job in all_jobs()}))
            self._lanes_at = time.monotonic()
            taken = self._from_lanes(wanted) if self._lanes else []
        return taken

    def _from_lanes(self, wanted: int) -> list[Claimed]:
        """Take the same share from as many lanes as are wanted, beginning where the last turn ended."""
        begin = self._turn % len(self._lanes)
        among = (self._lanes[begin:] + self._lanes[:begin])[:wanted]
        self._turn = begin + len(among)
        share = -(-wanted // len(among))
        taken = claim(self._connection, self.name, among, share=share, lease=self._lease)
        given = {(job.queue, job.workspace_id) for job in taken}
        # A lane that gave nothing is left out until the next look, so the others' shares grow at once.
        self._lanes = [lane for lane in self._lanes if lane in given or lane not in among]
        return taken

    def _ahead(self) -> int:
        """How many jobs to hold: what the crew did lately in a twentieth of a second, at most one batch beside the one in work.

        Slow jobs are so never claimed long before they can run, and quick ones do not wait for the database.
        """
        return min(2 * self._batch, max(self._concurrency, int(self._pace * AHEAD_SECONDS)))

    def _measure(self, ended: int) -> None:
        moment = time.monotonic()
        passed = max(moment - self._paced_at, 1e-4)
        keep = 0.5 if passed < 1 else 0.0
        self._pace, self._paced_at = keep * self._pace + (1 - keep) * ended / passed, moment
