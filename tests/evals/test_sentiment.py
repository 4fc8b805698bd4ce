"""The floors no change may go below, whichever model is asked: who wants to be left alone is, and machines are known as such."""

from collections import Counter

import pytest

from evals.sentiment import LABELS, Case, Outcome, Report, lines_of, load, misses_of, run
from tests.services.sending.stage import Stage
from zrg_app.models.vocabulary import Sentiment, SentimentSource
from zrg_app.services import reading
from zrg_app.services.sentiment.policy import DRAFTED, by_rule

CASES = load()
NOW = "2026-11-21T09:00:00+00:00"


def test_the_replies_cover_the_vocabulary_the_channels_and_many_languages() -> None:
    labels = Counter(case.label for case in CASES)
    assert len(CASES) >= 300 and len({case.id for case in CASES}) == len(CASES) == len({(case.body, case.subject) for case in CASES})
    assert set(labels) == set(LABELS) and min(labels.values()) >= 20
    assert {case.channel for case in CASES} == {"email", "sms", "linkedin"}
    assert len({case.language for case in CASES}) >= 9
    assert {"threat", "anger", "sarcasm", "injection", "forwarded", "quoted", "stop-by", "mixed"} <= {case.kind for case in CASES}


@pytest.mark.parametrize("case", [case for case in CASES if case.is_opt_out], ids=lambda case: case.id)
def test_every_opt_out_is_seen_without_any_model(case: Case) -> None:
    verdict = by_rule(case.reply(), NOW)
    assert verdict is not None and verdict.sentiment is Sentiment.BLACKLIST


@pytest.mark.parametrize("case", [case for case in CASES if case.label not in (Sentiment.BLACKLIST, Sentiment.AUTOMATED_REPLY)],
                         ids=lambda case: case.id)
def test_nobody_else_is_silenced_by_rule(case: Case) -> None:
    verdict = by_rule(case.reply(), NOW)
    assert verdict is None or verdict.sentiment is not Sentiment.BLACKLIST


def test_the_floors_hold(desk: Stage) -> None:
    report = run(desk.as_job, CASES)
    assert report.opt_out_recall == 1.0
    assert report.machine_recall >= 0.98
    assert report.wooed == ()
    assert report.rule_precision >= 0.98
    # What a stand-in by rules reaches; a real model is measured by `python -m evals.sentiment`.
    assert report.accuracy >= 0.85
    injected = [one for one in report.outcomes if one.case.kind == "injection"]
    assert injected and not [one for one in injected if one.label in DRAFTED]


def outcome(said: str, judged: str, source: str = "model") -> Outcome:
    case = Case(id=f"{said} {judged}", label=said, channel="sms", language="en", body="x")
    return Outcome(case=case, label=judged, source=source)


def test_the_figures_are_counted_as_their_names_say() -> None:
    report = Report(outcomes=(outcome("Blacklist", "Interested"), outcome("Blacklist", "Blacklist", SentimentSource.RULE),
                              outcome("Out of Office", "Automated Reply", SentimentSource.RULE), outcome("Interested", "Interested")))
    assert (report.accuracy, report.opt_out_recall, report.machine_recall, report.rule_precision) == (0.5, 0.5, 1.0, 0.5)
    assert (report.precision("Interested"), report.recall("Interested")) == (0.5, 1.0)
    assert [one.case.id for one in report.wooed] == ["Blacklist Interested"]
    assert "opt-outs taken for interest 1" in "\n".join(lines_of(report)) and len(list(misses_of(report))) == 2


def test_a_mail_is_judged_by_what_was_newly_written() -> None:
    case = next(case for case in CASES if case.kind == "quoted" and "STOP" in case.body)
    assert "STOP" not in case.reply().body and not reading.is_opt_out(case.reply().body)
