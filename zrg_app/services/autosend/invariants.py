"""What must hold of the final text, whatever any model said of it? Pure code over the draft and what it was made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zrg_app.services.reading.times import Moment, moments

SAME = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\"'\]]+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|ai|co|app|dev|me|ly|link|info|biz|xyz|top|ru)"
                   r"(?:/[^\s<>()\"'\]]*)?", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|:)"
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
_DATES = (re.compile(rf"\b{_WEEKDAY},?\s+(?:the\s+)?{_MONTH}\.?\s+{_DAY}{_YEAR}\b", re.IGNORECASE),
          re.compile(rf"\b{_WEEKDAY},?\s+(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}\b{_YEAR}", re.IGNORECASE))
_LOGISTICS = re.compile(
    r"\b(?:meet|meeting|call|calendar|invit\w*|schedul\w*|book\w*|slot|time|times|available|availability|when|morning|afternoon|evening|"
    r"today|tomorrow|week|half hour|minutes|zoom|teams|link|mon|tue|wed|thu|fri|sat|sun|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|"
    r"termin|uhr|rendez-vous|heure|reuni[oó]n|hora|cita)\b", re.IGNORECASE)
SETTLES_A_MEETING = frozenset({"accept_offer", "request_times", "propose_time", "reschedule"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Final:
    """The text as it would leave, the times that may stand in it, our own words (links come from there), and what the lead wants.

    `labels` are the exact words of those times: they are right as they stand, however a reader would read them. `only_logistics`
    says that the lead wants to settle a meeting and asks for nothing else.
    """

    body: str
    times: tuple[datetime, ...]
    our_words: str
    zone: str
    now: datetime
    only_logistics: bool = False
    labels: tuple[str, ...] = ()


def violations(final: Final) -> tuple[str, ...]:
    """The codes of the invariants that do not hold (`policy.INVARIANTS` has their sentences)."""
    tests = {"empty_draft": not final.body.strip(), "slot_mismatch": _names_other_time(final), "date_mismatch": _has_wrong_date(final),
             "fabricated_link": _has_foreign_link(final),
             "non_logistics_reply": final.only_logistics and not _LOGISTICS.search(final.body)}
    return tuple(code for code, broken in tests.items() if broken)


def wants_only_logistics(extraction: dict) -> bool:
    """Whether a lead wants to settle a meeting and nothing else, by the extraction of FACTS section 9.1."""
    asks_more = extraction.get("needs_pricing_answer") or extraction.get("needs_community_details")
    return bool(extraction.get("is_scheduling_related")) and extraction.get("intent") in SETTLES_A_MEETING and not asks_more


def _names_other_time(final: Final) -> bool:
    """Whether an hour is named, with a day or without, that is none of the times we may offer."""
    rest = final.body
    for label in sorted(final.labels, key=len, reverse=True):
        rest = rest.replace(label, " ")
    named = [moment for moment in moments(rest, final.now, final.zone) if moment.timed and not moment.refused]
    return any(not any(_is_same(moment, free) for free in final.times) for moment in named)


def _is_same(moment: Moment, free: datetime) -> bool:
    apart = abs(moment.start - free)
    # "At ten?" without a day means one of the days that were offered.
    return apart <= SAME or not moment.dated and min(apart % ONE_DAY, -apart % ONE_DAY) <= SAME


def _has_wrong_date(final: Final) -> bool:
    today = final.now.date()
    return any(_is_wrong(found.groupdict(), today) for pattern in _DATES for found in pattern.finditer(final.body))


def _is_wrong(named: dict[str, str | None], today: date) -> bool:
    """A weekday with a date: wrong when no such day, another weekday, or past. Without a year the coming one is meant."""
    month, day = _MONTHS.index(str(named["month"])[:3].lower()) + 1, int(str(named["day"]))
    years = (int(named["year"]),) if named["year"] else (today.year, today.year + 1)
    meant = [found for year in years if (found := _date(year, month, day)) and found >= today - timedelta(days=1)]
    return not meant or meant[0].weekday() != _DAYS.index(str(named["weekday"])[:3].lower())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _has_foreign_link(final: Final) -> bool:
    ours = [_bare(link) for link in _links(final.our_words)]
    return any(_bare(link) not in ours for link in _links(final.body))


def _links(text: str) -> Sequence[str]:
    return _LINK.findall(_MAIL.sub(" ", text))


def _bare(link: str) -> str:
    """A link without scheme, www and the punctuation of its sentence."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link.lower()).rstrip(".,;:!?/")
