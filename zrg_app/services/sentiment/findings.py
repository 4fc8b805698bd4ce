"""What does the analysis of a reply find besides its label, and what of it may be believed? Pure.

A model reads a stranger's text, so what it says it found counts only when it stands in that text.
"""

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from zrg_app.models.vocabulary import Sentiment
from zrg_app.services import reading

LONGEST_ABSENCE = timedelta(days=180)
_LINK = 300
_DIGITS = re.compile(r"\D")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d{1,5})?")
_FEWEST_DIGITS = 7
_AWAY = (Sentiment.OUT_OF_OFFICE, Sentiment.AUTOMATED_REPLY)


def believed(data: dict[str, Any], text: str, sentiment: Sentiment, today: date) -> dict[str, Any]:
    """The analysis with everything taken out that the text does not bear; a value that is missing is an empty text."""
    mobile, direct = (phone_in(str(data.get(name) or ""), text) for name in ("mobile_phone", "direct_phone"))
    return {
        "cleaned_reply": _cleaned(str(data.get("cleaned_reply") or ""), text), "is_newsletter": data.get("is_newsletter") is True,
        "mobile_phone": mobile, "direct_phone": direct if direct != mobile else "",
        "scheduling_link": link_in(str(data.get("scheduling_link") or ""), text),
        "return_date": returns(str(data.get("return_date") or ""), today) if sentiment in _AWAY else ""}


def phone_in(told: str, text: str) -> str:
    """The number as told when its digits stand in the text in this order with nothing but phone marks between; else empty."""
    digits = _DIGITS.sub("", told)
    if len(digits) < _FEWEST_DIGITS or len(told) > 40:
        return ""
    return told.strip() if re.search(r"(?<!\d)" + r"[\s().+/\-\u2010-\u2015]*".join(digits) + r"(?!\d)", text) else ""


def link_in(told: str, text: str) -> str:
    """The address of a booking page as it stands in the text; empty for any other address, and for one that hides its host."""
    link = told.strip().rstrip(".,;)")
    if not link or len(link) > _LINK or re.search(r"[\s<>\"'\\]", link) or link not in text:
        return ""
    try:
        parts = urlsplit(link if "//" in link else f"https://{link}")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc.lower()):
        return ""
    return parts.geturl()


def returns(told: str, today: date) -> str:
    """The day (ISO) somebody is back when it is one of the coming half year; else empty."""
    try:
        day = date.fromisoformat(told.strip())
    except ValueError:
        return ""
    return day.isoformat() if today < day <= today + LONGEST_ABSENCE else ""


def _cleaned(told: str, text: str) -> str:
    """What the model says they newly wrote, when all of it stands in the text in one piece; else what our own reader finds."""
    if told.strip() and " ".join(told.split()) in " ".join(text.split()):
        return told.strip()
    return reading.extract_reply(text)
