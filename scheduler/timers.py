"""How does a timer become a job? At each tick the leader opens a run and enqueues; nothing is done here.

A tick has one key, made of the timer and its moment, so two leaders (a network split, a slow takeover) start it once.
"""

import threading
from collections.abc import Sequence

import psycopg
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import DBAPIError

import zrg_app.services.ops
import zrg_app.services.reactions  # noqa: F401 because importing them registers the jobs that timers name
from scheduler.leader import Leadership
from scheduler.schedule import EPOCH, TIMERS, Timer
from zrg_app.kit import clock, db
from zrg_app.kit.errors import Broken
from zrg_app.kit.logs import get_logger
from zrg_app.kit.scope import system
from zrg_app.services.jobs import registered
from zrg_app.services.jobs.runs import Dispatch, dispatch

log = get_logger()
CONFIRM_SECONDS = 2.0


def start(timer: Timer) -> Dispatch:
    """Start the latest tick of `timer` unless it was started before."""
    scope = system(f"timer {timer.name}")
    with db.transaction(scope) as tx:
        return dispatch(tx, scope, timer.name, timer.job, at=timer.tick(clock.now()), source="timer")


def runnable(timers: Sequence[Timer] = TIMERS) -> list[Timer]:
    """The timers whose job exists; a missing one is reported, and a test fails on it."""
    found = []
    for timer in timers:
        try:
            registered(timer.job)
            found.append(timer)
        except Broken as error:
            log.error("scheduler.timer_without_job", timer=timer.name, error=error.sentence)
    return found


class Timers:
    """The timers of this process; they tick only while it leads."""

    def __init__(self, timers: Sequence[Timer] = TIMERS) -> None:
        self._timers = runnable(timers)
        self._leadership = Leadership()
        self._end = threading.Event()
        self._scheduler = BackgroundScheduler(timezone="UTC")
        for timer in self._timers:
            trigger = IntervalTrigger(seconds=int(timer.every.total_seconds()), start_date=EPOCH + timer.after, timezone="UTC")
            self._scheduler.add_job(self.tick, trigger, args=[timer], id=timer.name, coalesce=True, max_instances=1,
                                    misfire_grace_time=None)

    @property
    def leads(self) -> bool:
        """Whether this process is the leader."""
        return self._leadership.held

    def run(self) -> None:
        """Stand by or lead until stopped. A new leader first starts what the latest ticks should have started."""
        self._scheduler.start()
        while not self._end.is_set():
            led_before = self.leads
            if self._leadership.confirm() and not led_before:
                for timer in self._timers:
                    self.tick(timer)
            self._end.wait(CONFIRM_SECONDS)
        self._scheduler.shutdown(wait=False)
        self._leadership.release()

    def tick(self, timer: Timer) -> None:
        """Start `timer` if this process leads. A database that is away costs the tick, and the next leader makes it good."""
        if not self.leads:
            return
        try:
            start(timer)
        except (psycopg.Error, DBAPIError) as error:
            log.warning("scheduler.tick_failed", timer=timer.name, error=type(error).__name__)

    def stop(self) -> None:
        """Stop ticking and let another lead; safe from a signal handler."""
        self._end.set()
