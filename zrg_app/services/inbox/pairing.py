"""Which of two tellings are the same message, when only one of them has the provider's id? One to one, in order. Pure.

A GoHighLevel workflow webhook names no message; the provider's history and its app webhook do. Two identical texts are two
messages, so equal words are not enough: each telling is the other half of at most one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zrg_app.integrations.outgoing_html import same_words

# A webhook is heard of after its message was written, later still when it was tried again; clocks differ a little.
EARLY = timedelta(minutes=2)
LATE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One side's knowledge of a message of one lead and channel: `key` is the caller's own name for it, `at` what it knows
    of the time (of receipt, where no better is known), `direction` a Direction value."""

    key: str
    direction: str
    text: str
    at: datetime


def pair(heard: Sequence[Telling], exact: Sequence[Telling], *, early: timedelta = EARLY, late: timedelta = LATE) -> dict[str, str]:
    """Match messages `heard` of without an id to `exact` ones that have one: {exact.key: heard.key}.

    Two tellings fit when direction and words are equal (case, spacing and kinds of quotation marks aside) and the one heard
    is at most `early` before and `late` after the exact time. Of equal words the pairs never cross; as many as possible are
    made, and of those the ones that lie closest in time. Empty texts are never matched.
    """
    found: dict[str, str] = {}
    waiting, told = _grouped(heard), _grouped(exact)
    for words in waiting.keys() & told.keys():
        found |= _in_order(waiting[words], told[words], early, late)
    return found


def _grouped(tellings: Sequence[Telling]) -> dict[tuple[str, str], list[Telling]]:
    groups: dict[tuple[str, str], list[Telling]] = {}
    for telling in sorted(tellings, key=lambda one: (one.at, one.key)):
        if words := same_words(telling.text):
            groups.setdefault((telling.direction, words), []).append(telling)
    return groups


def _in_order(heard: list[Telling], exact: list[Telling], early: timedelta, late: timedelta) -> dict[str, str]:
    # best[i][j]: (pairs, minus the seconds between them) of the first i heard and the first j exact.
    best = [[(0, 0.0)] * (len(exact) + 1) for _ in range(len(heard) + 1)]
    for i, one in enumerate(heard, 1):
        for j, other in enumerate(exact, 1):
            best[i][j] = max(best[i - 1][j], best[i][j - 1])
            if -early <= one.at - other.at <= late:
                best[i][j] = max(best[i][j], _more(best[i - 1][j - 1], one, other))
    found, i, j = {}, len(heard), len(exact)
    while i and j:
        if best[i][j] == best[i][j - 1]:
            j -= 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            i, j = i - 1, j - 1
            found[exact[j].key] = heard[i].key
    return found


def _more(so_far: tuple[int, float], one: Telling, other: Telling) -> tuple[int, float]:
    return so_far[0] + 1, so_far[1] - abs((one.at - other.at).total_seconds())
