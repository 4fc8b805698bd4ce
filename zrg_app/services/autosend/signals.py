"""Does a reply ask for something that a message cannot give: a phone call, or a booking in the lead's own calendar? Pure."""

import re

_CALL = re.compile(
    r"\b(?:call me|give me a (?:call|ring|buzz)|ring me|phone me|(?:best|easier|quicker) to (?:call|phone)|call my (?:cell|mobile|office)|"
    r"(?:can|could|would) you (?:please )?(?:call|phone|ring)(?: me)?|"
    r"reach me (?:at|on) (?:my )?(?:cell|mobile|phone|\+?\d)|ruf(?:en sie)? mich(?: bitte)? an|appelez[- ]moi|ll[aá]mame|ll[aá]meme)\b",
    re.IGNORECASE)
_CALENDAR = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(?:calendly\.com|cal\.com|savvycal\.com|chilipiper\.com|tidycal\.com|youcanbook\.me|"
    r"acuityscheduling\.com|zcal\.co|calendar\.app\.google|oncehub\.com|meetings(?:-[a-z0-9]+)?\.hubspot\.com|"
    r"calendar\.google\.com/calendar/appointments|outlook\.office(?:365)?\.com/(?:owa/calendar|book)|doodle\.com)/?[^\s<>()\"']*",
    re.IGNORECASE)
_NOT_A_CALL = re.compile(r"\b(?:don'?t|do not|never|no need to|stop) (?:ever )?(?:call|phone|ring)", re.IGNORECASE)


def wants_call(text: str) -> bool:
    """Whether the reply asks to be phoned."""
    plain = text.replace("\u2019", "'")
    return bool(_CALL.search(plain)) and not _NOT_A_CALL.search(plain)


def own_calendar(text: str) -> bool:
    """Whether the reply holds a link to book a time with the lead."""
    return bool(_CALENDAR.search(text))
