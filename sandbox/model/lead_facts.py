"""Which facts stand in a lead's own words: numbers, links, days, zones, wishes?"""

import re
from datetime import date, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_NUMBER = r"(\+?\(?\d[\d\s().-]{6,16}\d)"
_MOBILE = re.compile(r"\b(?:mobile|cell(?:phone)?|mob|handy|mobil|m|c)(?:\s*(?:number|phone|is|no\.?))*\s*[:.]?\s*" + _NUMBER, re.I)
_DIRECT = re.compile(r"\b(?:direct|office|desk|tel(?:ephone)?|phone|landline|t|d|o)(?:\s*(?:line|number|is"
                     r"|no\.?))*\s*[:.]?\s*" + _NUMBER, re.I)
_LINK = re.compile(r"https?://(?:www\.)?(?:calendly\.com|cal\.com|savvycal\.com|meetings\.[\w.-]*hubspot\.com|app\.chilipiper\.com"
                   r"|tidycal\.com|calendar\.app\.google|koalendar\.com)/[^\s<>\"')]+", re.I)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_MONTH_DAY = re.compile(r"\b(?:(\d{1,2})(?:st|nd|rd|th)?(?: of)? )?(" + "|".join(_MONTHS) + r")(?: (\d{1,2}))?\b", re.I)
_ZONES = {"pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pacific": "America/Los_Angeles", "mst": "America/Denver",
          "mountain time": "America/Denver", "cst": "America/Chicago", "central time": "America/Chicago", "est": "America/New_York",
          "edt": "America/New_York", "eastern": "America/New_York", "gmt": "Europe/London", "bst": "Europe/London",
          "uk time": "Europe/London", "cet": "Europe/Berlin", "cest": "Europe/Berlin", "berlin": "Europe/Berlin",
          "paris": "Europe/Paris", "madrid": "Europe/Madrid", "london": "Europe/London", "sydney": "Australia/Sydney",
          "new york": "America/New_York", "singapore": "Asia/Singapore"}
_ZONE = re.compile(r"\b(" + "|".join(sorted(_ZONES, key=len, reverse=True)) + r")\b(?=\s*(?:time)?\b)", re.I)
_MEMORIES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("scheduling_preference", 60, re.compile(r"[^.\n]*\b(?:not before|nothing before|only after|never on"
                                             r"|only (?:in the )?(?:mornings?|afternoons?)"
                                             r"|(?:mornings?|afternoons?) (?:are|work) (?:best|better)|(?:prefer"
                                             r"|rather have) (?:mornings?|afternoons?))\b[^.\n]*", re.I)),
    ("communication_preference", 90, re.compile(r"[^.\n]*\b(?:prefer (?:e-?mail|text|sms|whatsapp|linkedin|phone|calls?)"
                                                r"|(?:e-?mail|text|whatsapp|call) (?:me )?instead"
                                                r"|(?:e-?mail|text|phone) is (?:best|better|easier)|no (?:calls"
                                                r"|phone calls))\b[^.\n]*", re.I)),
    ("availability_pattern", 30, re.compile(r"[^.\n]*\b(?:travell?ing|out) (?:until|till|from|between)\b[^.\n]*", re.I)),
)


def phones_in(text: str) -> tuple[str, str]:
    """Return the mobile and the direct number a text names, empty where it names none."""
    mobile, direct = _MOBILE.search(text), _DIRECT.search(text)
    return (mobile[1].strip() if mobile else "", direct[1].strip() if direct else "")


def scheduling_link_in(text: str) -> str:
    """Return the address of a booking page a text names, or an empty text."""
    found = _LINK.search(text)
    return found[0].rstrip(".,;") if found else ""


def return_date_in(text: str, today: date) -> str:
    """Return the next day (ISO) a text names by date, or an empty text."""
    iso = _ISO.search(text)
    if iso:
        return iso[0]
    for before, month, after in _MONTH_DAY.findall(text):
        if before or after:
            return _next(_MONTHS.index(month.lower()) + 1, int(after or before), today)
    return ""


def zone_in(text: str) -> str:
    """Return the IANA zone a text names, or an empty text."""
    found = _ZONE.search(text)
    return _ZONES[found[1].lower()] if found else ""


def weekday_in(text: str) -> str:
    """Return the first weekday a text names, as mon to sun, or an empty text."""
    low = text.lower()
    found = sorted((low.find(day), day[:3]) for day in DAYS if day in low)
    return found[0][1] if found else ""


def part_of_day_in(text: str) -> str:
    """Return morning, afternoon or evening when a text names one or an hour of it."""
    low = text.lower()
    for part in ("morning", "afternoon", "evening"):
        if part in low:
            return part
    hour = hour_in(low)
    if hour is None:
        return ""
    return "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"


def hour_in(text: str) -> int | None:
    """Return the hour of day (0 to 23) a text names, or None."""
    found = re.search(r"\b(\d{1,2})(?::\d\d)?\s*([ap])\.?m\b", text, re.I)
    if found:
        return int(found[1]) % 12 + (12 if found[2].lower() == "p" else 0)
    found = re.search(r"\b([01]?\d|2[0-3]):[0-5]\d\b", text) or re.search(r"\bat ([1-9]|1[0-2])\b(?![:\d])", text)
    if not found:
        return None
    hour = int(found[1])
    return hour + 12 if ":" not in found[0] and hour < 8 else hour


def memories_in(text: str) -> list[dict[str, object]]:
    """Return what is worth keeping of a lead's words: the fields of a memory proposal each."""
    found = [{"category": category, "content": match[0].strip()[:300], "confidence": 0.85, "days": days}
             for category, days, pattern in _MEMORIES for match in [pattern.search(text)] if match]
    if zone_in(text):
        found.append({"category": "timezone_preference", "content": f"Is in {zone_in(text)}.", "confidence": 0.85, "days": 90})
    return found


def _next(month: int, day: int, today: date) -> str:
    try:
        found = date(today.year, month, day)
        return (found if found >= today - timedelta(days=7) else date(today.year + 1, month, day)).isoformat()
    except ValueError:
        return ""
