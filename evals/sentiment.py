"""How often is a reply understood right? `python -m evals.sentiment` judges `evals/replies/` through the configured model.

Without OPENAI_API_KEY and OPENAI_BASE_URL the sandbox's rules stand in for a model; then only what is decided by rule is measured
for real. It plays in a database of its own on the server of DATABASE_URL, dropped afterwards, and prints; nothing else is written.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from zrg_app.kit import db, ids, logs
from zrg_app.kit.scope import Scope, system, workspace_system
from zrg_app.kit.settings import settings
from zrg_app.models import User, Workspace, WorkspaceSettings
from zrg_app.models.vocabulary import Sentiment, SentimentSource
from zrg_app.services import reading, sentiment

REPLIES = Path(__file__).parent / "replies"
LABELS = tuple(label for label in Sentiment if label not in (Sentiment.NEW, Sentiment.SNOOZED, Sentiment.MEETING_BOOKED))
SHORT = {"Meeting Requested": "Meet", "Call Requested": "Call", "Information Requested": "Info", "Interested": "Intr",
         "Follow Up": "Foll", "Objection": "Obj", "Not Interested": "NotI", "Out of Office": "OOO", "Automated Reply": "Auto",
         "Blacklist": "Blck", "Neutral": "Neut"}
MACHINES = (Sentiment.AUTOMATED_REPLY, Sentiment.OUT_OF_OFFICE)
# These are Blacklist too, but no opt-outs: somebody is angry, or an address does not work.
NO_OPT_OUT = ("threat", "anger", "bounce")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One labelled reply. `kind` names what is hard about it; `body` is the text as it came, quotations and signature included."""

    id: str
    label: str
    channel: str
    language: str
    body: str
    subject: str = ""
    sender: str = "lead@customer.example"
    kind: str = ""

    @property
    def is_opt_out(self) -> bool:
        """Whether they ask not to be written to."""
        return self.label == Sentiment.BLACKLIST and self.kind not in NO_OPT_OUT

    def reply(self) -> sentiment.Reply:
        """The reply as it lies in the inbox: of a mail only what was newly written, the rest kept beside it."""
        mail = self.channel == "email"
        body = (reading.clean_body(self.body) or self.body) if mail else self.body
        return sentiment.Reply(channel=self.channel, body=body.strip(), subject=self.subject, raw_text=self.body if mail else "",
                               from_address=self.sender if mail else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a case was judged to be, and by whom."""

    case: Case
    label: str
    source: str

    @property
    def is_right(self) -> bool:
        """Whether the label is the one people gave."""
        return self.label == self.case.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of a run."""

    outcomes: tuple[Outcome, ...] = field(default=())

    @property
    def accuracy(self) -> float:
        """The share judged as people do."""
        return share(outcome.is_right for outcome in self.outcomes)

    @property
    def opt_out_recall(self) -> float:
        """The share of opt-outs that were seen."""
        return share(outcome.is_right for outcome in self.outcomes if outcome.case.is_opt_out)

    @property
    def machine_recall(self) -> float:
        """The share of machines' answers that were taken for such, away or not."""
        return share(outcome.label in MACHINES for outcome in self.outcomes if outcome.case.label in MACHINES)

    @property
    def rule_precision(self) -> float:
        """The share of labels given by rule that are right."""
        return share(outcome.is_right for outcome in self.outcomes if outcome.source == SentimentSource.RULE)

    @property
    def wooed(self) -> tuple[Outcome, ...]:
        """Those who want to be left alone and were taken for interested: what must never happen."""
        return tuple(one for one in self.outcomes if one.case.label == Sentiment.BLACKLIST and one.label in sentiment.DRAFTED)

    def precision(self, label: str) -> float:
        """The share of those called `label` who are."""
        return share(one.is_right for one in self.outcomes if one.label == label)

    def recall(self, label: str) -> float:
        """The share of those who are `label` that were called so."""
        return share(one.is_right for one in self.outcomes if one.case.label == label)


def load(folder: Path = REPLIES) -> list[Case]:
    """All labelled replies, file by file."""
    return [Case(**json.loads(line)) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines() if line]


def run(scope: Scope, cases: Iterable[Case]) -> Report:
    """Judge every case, as `sentiment.judge` does for a reply that comes in."""
    return Report(outcomes=tuple(_judged(scope, case) for case in cases))


def share(claims: Iterable[bool]) -> float:
    """The share of claims that hold; 1 when there are none."""
    held = list(claims)
    return sum(held) / len(held) if held else 1.0


def lines_of(report: Report) -> Iterator[str]:
    """The report as text: confusion matrix, precision and recall per label, the figures that matter, and every miss."""
    shown = [label for label in LABELS if any(label in (one.case.label, one.label) for one in report.outcomes)]
    counts = Counter((one.case.label, one.label) for one in report.outcomes)
    yield "people say \\ judged    " + " ".join(f"{SHORT[label]:>4}" for label in shown) + "   prec  recall"
    for label in shown:
        row = " ".join(f"{counts[label, other] or '.':>4}" for other in shown)
        yield f"{label:22} {row}   {report.precision(label):.2f}  {report.recall(label):.2f}"
    sources = Counter(one.source for one in report.outcomes)
    yield f"\n{len(report.outcomes)} replies, {report.accuracy:.1%} as people label them; by " + ", ".join(
        f"{source} {count}" for source, count in sources.most_common())
    yield (f"opt-out recall {report.opt_out_recall:.3f} · auto-reply recall {report.machine_recall:.3f} · precision of rules "
           f"{report.rule_precision:.3f} · opt-outs taken for interest {len(report.wooed)}")


def misses_of(report: Report) -> Iterator[str]:
    """Every case judged otherwise than people do."""
    for one in report.outcomes:
        if not one.is_right:
            yield f"{one.case.id:18} {one.case.label} -> {one.label} ({one.source}): {' '.join(one.case.body.split())[:90]}"


@contextmanager
def stage() -> Iterator[Scope]:
    """An empty workspace in a database of its own, with a model: the configured one, else the sandbox's."""
    from benchmarks.report import database  # noqa: PLC0415 because only a run by command needs a database of its own
    from zrg_app.runtime.database import running_database  # noqa: PLC0415
    from zrg_app.runtime.home import Home  # noqa: PLC0415

    with running_database(Home.from_environment()) as server:
        os.environ["DATABASE_URL"] = server
        with database("eval_sentiment"), _model():
            yield _workspace()


@contextmanager
def _model() -> Iterator[None]:
    from sandbox.server import running  # noqa: PLC0415

    if settings().openai_api_key or settings().sandbox_url:
        yield
        return
    with running() as sandbox:
        os.environ["ZRG_SANDBOX_URL"] = sandbox.base_url
        settings.cache_clear()
        yield


def _workspace() -> Scope:
    owner, workspace = ids.new_id(), ids.new_id()
    with db.transaction(system("make room for an evaluation")) as tx:
        tx.add(User(id=owner, email="evaluation@agency.example", name="Evaluation"))
        tx.flush()
        tx.add(Workspace(id=workspace, name="Evaluation", owner_id=owner))
        tx.flush()
        tx.add(WorkspaceSettings(workspace_id=workspace))
    return workspace_system(workspace, "evaluate the labels")


def _judged(scope: Scope, case: Case) -> Outcome:
    verdict = sentiment.judge(scope, case.reply(), []).verdict
    return Outcome(case=case, label=verdict.sentiment, source=verdict.source)


def main() -> int:
    """Run and print; the exit code says whether an opt-out was missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--misses", action="store_true", help="list every case judged otherwise than people do")
    parser.add_argument("--only", default="", help="only cases whose id, language, channel or kind is this, or whose id begins so")
    wanted = parser.parse_args()
    os.environ.setdefault("ZRG_LOG_LEVEL", "ERROR")  # a line per call would hide the table
    cases = [case for case in load() if not wanted.only or case.id.startswith(wanted.only)
             or wanted.only in (case.language, case.channel, case.kind)]
    logs.configure("evals")
    with stage() as scope:
        print(f"Model: {'the sandbox, by rules' if settings().sandbox_url else settings().sentiment_model}\n")
        report = run(scope, cases)
    print("\n".join([*lines_of(report), *(["", *misses_of(report)] if wanted.misses else [])]))
    return 0 if report.opt_out_recall == 1 and not report.wooed else 1


if __name__ == "__main__":
    sys.exit(main())
