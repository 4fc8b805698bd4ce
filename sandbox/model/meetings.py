"""What does a lead say about a time to meet, by plain rules?"""

import re
from typing import Any

from sandbox.model.intent import Reading, own_words
from sandbox.model.lead_facts import hour_in, part_of_day_in, weekday_in, zone_in
from sandbox.model.prompt import Prompt

_OFFERED = ("offered_times", "times_offered", "offered", "offered_slots", "times_offered_before", "slots")
_ORDINALS = (("first", "1st", "option 1", "option a"), ("second", "2nd", "option 2", "option b"), ("third", "3rd", "option 3", "option c"))
_ACCEPTS = re.compile(r"\b(?:works|suits|perfect|great|good|fine|confirmed|see you|let'?s do|sounds good|yes|okay|ok|passt"
                      r"|parfait|perfecto|va bene|prima)\b", re.I)
_MOVES = re.compile(r"\b(?:reschedul\w+|move (?:it|our|the)|push (?:it|our|the)|another time|different time|can'?t make it"
                    r"|verschieben|reporter|spostare)\b", re.I)
_ASKS = re.compile(r"\b(?:when (?:are you|can|could|would)|what times?|which times?|send (?:me )?(?:some|a few|your) (?:times"
                   r"|slots|availability)|your (?:calendar|availability))\b", re.I)
_RELATIVE = (("later_this_week", r"later this week"), ("next_week", r"next week"), ("this_week", r"this week"), ("tomorrow", r"tomorrow"),
             ("today", r"\btoday\b"), ("after_date", r"\bafter (?:the )?\d|\bafter (?:january|february|march|april|may|june|july|august"
              r"|september|october|november|december)"))
_PRICE = re.compile(r"\b(?:pric\w+|cost\w*|fees?|how much|budget|rates?)\b", re.I)
_COMMUNITY = re.compile(r"\b(?:community|members?|membership|network)\b", re.I)


def extraction(prompt: Prompt, reading: Reading) -> dict[str, Any]:
    """Return the fields of a meeting extraction for the lead's newest words."""
    own = own_words(prompt.lead_text)
    offered = prompt.listed(*_OFFERED)
    day, part, hour = weekday_in(own), part_of_day_in(own), hour_in(own)
    index = _accepted(own, offered)
    intent = _intent(own, reading, bool(offered), index, bool(day or hour is not None))
    relative = next((name for name, pattern in _RELATIVE if re.search(pattern, own, re.I)), "")
    accepts = intent == "accept_offer"
    specific = "specific" if index or hour is not None else "day_only" if day else "generic"
    books = intent in ("accept_offer", "propose_time")
    vague = intent == "propose_time" and hour is None
    return {
        "is_scheduling_related": intent not in ("other", "decline"), "intent_to_book": books, "intent": intent,
        "acceptance_specificity": specific if accepts else "none", "accepted_slot_index": index, "preferred_day_of_week": day or None,
        "preferred_time_of_day": part or None, "relative_preference": relative or None,
        "relative_preference_detail": relative.replace("_", " ") or None, "qualification_status": "unknown",
        "qualification_confidence": 0.5, "qualification_evidence": [], "detected_timezone": zone_in(own) or None,
        "time_from_body_only": bool(day or hour is not None or relative), "needs_clarification": vague,
        "clarification_reason": "They name no hour." if vague else "", "needs_pricing_answer": bool(_PRICE.search(own)),
        "needs_community_details": bool(_COMMUNITY.search(own)), "confidence": 0.92 if books and not vague else 0.7,
        "evidence": _evidence(own)}


def _intent(own: str, reading: Reading, has_offer: bool, index: int | None, names_time: bool) -> str:
    if reading.intent in ("refusal", "opt_out", "threat"):
        return "decline"
    if reading.intent in ("away", "automatic"):
        return "other"
    if _MOVES.search(own):
        return "reschedule"
    if index or has_offer and _ACCEPTS.search(own) and "?" not in own:
        return "accept_offer"
    if names_time and reading.intent in ("meeting", "interest", "call", "information"):
        return "propose_time"
    return "request_times" if _ASKS.search(own) or reading.intent == "meeting" else "other"


def _accepted(own: str, offered: tuple[str, ...]) -> int | None:
    """The place (from 1) of the one offered time a text names, by its number or by day and hour; None when it is not plain."""
    low = own.lower()
    by_number = next((place for place, words in enumerate(_ORDINALS, 1) if any(word in low for word in words)), None)
    if by_number and by_number <= len(offered):
        return by_number
    day, hour = weekday_in(own), hour_in(own)
    if not day and hour is None:
        return None
    fits = [place for place, label in enumerate(offered, 1)
            if (not day or day in label.lower()) and (hour is None or hour_in(label) == hour)]
    return fits[0] if len(fits) == 1 and (day or hour is not None) else None


def _evidence(own: str) -> list[str]:
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n", own) if part.strip()]
    named = [part for part in sentences if weekday_in(part) or hour_in(part) is not None]
    return (named or sentences)[:2]
