"""Is anything lost, doubled or misrouted? `./zrg bench soak`: webhooks of every provider into a whole product in a storm.

A tenth of the letters is posted twice, a twentieth late; providers fail while approved drafts leave; the scheduler and the app
are killed at random. Then it waits until nothing is open and counts what went in against what came out.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import UUID

from benchmarks.report import database, percentile, save, table
from benchmarks.soak_count import Counting, Line
from benchmarks.soak_letters import Crowd
from benchmarks.soak_post import Postman, muddled
from benchmarks.soak_storm import Approver, Storm
from sandbox.client import SandboxControl
from tests.faults.reckoning import Reckoning
from tests.properties.doors import connected
from zrg_app.integrations import registry
from zrg_app.kit import db
from zrg_app.kit.scope import Actor, Scope
from zrg_app.kit.settings import settings
from zrg_app.runtime.home import Home
from zrg_app.runtime.ports import free_port
from zrg_app.runtime.product import Plan, Product, start_product
from zrg_app.services import access

CHUNK = 1000
# Seconds to wait for the rest: at least so many, and so many per letter.
DRAINED_WITHIN, PER_LETTER = 900.0, 0.1
# After so many seconds without anything open there are no more drafts to approve.
QUIET = 10.0
# No undo to wait for, and jobs of a dead worker come back quickly.
SETTINGS = {"ZRG_UNDO_SECONDS": "0", "BACKGROUND_JOB_STALE_LOCK_MS": "5000", "ZRG_LOG_LEVEL": "WARNING"}


@dataclass(slots=True)
class Soak:
    """What is run: so many letters, approvals and kills; and what was measured on the way."""

    letters: int
    approvals: int
    kills: int
    seed: int = 7
    posted_seconds: float = 0.0
    drained_seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether every count is what it must be."""
        return bool(self.lines) and all(line.holds for line in self.lines)

    def run(self) -> None:
        """Start a product, storm, drain, count."""
        with _running() as (product, places, url), SandboxControl(product.sandbox_url) as control:
            address = product.url.replace("localhost", "127.0.0.1")
            approvers = [Approver(address, token, wanted) for token, wanted in _tokens(places, self.approvals)]
            for approver in approvers:
                approver.start()
            crowd, postman = self._post(product, places, control)
            self._drain(Counting(url), Reckoning(url), approvers)
            self._count(Counting(url), crowd, postman, approvers, control)

    def _post(self, product: Product, places: dict[str, UUID], control: SandboxControl) -> tuple[Crowd, Postman]:
        chance, postman = Random(self.seed), Postman(product.url.replace("localhost", "127.0.0.1"))
        crowd = Crowd(places, control, questions=4 * self.approvals, letters=self.letters, chance=chance)
        storm, began = Storm(product, chance, self.kills), time.monotonic()
        while (told := crowd.expected.letters) < self.letters:
            letters = crowd.write(min(CHUNK, self.letters - told))
            storm.strike((told + CHUNK / 2) / self.letters)
            storm.cloud(control)
            postman.deliver(muddled(letters, chance))
            _say(f"{crowd.expected.letters:,} letters posted, {time.monotonic() - began:.0f} s; killed {dict(storm.killed)}")
        self.posted_seconds, self.waits = time.monotonic() - began, sorted(postman.waits)
        self.killed = storm.killed
        self.notes.append(f"Killed: {dict(storm.killed)}. Faults set: {storm.faults} for each provider that sends.")
        return crowd, postman

    def _drain(self, counting: Counting, reckoning: Reckoning, approvers: list[Approver]) -> None:
        began, last, quiet = time.monotonic(), 0.0, 0.0
        while True:
            left, passed = counting.still_open(), time.monotonic() - began
            quiet = passed if any(left) else quiet
            if not any(left) and (all(approver.is_done for approver in approvers) or passed - quiet > QUIET):
                break
            if passed > max(DRAINED_WITHIN, self.letters * PER_LETTER):
                raise TimeoutError(f"Not drained after {passed:.0f} s: webhooks, jobs, sends, drafts {left}; {_asked(approvers)}")
            if not left[0]:
                reckoning.let_time_pass()
            if passed - last > 10:
                last = passed
                _say(f"draining for {passed:.0f} s: webhooks, jobs, sends, drafts {left}")
            time.sleep(0.5)
        self.drained_seconds = time.monotonic() - began
        for approver in approvers:
            approver.go_home()

    def _count(self, counting: Counting, crowd: Crowd, postman: Postman, approvers: list[Approver], control: SandboxControl) -> None:
        lost_answers = postman.answers.total() - postman.answers["200"]
        approved = sum(len(approver.outbound_ids) for approver in approvers)
        dead, sent = counting.dead_letters(), control.sent(limit=1_000_000)
        self.lines = [*counting.came_in(crowd.expected, postman.answers["200"], lost_answers),
                      *counting.went_out(sent, approved),
                      Line(what="dead letters", found=dead.total(), wanted=0),
                      Line(what="errors of ours", found=sum(n for answer, n in postman.answers.items() if answer.startswith("5")
                                                            and answer != "503"), wanted=0)]
        self.notes += [f"Answers: {dict(postman.answers)}. {_asked(approvers)}",
                       f"By provider: {dict(crowd.expected.by_provider)}. Outbox: {counting.outbox()}.",
                       *(f"Misplaced: {line}" for line in counting.misplaced(crowd.expected)[:10]),
                       *(f"Twice: {line}" for line in counting.twice(sent)[:10]),
                       *(f"Dead: {kind} {error[:200]} ({n})" for (kind, error), n in dead.most_common(10)),
                       *(f"{kind}: {n:,} jobs, median {median * 1000:.0f} ms, longest {most:.1f} s"
                         for kind, (n, median, most) in counting.jobs_by_kind().items())]


