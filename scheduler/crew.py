"""Who does the work? A fixed crew of threads that take claimed jobs one by one and hand their ends back."""

import os
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context
from datetime import timedelta
from queue import SimpleQueue

from zrg_app.kit import clock
from zrg_app.services.jobs.claim import Claimed
from zrg_app.services.jobs.outcome import Ended, failed

Perform = Callable[[Claimed, str], Ended]


class Bell:
    """A file descriptor a waiting thread can select on, rung by others; rung only while somebody waits."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        self.awaited = False

    def fileno(self) -> int:
        """For select."""
        return self._read

    def ring(self) -> None:
        """Wake the waiting thread."""
        # A pipe full of earlier rings will wake it anyway.
        with suppress(BlockingIOError):
            os.write(self._write, b"!")

    def hush(self) -> None:
        """Forget all rings so far."""
        with suppress(BlockingIOError):
            os.read(self._read, 4096)


class Crew:
    """Threads that perform jobs. `held` maps the ids of jobs that are queued or running here to when they were begun."""

    def __init__(self, size: int, worker: str, perform: Perform, bell: Bell) -> None:
        self._todo: SimpleQueue[Claimed | None] = SimpleQueue()
        self._done: deque[Ended] = deque()
        self._worker, self._perform, self._bell = worker, perform, bell
        self._context: Context = copy_context()
        self.size = size
        self.held: dict = {}
        self._threads = [threading.Thread(target=self._work, name=f"job-{number}", daemon=True) for number in range(size)]
        for thread in self._threads:
            thread.start()

    def add(self, jobs: list[Claimed]) -> None:
        """Give the crew more to do."""
        for job in jobs:
            self.held[job.id, job.attempts] = None
            self._todo.put(job)

    def take_ended(self) -> list[Ended]:
        """The ends since the last call."""
        ended = []
        while self._done:
            ended.append(self._done.popleft())
        for end in ended:
            self.held.pop((end.job.id, end.job.attempts), None)
        return ended

    @property
    def has_ended(self) -> bool:
        """Whether an end waits to be taken."""
        return bool(self._done)

    def is_stuck(self, seconds: float) -> bool:
        """Whether jobs wait here although every thread has been with one job for longer than `seconds`."""
        begun = [began for began in list(self.held.values()) if began is not None]
        return (not self._todo.empty() and len(begun) >= self.size
                and clock.now() - max(begun) > timedelta(seconds=seconds))

    def take_back(self) -> list[Claimed]:
        """The jobs nobody has begun yet; they are the crew's no more."""
        waiting = []
        while not self._todo.empty():
            waiting.append(self._todo.get())
        for job in waiting:
            self.held.pop((job.id, job.attempts), None)
        return waiting

    def dismiss(self) -> None:
        """Let the threads end when they are idle."""
        for _ in self._threads:
            self._todo.put(None)

    def _work(self) -> None:
        while (job := self._todo.get()) is not None:
            self.held[job.id, job.attempts] = clock.now()
            # A fresh copy per job: what one job binds (log fields, a frozen clock) never reaches the next.
            context = self._context.copy()
            try:
                ended = context.run(self._perform, job, self._worker)
            except BaseException as error:  # fence: broad-except because a thread that dies would hold its job for ever
                ended = failed(job, error, clock.now())
            self._done.append(ended)
            if self._bell.awaited:
                self._bell.ring()
