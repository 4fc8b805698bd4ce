"""`python -m scheduler`: timers and workers in one process; either can be left out."""

import argparse
import signal
import threading

import zrg_app.services.ops
import zrg_app.services.reactions  # noqa: F401 because importing it registers every job
from scheduler.timers import Timers
from scheduler.worker import Worker
from zrg_app.kit import logs


def parser() -> argparse.ArgumentParser:
    """The options."""
    options = argparse.ArgumentParser(prog="python -m scheduler", description="Hold the timers and do the jobs.")
    part = options.add_mutually_exclusive_group()
    part.add_argument("--no-worker", action="store_true", help="hold the timers only")
    part.add_argument("--worker-only", action="store_true", help="do jobs only")
    return options


def main(arguments: list[str] | None = None) -> None:
    """Run until SIGTERM or Ctrl-C, then finish what is running."""
    chosen = parser().parse_args(arguments)
    logs.configure("scheduler")
    parts: list[Timers | Worker] = []
    if not chosen.worker_only:
        parts.append(Timers())
    if not chosen.no_worker:
        parts.append(Worker())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: [part.stop() for part in parts])
    threads = [threading.Thread(target=part.run, name=type(part).__name__.lower()) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
