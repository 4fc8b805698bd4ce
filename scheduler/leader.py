"""Which sidecar holds the timers? The one with the advisory lock; it lives as long as its connection."""

import psycopg

from scheduler.connection import connect
from zrg_app.kit.logs import get_logger

log = get_logger()
LEADER_LOCK = 7_205_014


class Leadership:
    """Try for the lock, and know when it is lost. One thread only."""

    def __init__(self) -> None:
        self._connection: psycopg.Connection | None = None
        self.held = False

    def confirm(self) -> bool:
        """Whether this process leads now: asks the database, takes the lock when it is free. Never raises for a lost database."""
        before = self.held
        try:
            self.held = self._ask()
        except psycopg.OperationalError as error:
            log.warning("scheduler.database_lost", error=str(error).strip())
            self.release()
        if self.held != before:
            log.info("scheduler.leads" if self.held else "scheduler.stands_by")
        return self.held

    def release(self) -> None:
        """Give the lock to the next; also after a lost connection, with which the lock is gone."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self.held = None, False

    def _ask(self) -> bool:
        if self._connection is None:
            self._connection = connect("zrg timers")
        question = "select true" if self.held else "select pg_try_advisory_lock(%s)"
        return self._connection.execute(question, None if self.held else (LEADER_LOCK,)).fetchone()[0]
