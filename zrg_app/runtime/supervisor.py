"""Do all parts of the product run? Starts them, passes on what they say, restarts what dies, stops them in order."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from zrg_app.runtime.home import RuntimeRefused
from zrg_app.runtime.part import spawn
from zrg_app.runtime.postgres import EmbeddedPostgres

Say = Callable[[str, str], None]
"""Takes the name of a part and one line it said."""

_LONGEST_PAUSE = 30.0
_HEALTHY_AFTER = 20.0
_TRIES = 6


class Part(Protocol):
    """Something the supervisor keeps alive."""

    name: str

    def start(self, output: int) -> subprocess.Popen[bytes]:
        """Start it, its output going to the file descriptor `output`."""

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End it in good order and wait for that."""


@dataclass(slots=True)
class Program:
    """A Python module run as a process of its own that dies with the supervisor; `grace` seconds to drain."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    grace: float = 20.0
    _lifeline: int = -1

    def start(self, output: int) -> subprocess.Popen[bytes]:
        """Start the module with a pipe to us as its lifeline."""
        self._let_go()
        process, self._lifeline = spawn(self.module, self.arguments, self.environment, output)
        return process

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Ask it to end, wait for it to drain, kill it and its children when it does not."""
        process.terminate()
        try:
            process.wait(self.grace)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._let_go()

    def _let_go(self) -> None:
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1


@dataclass(slots=True)
class Database:
    """The embedded PostgreSQL as a part; its lock is already held."""

    server: EmbeddedPostgres
    name: str = "database"

    def start(self, output: int) -> subprocess.Popen[bytes]:
        """Start the server and return when it accepts connections."""
        with os.fdopen(os.dup(output), "wb") as log:
            return self.server.start(log)

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Stop the server and release its lock."""
        self.server.stop()


@dataclass(slots=True)
class _Running:
    part: Part
    process: subprocess.Popen[bytes]
    since: float
    failures: int = 0
    again_at: float | None = None


class Supervisor:
    """Keeps parts alive from `start` to `stop`; everything it and they have to say goes through `say`."""

    def __init__(self, say: Say, *, first_pause: float = 0.5) -> None:
        """Start with no parts; `first_pause` seconds pass before the first restart, twice as many before each next."""
        self._say = say
        self._first_pause = first_pause
        self._running: dict[str, _Running] = {}
        self._turn = threading.RLock()
        self.stopping = threading.Event()

    def start(self, part: Part) -> None:
        """Start `part` and keep it alive from now on."""
        with self._turn:
            self._running[part.name] = _Running(part, self._launch(part), time.monotonic())

    def process_of(self, name: str) -> subprocess.Popen[bytes]:
        """Return the present process of the part called `name`."""
        return self._running[name].process

    def look(self) -> None:
        """Look at every part once: note deaths, start again what is due. Raises RuntimeRefused to give up."""
        with self._turn:
            for running in self._running.values():
                if running.again_at is None and running.process.poll() is not None:
                    self._note_death(running)
                if running.again_at is not None and time.monotonic() >= running.again_at:
                    self._start_again(running)

    def watch(self) -> None:
        """Look after the parts until `stopping` is set."""
        while not self.stopping.wait(0.2):
            self.look()

    def stop(self) -> None:
        """Stop all parts, the last started first; the database therefore last."""
        self.stopping.set()
        with self._turn:
            for running in reversed(list(self._running.values())):
                if running.process.poll() is None:
                    self._say(running.part.name, "stopping")
                running.part.stop(running.process)
            self._running.clear()

    def _launch(self, part: Part) -> subprocess.Popen[bytes]:
        reading, writing = os.pipe()
        threading.Thread(target=self._pass_on, args=(part.name, reading), daemon=True).start()
        try:
            return part.start(writing)
        finally:
            os.close(writing)

    def _pass_on(self, name: str, reading: int) -> None:
        with os.fdopen(reading, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                self._say(name, line.rstrip())

    def _note_death(self, running: _Running) -> None:
        lived = time.monotonic() - running.since
        running.failures = 1 if lived > _HEALTHY_AFTER else running.failures + 1
        if running.failures >= _TRIES:
            raise RuntimeRefused(f"The {running.part.name} keeps ending right after its start; its last lines say why.")
        pause = min(_LONGEST_PAUSE, self._first_pause * 2 ** (running.failures - 1))
        running.again_at = time.monotonic() + pause
        code = running.process.returncode
        self._say(running.part.name, f"ended unexpectedly ({_ending(code)}), starting again in {pause:g} s")

    def _start_again(self, running: _Running) -> None:
        running.again_at = None
        running.since = time.monotonic()
        try:
            running.process = self._launch(running.part)
        except RuntimeRefused as error:
            self._say(running.part.name, str(error))
            return
        self._say(running.part.name, "started again")


def _ending(code: int) -> str:
    """Return an exit code in words: a signal by its name, anything else as a number."""
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
