"""Does a draft offer a time that nobody gave? Every clock time must be free, offered before, or the lead's own words."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from zrg_app.kit import clock
from zrg_app.services.drafting.checks.proposal import Proposal
from zrg_app.services.reading.times import Moment, moments

_CLOCK = re.compile(r"\d{1,2}\s?(?::\d{2})?\s?(?:[ap]\.?m\b|uhr\b|h\b)|\d{1,2}[:.]\d{2}|\bnoon\b|\bmidday\b|"
                    r"(?:from|between|at|zwischen|von)\s\d", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\d\s])|\n+")
_SAME = timedelta(minutes=1)
MOST = 24_000


def unknown_times(proposal: Proposal) -> tuple[str, ...]:
    """The sentences of a draft that offer a clock time which is none of the times it may name."""
    offered = _offered(proposal)
    known = _known(proposal) if offered else []
    return tuple(sentence for sentence, moment in offered if not (_is_given(proposal, moment) or _is_among(moment, known, proposal)))


def zoneless_times(proposal: Proposal) -> tuple[str, ...]:
    """The sentences that offer a free time without saying in whose zone; what was said before need not be repeated with one."""
    offered = [(sentence, moment) for sentence, moment in _offered(proposal)
               if moment.dated and moment.end is None and not moment.zoned and _is_given(proposal, moment)]
    known = _known(proposal) if offered else []
    return tuple(sentence for sentence, moment in offered if not _is_among(moment, known, proposal))


def times_named(body: str, times: Sequence[tuple[datetime, str]], zone: str, at: datetime) -> tuple[int, ...]:
    """Which of `times` (instant and label) a message names, by the label or in other words."""
    low = _squeezed(body)
    read = [moment for _, moment in _clocks(body, at, zone) if moment.dated and moment.end is None]
    return tuple(place for place, (starts_at, label) in enumerate(times)
                 if _squeezed(label) in low or any(abs(moment.start - starts_at) < _SAME for moment in read))


def _offered(proposal: Proposal) -> list[tuple[str, Moment]]:
    rest = proposal.body
    for label in sorted(proposal.labels, key=len, reverse=True):
        rest = re.sub(re.escape(label), "", rest, flags=re.IGNORECASE)
    return _clocks(rest, proposal.at or clock.now(), proposal.zone)


def _clocks(text: str, at: datetime, zone: str) -> list[tuple[str, Moment]]:
    """The clock times a text offers, each with its sentence. A part of a day ("Tuesday morning") is no clock time."""
    found = []
    for sentence in _SENTENCES.split(text[:MOST]):
        if _CLOCK.search(sentence):
            found += [(" ".join(sentence.split())[:120], moment) for moment in moments(sentence, at, zone)
                      if moment.timed and not moment.refused and (moment.end or moment.start) > at]
    return found


def _is_given(proposal: Proposal, moment: Moment) -> bool:
    zone = ZoneInfo(proposal.zone)
    if moment.end is not None:
        return any(moment.start <= time < moment.end for time in proposal.times)
    if moment.dated:
        return any(abs(moment.start - time) < _SAME for time in proposal.times)
    return any(_reading(moment.start, zone) == _reading(time, zone) for time in proposal.times)


def _is_among(moment: Moment, known: Sequence[Moment], proposal: Proposal) -> bool:
    zone = ZoneInfo(proposal.zone)
    return any(_is_said(moment, other, zone) for other in known)


def _is_said(moment: Moment, said: Moment, zone: ZoneInfo) -> bool:
    """Whether a time is what somebody said; a moment inside a span they named is not, because nobody said it is free."""
    if (moment.end is None) != (said.end is None):
        return False
    if not (moment.dated and said.dated):
        return _reading(moment.start, zone) == _reading(said.start, zone)
    inside = moment.end is not None and moment.start >= said.start and moment.end <= said.end
    return inside or moment.end == said.end and abs(moment.start - said.start) < _SAME


def _known(proposal: Proposal) -> list[Moment]:
    """The times of messages, each read as of its own day, and of what we know beside them."""
    at = proposal.at or clock.now()
    texts = [*(proposal.said or ((at, proposal.lead_words),)), *proposal.told, (at, proposal.fixed_text)]
    return [moment for moment_at, text in texts for sentence in _SENTENCES.split(text[:MOST])
            for moment in moments(sentence, moment_at, proposal.zone) if moment.timed]


def _reading(instant: datetime, zone: ZoneInfo) -> tuple[int, int]:
    local = instant.astimezone(zone)
    return local.hour, local.minute


def _squeezed(text: str) -> str:
    return " ".join(text.lower().split())
