"""How does a worker keep what it holds, and how is a dead one's work taken back? By a thread with a connection of its own."""

import threading
from datetime import timedelta

import psycopg

from scheduler.connection import connect
from scheduler.crew import Crew
from zrg_app.kit import clock
from zrg_app.kit.logs import get_logger
from zrg_app.services.jobs import lease as leases

log = get_logger()
LONGEST_BEAT = 5.0


class Heartbeat(threading.Thread):
    """Extends the leases of jobs in hand, says that the worker is up, releases leases that ran out."""

    def __init__(self, worker: str, crew: Crew, *, lease: timedelta, budget: timedelta) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self._worker, self._crew, self._lease, self._budget = worker, crew, lease, budget
        self._end = threading.Event()

    def run(self) -> None:
        """Beat until stopped, three times per lease and at least every five seconds; a lost database is tried again."""
        connection, beat = None, min(self._lease.total_seconds() / 3, LONGEST_BEAT)
        while not self._end.wait(0 if connection is None else beat):
            try:
                connection = connection or connect("zrg heartbeat")
                self.beat(connection)
            except psycopg.OperationalError as error:
                log.warning("jobs.heartbeat_missed", error=str(error).strip())
                if connection is not None:
                    connection.close()
                connection = None
                self._end.wait(min(beat, 1.0))
        if connection is not None:
            connection.close()

    def beat(self, connection: psycopg.Connection) -> None:
        """One beat."""
        too_old = clock.now() - self._budget
        held = [key[0] for key, began in list(self._crew.held.items()) if began is None or began > too_old]
        if held:
            leases.renew(connection, self._worker, held, self._lease)
        leases.announce(connection, self._worker, len(held))
        if released := leases.release_stale(connection):
            log.warning("jobs.leases_released", count=released)

    def stop(self) -> None:
        """End after the beat that may be under way."""
        self._end.set()
