"""How are a queue's drain rate and pickup latency measured? With real worker processes, whatever the queue behind them.

CLOCK_MONOTONIC is shared by the processes of one machine, so stamps of producer and worker can be compared.
"""

import asyncio
import json
import random
import subprocess
import sys
import time

import psycopg

from benchmarks.queue_adapter import Ours
from benchmarks.queue_raw import RawTen

IMPLEMENTATIONS = {adapter.name: adapter for adapter in (RawTen, Ours)}


class WorkerProcess:
    """One worker of an implementation in a process of its own."""

    def __init__(self, name: str, address: str, concurrency: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.queue", "--uri", address, "--worker", name, "--concurrency", str(concurrency)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self._line()

    def go(self) -> None:
        """Let it begin."""
        self._say("go")

    def stop(self) -> list[tuple[float, int]]:
        """End it; returns (moment, sequence number or -1) of every job it began."""
        self._say("stop")
        stamps = json.loads(self._line())
        self._process.wait(60)
        return stamps

    def _line(self) -> str:
        # Log lines of the product share the stream; ours begin with a bracket.
        while not (line := self._process.stdout.readline()).startswith("["):
            if not line:
                raise RuntimeError("The worker process ended early.")
        return line

    def _say(self, word: str) -> None:
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()


async def work(name: str, address: str, concurrency: int) -> None:
    """The body of a worker process."""
    queue, stop, stamps = IMPLEMENTATIONS[name](address), asyncio.Event(), []

    async def handle(payload: dict) -> None:
        stamps.append((time.monotonic(), payload.get("sequence", -1)))

    sys.stdout.write("[]\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    working = asyncio.create_task(queue.run_worker(handle, concurrency, stop))
    await asyncio.to_thread(sys.stdin.readline)
    stop.set()
    await working
    sys.stdout.write(json.dumps(stamps) + "\n")
    sys.stdout.flush()


async def drain(name: str, address: str, workers: int, seconds: float) -> dict:
    """Jobs per second of `workers` processes on a loaded queue, from the first begin to the last; and what was lost."""
    queue = IMPLEMENTATIONS[name](address)
    await queue.reset()
    await queue.open_producer(1)
    for begin in range(0, queue.preload, 1000):
        await queue.enqueue_bulk([{"i": number} for number in range(begin, begin + 1000)])
    await queue.close_producer()
    with psycopg.connect(queue.address, autocommit=True) as connection:
        connection.execute("analyze")
        connection.execute("checkpoint")
    processes = [WorkerProcess(name, address, 10) for _ in range(workers)]
    for process in processes:
        process.go()
    end = time.monotonic() + seconds
    while time.monotonic() < end and await queue.remaining():
        await asyncio.sleep(0.25)
    moments = sorted(moment for process in processes for moment, _ in process.stop())
    remaining = await queue.remaining()
    return {"rate": len(moments) / max(moments[-1] - moments[0], 1e-9), "done": len(moments),
            "lost_or_dup": len(moments) + remaining - queue.preload}


async def latency(name: str, address: str, seconds: float, rate: float = 20) -> dict:
    """Milliseconds from just before enqueuing to the first line of the job, at `rate` jobs/s on an idle queue."""
    queue = IMPLEMENTATIONS[name](address)
    await queue.reset()
    process = WorkerProcess(name, address, 10)
    process.go()
    await queue.open_producer(1)
    for _ in range(5):
        await queue.enqueue({"warm": True})
    await asyncio.sleep(1.5)
    pause, sent, end = random.Random(1), {}, time.monotonic() + seconds
    while time.monotonic() < end:
        sent[len(sent)] = time.monotonic()
        await queue.enqueue({"sequence": len(sent) - 1})
        await asyncio.sleep(pause.uniform(0.5, 1.5) / rate)
    await queue.close_producer()
    await asyncio.sleep(0.5)
    begun = {sequence: moment for moment, sequence in process.stop() if sequence >= 0}
    waits = sorted((begun[sequence] - at) * 1000 for sequence, at in sent.items() if sequence in begun)
    return {"p50": waits[len(waits) // 2], "p99": waits[int(len(waits) * 0.99)], "missed": len(sent) - len(waits)}
