"""How fast is the AI pipeline without the model, and how many replies does one process put through it? `./zrg bench ai`.

Every reply goes the whole way, label to decision, against the sandbox's model in a process of its own. Stages are measured one reply
at a time, without the time models took; throughput with several threads, as a worker runs them, model time included.
"""

import argparse
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from benchmarks.report import percentile, save, table
from evals.stage import stage
from zrg_app.kit.scope import Scope
from zrg_app.services.trials import drilling, pipeline
from zrg_app.services.trials.cases import Case
from zrg_app.services.trials.outcome import Outcome

STAGES = ("label", "read", "draft", "judge", "decide")
WARM = 3


def cases(count: int) -> list[Case]:
    """`count` replies of all kinds, no two of the same words: plain ones, which go the whole way, beside hostile ones."""
    known = drilling.drill_cases()
    plain = [one for one in known if one.sendable]
    mixed = [one for pair in zip(known, plain * (len(known) // len(plain) + 1), strict=False) for one in pair]
    return [Case(channel=one.channel, subject=one.subject, first_name=one.first_name, text=f"{one.text}\n(reply {number})", as_if_on=True)
            for number in range(count) for one in (mixed[number % len(mixed)],)]


def latencies(scope: Scope, replies: Sequence[Case]) -> list[Outcome]:
    """The outcomes of `replies`, one after the other, after a few to warm up."""
    for case in replies[:WARM]:
        pipeline.run(scope, case)
    return [pipeline.run(scope, case) for case in replies]


def throughput(scope: Scope, replies: Sequence[Case], threads: int) -> tuple[float, list[Outcome]]:
    """Replies per second with so many threads, and their outcomes."""
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        outcomes = list(pool.map(lambda case: pipeline.run(scope, case), replies))
    return len(replies) / (time.perf_counter() - began), outcomes


def stage_rows(outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """One line per stage: how many replies came so far, and its own time."""
    rows = []
    for name in (*STAGES, "all"):
        times = sorted(sum(one.own_ms.values()) if name == "all" else one.own_ms[name] for one in outcomes
                       if name == "all" or name in one.own_ms)
        if times:
            rows.append((name, str(len(times)), f"{percentile(times, 50):.1f}", f"{percentile(times, 95):.1f}", f"{times[-1]:.1f}"))
    return rows


def main() -> None:
    """Measure and write the two sections."""
    parser = argparse.ArgumentParser(prog="zrg bench ai", description=__doc__.splitlines()[0])
    parser.add_argument("--replies", type=int, default=1000, help="replies for the throughput")
    parser.add_argument("--single", type=int, default=100, help="replies measured one at a time")
    parser.add_argument("--threads", type=int, default=4)
    chosen = parser.parse_args()
    with stage("ai") as scope:
        single = latencies(scope, cases(chosen.single))
        rate, outcomes = throughput(scope, cases(chosen.replies), chosen.threads)
    save("ai", f"AI pipeline without model time, {len(single)} replies (ms)", table(("stage", "replies", "p50", "p95", "most"),
                                                                                  stage_rows(single)))
    decisions = {word: sum(one.decision == word for one in outcomes) for word in ("send", "needs_review", "skip")}
    notes = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in decisions.items())
    save("ai", f"AI pipeline, {len(outcomes):,} replies against the sandbox's model", table(
        ("threads", "replies per second", "model calls", "seconds in all"),
        [(chosen.threads, f"{rate:.1f}", sum(len(one.steps) for one in outcomes), f"{len(outcomes) / rate:.1f}")]),
        notes=f"Decisions: {notes}. The model's own time counts here; it is the sandbox's rules over HTTP.")


if __name__ == "__main__":
    main()
