"""What may be remembered of a lead without asking a person, and in which words? (FACTS section 9.6) Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import phonenumbers

from zrg_app.models.ai_vocabulary import MemoryStatus

CATEGORIES: dict[str, str] = {
    "timezone_preference": "Time zone", "scheduling_preference": "When they like to meet",
    "communication_preference": "How they like to be written to", "availability_pattern": "When they are free",
    "objection": "Objection", "not_before": "Not before"}
"""What is usually remembered, and its word for people; a model may name others."""

LONGEST_CATEGORY, LONGEST_CONTENT = 64, 500
LEAST_CONFIDENCE, LEAST_DAYS, MOST_DAYS = 0.7, 1, 90
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>()\[\]{},;:\"']{1,64}@[^\s@<>()\[\]{},;:\"']{1,190}\.[^\s@<>()\[\]{},;:\"'.]{2,24}")
_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMBER = re.compile(r"(?<![\w.,$€£-])(?:\+|00)?\(?\d[\d\s().\-/]{6,18}\d(?![\w%])")
_TIMES = re.compile(r"\d{1,2}[:.]\d{2}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Governed:
    """A proposal as it is written down: scrubbed, bounded, and whether it waits for a person."""

    category: str
    content: str
    confidence: float
    days: int
    status: MemoryStatus
    not_before: date | None = None


def governed(proposal: Mapping[str, object], auto_approve: Iterable[str]) -> Governed | None:
    """What becomes of one proposal of a model, whose values may be anything; None when there is nothing to remember."""
    category = re.sub(r"[^a-z0-9]+", "_", str(proposal.get("category") or "").lower()).strip("_")[:LONGEST_CATEGORY]
    said = " ".join(str(proposal.get("content") or "")[:4 * LONGEST_CONTENT].split())
    content = scrubbed(said)[:LONGEST_CONTENT].strip()
    if not category or not content:
        return None
    confidence, days = _share(proposal.get("confidence")), _whole(proposal.get("days"))
    trusted = category in set(auto_approve) and confidence >= LEAST_CONFIDENCE and days >= LEAST_DAYS
    return Governed(category=category, content=content, confidence=confidence, days=min(MOST_DAYS, max(LEAST_DAYS, days)),
                    status=MemoryStatus.APPROVED if trusted else MemoryStatus.PENDING,
                    not_before=first_day(content) if category == "not_before" else None)


def scrubbed(text: str) -> str:
    """`text` without e-mail addresses and phone numbers; links, days and times stay."""
    kept: list[str] = []
    at = 0
    for link in _LINK.finditer(text):
        kept += [_without_numbers(_ADDRESS.sub("[e-mail]", text[at:link.start()])), link[0]]
        at = link.end()
    return "".join([*kept, _without_numbers(_ADDRESS.sub("[e-mail]", text[at:]))])


def first_day(text: str) -> date | None:
    """The first day in `text` written as 2027-03-01; None when there is none."""
    for found in _DAY.finditer(text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            continue
    return None


def same(one: str, other: str) -> bool:
    """Whether two memories say the same, but for case and punctuation."""
    return _bare(one) == _bare(other)


def _without_numbers(text: str) -> str:
    for found in reversed(list(phonenumbers.PhoneNumberMatcher(text, "US", leniency=phonenumbers.Leniency.VALID))):
        if not _TIMES.search(found.raw_string):
            text = f"{text[:found.start]}[phone]{text[found.end:]}"
    return _NUMBER.sub(lambda found: found[0] if _is_no_phone(found[0]) else "[phone]", text)


def _is_no_phone(text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    return bool(_TIMES.search(text)) or not 7 <= digits <= 15


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _share(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == value  # NaN is no number
    return min(1.0, max(0.0, float(value))) if is_number else 0.0


def _whole(value: object) -> int:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
    return int(value) if is_number else 0
