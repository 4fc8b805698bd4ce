"""How does a worker hear of work at once, without a NOTIFY for every job?

A worker with enough to do looks by itself every few milliseconds and says so in its `job_worker` row; enqueuing then
notifies nobody, because NOTIFY makes commits wait for each other (PERFORMANCE section 2). Before it goes to sleep it begins
to listen, and keeps looking until every transaction that may have enqueued without seeing that it listens has ended:
those have an id below the one drawn after the row was committed, since `wake_workers()` reads the row after its own
transaction got its id. A poll every second is the backstop for the rest.
"""

import select
import time

import psycopg

from scheduler.crew import Bell
from zrg_app.kit import clock

CHANNEL = "zrg_jobs"
POLL_SECONDS = 1.0
GLANCE_SECONDS = 0.003
BUSY_JOBS = 100
BUSY_SECONDS = 0.25
CALM_SECONDS = 0.05
LONGEST_LOOK = 0.2

_SAY = ("insert into job_worker (id, listening, started_at, seen_at) values (%s, %s, %s, %s) "
        "on conflict (id) do update set listening = excluded.listening, seen_at = excluded.seen_at")
_FENCE = "select pg_current_xact_id()::text::bigint"
_OLDEST = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


class Attention:
    """The waiting of one worker. `connection` is replaced after a reconnect by `begin`."""

    def __init__(self, worker: str, bell: Bell) -> None:
        self._worker, self._bell = worker, bell
        self._connection: psycopg.Connection | None = None
        self.listening = False
        self._fence: int | None = None
        self._look = GLANCE_SECONDS
        self._window_began = self._last_job = time.monotonic()
        self._in_window = 0

    def begin(self, connection: psycopg.Connection) -> None:
        """Listen on a new connection."""
        self._connection = connection
        connection.execute(f"listen {CHANNEL}")
        self._listen()

    def got(self, jobs: int) -> None:
        """Tell how many jobs a claim brought; many within a short time make the worker stop listening."""
        moment = time.monotonic()
        if moment - self._window_began > BUSY_SECONDS:
            self._window_began, self._in_window = moment, 0
        self._in_window += jobs
        if jobs:
            self._last_job = moment
        if self.listening and self._in_window >= BUSY_JOBS:
            self._say(listening=False)

    def wait(self) -> None:
        """Sleep until work may have come, a job has ended, or it is time to look again."""
        if not self.listening:
            if time.monotonic() - self._last_job > CALM_SECONDS:
                self._listen()
                return  # one look before the first sleep
            self._sleep(GLANCE_SECONDS)
        elif self._fence is not None and self._oldest() <= self._fence:
            self._sleep(self._look)
            self._look = min(self._look * 2, LONGEST_LOOK)
        elif self._fence is not None:
            self._fence = None  # everybody sees us now; one last look
        else:
            self._sleep(POLL_SECONDS)

    def _listen(self) -> None:
        self._say(listening=True)
        self._fence = self._connection.execute(_FENCE).fetchone()[0]
        self._look = GLANCE_SECONDS

    def _say(self, *, listening: bool) -> None:
        now = clock.now()
        self._connection.execute(_SAY, (self._worker, listening, now, now))
        self.listening = listening

    def _oldest(self) -> int:
        return self._connection.execute(_OLDEST).fetchone()[0]

    def _sleep(self, seconds: float) -> None:
        ready, _, _ = select.select([self._connection.fileno(), self._bell.fileno()], [], [], seconds)
        if self._bell.fileno() in ready:
            self._bell.hush()
        if self._connection.fileno() in ready:
            for _ in self._connection.notifies(timeout=0):
                pass
