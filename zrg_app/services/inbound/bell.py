"""Who tells the workers that webhooks came in? One bell per process, rung at most every few milliseconds.

A NOTIFY in every request's transaction makes commits wait for each other and halves ingestion (PERFORMANCE section 2). A ring
that is lost with the process costs nothing but the workers' next look at the queue.
"""

import threading

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from zrg_app.kit import db, logs
from zrg_app.kit.scope import system

PAUSE = 0.02
_RING = system("wake idle workers")
_wanted = threading.Event()
_starting = threading.Lock()
_ringer: threading.Thread | None = None


def ring() -> None:
    """Wake idle workers a moment from now."""
    global _ringer
    if _ringer is None or not _ringer.is_alive():
        with _starting:
            if _ringer is None or not _ringer.is_alive():
                _ringer = threading.Thread(target=_run, name="webhook-bell", daemon=True)
                _ringer.start()
    _wanted.set()


def _run() -> None:
    pause = threading.Event()
    while _wanted.wait():
        _wanted.clear()
        try:
            with db.fast_transaction(_RING) as connection:
                connection.execute("select wake_workers()")
        except (psycopg.Error, SQLAlchemyError) as error:
            logs.get_logger().warning("inbound.bell_failed", error=type(error).__name__)
        pause.wait(PAUSE)
