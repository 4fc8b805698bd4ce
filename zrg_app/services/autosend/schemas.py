"""In which shape does each judging model answer? Strict JSON schemas, every property required (FACTS sections 8.2, 8.4, 9)."""

from typing import Any

_YES_NO, _TEXT, _SHARE = {"type": "boolean"}, {"type": "string"}, {"type": "number"}
INTENTS = ("accept_offer", "request_times", "propose_time", "reschedule", "decline", "other")
SPECIFICITIES = ("specific", "day_only", "generic", "none")
DAYS = ("", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS_OF_DAY = ("", "morning", "afternoon", "evening")
RELATIVE = ("", "later_this_week", "next_week", "this_week", "tomorrow", "today", "after_date", "other")
QUALIFIED = ("qualified", "unqualified", "unknown")


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


def _one_of(*words: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(words)}


def _texts() -> dict[str, Any]:
    return {"type": "array", "items": _TEXT}


EXTRACTION = _object({
    "is_scheduling_related": _YES_NO, "intent_to_book": _YES_NO, "intent": _one_of(*INTENTS),
    "acceptance_specificity": _one_of(*SPECIFICITIES), "accepted_slot_index": {"type": ["integer", "null"]},
    "time_from_body_only": _YES_NO, "preferred_day_of_week": _one_of(*DAYS), "preferred_time_of_day": _one_of(*PARTS_OF_DAY),
    "relative_preference": _one_of(*RELATIVE), "relative_preference_detail": _TEXT, "needs_clarification": _YES_NO,
    "clarification_reason": _TEXT, "needs_pricing_answer": _YES_NO, "needs_community_details": _YES_NO,
    "qualification_status": _one_of(*QUALIFIED), "qualification_confidence": _SHARE, "qualification_evidence": _TEXT,
    "detected_timezone": _TEXT, "confidence": _SHARE, "evidence": _texts()})
GATE = _object({"decision": _one_of("approve", "revise"), "final_draft": _TEXT, "confidence": _SHARE, "issues": _texts(),
                "rationale": _TEXT})
EVALUATION = _object({"safe_to_send": _YES_NO, "requires_human_review": _YES_NO, "confidence": _SHARE, "reason": _TEXT})
REVISION = _object({"body": _TEXT, "reason": _TEXT})