@contextmanager
def _running() -> Iterator[tuple[Product, dict[str, UUID], str]]:
    """A whole product with one workspace per provider, on a database of its own; all gone afterwards."""
    before = os.environ.get("ZRG_HOME")
    name = f"soak_{os.getpid()}"
    with database(name) as url, tempfile.TemporaryDirectory(prefix="zrg-soak-") as folder:
        _set_home(folder)
        owner = access.create_user(email="mara@agency.example", name="Mara Reyes", password="one long enough password")
        places = connected(owner)
        plan = Plan(home=Home(Path(folder)).ready(), port=free_port(), host="127.0.0.1", database_url=url, seed=False,
                    environment=SETTINGS)
        product = start_product(plan, lambda part, line: _say(f"{part}: {line}") if part != "sandbox" else None)
        try:
            yield product, places, url
        finally:
            product.stop()
            _set_home(before)


def _set_home(folder: str | None) -> None:
    """What we seal and sign here the product must be able to read, so both have one home."""
    os.environ.pop("ZRG_HOME", None)
    if folder is not None:
        os.environ["ZRG_HOME"] = folder
    settings.cache_clear()


def _tokens(places: dict[str, UUID], approvals: int) -> list[tuple[str, int]]:
    """A token per workspace that can be answered, and how many approvals it is to give."""
    sending = [slug for slug in places if registry.provider(slug).send is not None]
    found = []
    for slug in sending:
        scope = Scope(actor=Actor(kind="system", name="operator"), workspace_id=places[slug])
        with db.transaction(scope) as tx:
            found.append((access.create_token(tx, scope, "write", name="approver").token, approvals // len(sending)))
    return found


def _asked(approvers: list[Approver]) -> str:
    return "Approvals: " + "; ".join(f"{len(each.outbound_ids)} taken, {len(each.refused)} refused, {dict(each.answers)}"
                                     for each in approvers)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """Run, write the table, and end with 1 when something was lost, doubled or misrouted."""
    parser = argparse.ArgumentParser(prog="zrg bench soak", description=__doc__)
    parser.add_argument("--webhooks", type=int, default=100_000)
    parser.add_argument("--approvals", type=int, help="default: one per 200 webhooks")
    parser.add_argument("--kills", type=int, help="default: two, and one more per 8,000 webhooks")
    options = parser.parse_args()
    soak = Soak(letters=options.webhooks, approvals=options.approvals or options.webhooks // 200,
                kills=options.kills if options.kills is not None else 2 + options.webhooks // 8_000)
    soak.run()
    rate = len(soak.waits) / soak.posted_seconds
    speed = [("deliveries acknowledged", f"{len(soak.waits):,}", f"{rate:,.0f} per second"),
             ("wait for the 200, p50 / p99 / most", f"{percentile(soak.waits, 50) * 1000:.0f} / {percentile(soak.waits, 99) * 1000:.0f} "
              f"/ {soak.waits[-1] * 1000:,.0f} ms", "the most includes an app that was dead"),
             ("posting, then draining", f"{soak.posted_seconds:.0f} s, then {soak.drained_seconds:.0f} s",
              f"{soak.letters / (soak.posted_seconds + soak.drained_seconds):,.0f} webhooks per second in all")]
    save("soak", f"Soak: {soak.letters:,} webhooks, {soak.approvals:,} approvals, {soak.kills} kills", "\n\n".join([
        table(("count", "found", "wanted", ""), [(line.what, f"{line.found:,}", f"{line.wanted:,}", "met" if line.holds else "MISSED")
                                                 for line in soak.lines]),
        table(("speed", "figure", ""), speed)]), notes="\n".join(f"* {note}" for note in soak.notes))
    sys.exit(0 if soak.holds else 1)


if __name__ == "__main__":
    main()
