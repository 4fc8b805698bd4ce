"""How fast is the queue, beside raw SQL and other queues? `python -m benchmarks.queue [--yardstick PATH] [--out FILE]`.

With `--yardstick` a queue benchmark of the caller drives every implementation, ours through `queue_adapter`; without it our
own harness measures ours and a raw loop. Targets: drain at least 0.7 of raw claim-10, pickup p50 / p99 at most 3 / 10 ms.
"""

import argparse
import asyncio
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.queue_harness import IMPLEMENTATIONS, drain, latency, work
from benchmarks.report import save
from zrg_app.kit import clock
from zrg_app.kit.settings import settings

TESTS = ("drain1", "drain2", "latency")
OTHERS = ("procrastinate", "pgqueuer")
DRAIN_TARGET, P50_TARGET, P99_TARGET = 0.7, 3.0, 10.0


def parser() -> argparse.ArgumentParser:
    """The options."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.queue", description=__doc__.splitlines()[0])
    options.add_argument("--uri", default=settings().database_url, help="server to measure on; default DATABASE_URL")
    options.add_argument("--yardstick", type=Path, help="path of a queue benchmark that takes --plugin")
    options.add_argument("--out", type=Path, help="where to write the figures as JSON")
    options.add_argument("--others", default=",".join(OTHERS), help="queues to measure beside, when installed; empty for none")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=5, help="longest drain, and length of the latency test")
    options.add_argument("--concurrency", type=int, default=10, help=argparse.SUPPRESS)
    options.add_argument("--worker", choices=sorted(IMPLEMENTATIONS), help=argparse.SUPPRESS)
    return options


async def own_rounds(address: str, rounds: int, seconds: float) -> list[dict]:
    """Measure ours and the raw loop; the order turns round every other time."""
    for name in reversed(IMPLEMENTATIONS):
        await IMPLEMENTATIONS[name](address).setup()
    found = []
    for number in range(rounds):
        order = list(IMPLEMENTATIONS) if number % 2 == 0 else list(IMPLEMENTATIONS)[::-1]
        found.append({name: {"drain1": await drain(name, address, 1, seconds), "drain2": await drain(name, address, 2, seconds),
                             "latency": await latency(name, address, seconds)} for name in order})
    return found


def yardstick_rounds(path: Path, address: str, rounds: int, seconds: float, others: list[str]) -> list[dict]:
    """Let the yardstick measure raw SQL, ours, and those of `others` that are installed."""
    names = ["raw10", *(name for name in others if importlib.util.find_spec(name)), "zrg"]
    plugin = Path(__file__).with_name("queue_adapter.py")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        subprocess.run(
            [sys.executable, str(path.resolve()), "run", "--uri", address, "--plugin", str(plugin), "--impls", ",".join(names),
             "--rounds", str(rounds), "--secs", str(seconds), "--lat-secs", str(seconds), "--quiet-wait", "5", "--retries", "1",
             "--tests", "single1,single10,drain1,drain2,latency", "--out", str(out)],
            check=True, cwd=folder, env={**os.environ, "QB_ERRLOG": str(Path(folder) / "errors.log")})
        return [one["impl"] for one in json.loads(out.read_text())["rounds"]]


def summary(rounds: list[dict]) -> dict[str, dict[str, float]]:
    """Medians over the rounds; ratios are taken within a round, where the machine was equally busy for both."""
    table: dict[str, dict[str, float]] = {}
    for name in rounds[0]:
        row = table[name] = {}
        for test in ("drain1", "drain2"):
            row[test] = statistics.median(one[name][test]["rate"] for one in rounds)
            row[f"{test}_ratio"] = statistics.median(one[name][test]["rate"] / one["raw10"][test]["rate"] for one in rounds)
        for part in ("p50", "p99"):
            row[part] = statistics.median(one[name]["latency"][part] for one in rounds)
        row["lost_or_dup"] = sum(abs(one[name][test]["lost_or_dup"]) for one in rounds for test in ("drain1", "drain2"))
    return table


def verdict(ours: dict[str, float]) -> dict[str, bool]:
    """Which targets ours meets."""
    return {"drain, 1 worker": ours["drain1_ratio"] >= DRAIN_TARGET, "drain, 2 workers": ours["drain2_ratio"] >= DRAIN_TARGET,
            "pickup p50": ours["p50"] <= P50_TARGET, "pickup p99": ours["p99"] <= P99_TARGET,
            "nothing lost or doubled": ours["lost_or_dup"] == 0}


def told(table: dict[str, dict[str, float]]) -> str:
    """The table as Markdown."""
    lines = ["| queue | drain 1 worker /s | of raw | drain 2 workers /s | of raw | pickup p50 ms | p99 ms |",
             "|---|---|---|---|---|---|---|"]
    lines += [f"| {name} | {row['drain1']:,.0f} | {row['drain1_ratio']:.2f} | {row['drain2']:,.0f} | {row['drain2_ratio']:.2f} "
              f"| {row['p50']:.1f} | {row['p99']:.1f} |" for name, row in table.items()]
    return "\n".join(lines)


def main() -> None:
    """Measure, tell, write."""
    chosen = parser().parse_args()
    if chosen.worker:
        asyncio.run(work(chosen.worker, chosen.uri, chosen.concurrency))
        return
    if chosen.yardstick:
        rounds = yardstick_rounds(chosen.yardstick, chosen.uri, chosen.rounds, chosen.seconds,
                                  [name for name in chosen.others.split(",") if name])
    else:
        rounds = asyncio.run(own_rounds(chosen.uri, chosen.rounds, chosen.seconds))
    table = summary(rounds)
    met = verdict(table["zrg"])
    verdicts = [f"{'met   ' if is_met else 'MISSED'}  {what}" for what, is_met in met.items()]
    save("queue", "Job queue beside others, one run", told(table), notes="\n".join(f"* {line}" for line in verdicts))
    if chosen.out:
        machine = {"cpus": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version(),
                   "load": os.getloadavg(), "at": clock.now().isoformat()}
        chosen.out.write_text(json.dumps({"machine": machine, "summary": table, "targets_met": met, "rounds": rounds}, indent=1))


if __name__ == "__main__":
    main()
