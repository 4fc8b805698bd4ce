"""What would another threshold cost, and what would it save? Reckoned from this workspace's own decisions and what people then did. Pure.

For each threshold: the share that would leave without a person, how many of those would be wrong in a week, and the minutes saved. "Wrong"
is what people edited, discarded or held back although the AI would have sent it. What nobody looked at says nothing about right or wrong:
drafts that left by themselves count for the share only. The bound is the upper end of the one-sided 95 % interval of Clopper and Pearson,
which is never too small, whatever the number of drafts.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MINUTES_PER_REVIEW = 2.0
SURENESS = 0.95
THRESHOLDS: tuple[float, ...] = tuple(round(0.5 + step / 100, 2) for step in range(50))
WEEK = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One decision as it counts: how sure the evaluator was, whether anything but the threshold spoke against sending, and whether a
    person looked (`judged`) and found it wrong."""

    confidence: float
    clear: bool
    judged: bool
    wrong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The bill of one threshold. `judged` and `wrong` are what the estimate rests on; rates are per week."""

    threshold: float
    share: float
    sends_per_week: float
    judged: int
    wrong: int
    wrong_per_week: float
    wrong_at_most: float
    minutes_saved: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """A point per threshold, and what they were reckoned from."""

    points: tuple[Point, ...]
    decisions: int
    judged: int
    days: float


def reckon(records: Iterable[Record], *, days: float, minutes_per_review: float = MINUTES_PER_REVIEW,
           thresholds: Sequence[float] = THRESHOLDS) -> Bill:
    """The bill of every threshold. `days` is the time in which the records came about."""
    known = list(records)
    return Bill(points=tuple(_point(one, known, days, minutes_per_review) for one in thresholds), decisions=len(known),
                judged=sum(one.judged for one in known), days=days)


def upper_bound(wrong: int, judged: int, sureness: float = SURENESS) -> float:
    """The share of wrong ones that is exceeded with a chance of 1 - `sureness` only (Clopper-Pearson); 1 where nothing is known."""
    if judged <= 0 or wrong >= judged:
        return 1.0
    low, high = wrong / judged, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(wrong, judged, middle) > 1 - sureness else (low, middle)
    return high


def _point(threshold: float, known: list[Record], days: float, minutes: float) -> Point:
    leaving = [one for one in known if one.clear and one.confidence >= threshold]
    judged, wrong = sum(one.judged for one in leaving), sum(one.wrong for one in leaving)
    per_week = len(leaving) * WEEK / days if days > 0 else 0.0
    share = len(leaving) / len(known) if known else 0.0
    return Point(threshold=threshold, share=share, sends_per_week=per_week, judged=judged, wrong=wrong,
                 wrong_per_week=per_week * wrong / judged if judged else 0.0, minutes_saved=per_week * minutes,
                 wrong_at_most=per_week * upper_bound(wrong, judged) if leaving else 0.0)


def _at_most(wrong: int, judged: int, share: float) -> float:
    """The chance of at most `wrong` wrong ones among `judged`, each wrong with the chance `share`."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 1.0 if wrong >= judged else 0.0
    return sum(math.exp(_log_choose(judged, k) + k * math.log(share) + (judged - k) * math.log1p(-share)) for k in range(wrong + 1))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
