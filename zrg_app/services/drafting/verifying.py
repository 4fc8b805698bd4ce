"""Is what a verifier made of a draft still that draft? Pure (FACTS section 10.4)."""

from typing import Any

LONGEST = 6_000
SHARE, LEAST_CHANGE, MOST_CHANGE = 0.45, 250, 900
LINE_SHARE, LEAST_LINES = 0.5, 3
MOST_LISTED = 30

_TEXTS = {"type": "array", "items": {"type": "string"}}
SCHEMA: dict[str, Any] = {
    "type": "object", "additionalProperties": False, "required": ["final_draft", "changed", "violations", "changes"],
    "properties": {"final_draft": {"type": "string"}, "changed": {"type": "boolean"}, "violations": _TEXTS, "changes": _TEXTS}}


def reason_to_drop(before: str, after: str, *, changed: bool) -> str:
    """Why a verified text is not taken, in words; empty when it is. Exactly at a limit is accepted."""
    before, after = before.strip(), after.strip()
    if not after:
        return "It came back empty."
    if len(after) > LONGEST:
        return f"It came back with {len(after)} characters."
    if changed != (before != after):
        return "It says it changed something and did not." if changed else "It changed the text without saying so."
    by = abs(len(after) - len(before))
    if by > MOST_CHANGE or (by > SHARE * len(before) and by > LEAST_CHANGE):
        return f"It changed the length by {by} characters."
    lines = before.count("\n") + 1
    by_lines = abs(after.count("\n") + 1 - lines)
    if by_lines > LINE_SHARE * lines and by_lines >= LEAST_LINES:
        return f"It changed the number of lines by {by_lines}."
    return ""


def listed(found: Any) -> list[str]:
    """What a verifier lists, as short lines."""
    return [" ".join(str(one).replace("\x00", "").split())[:300] for one in (found if isinstance(found, list) else ())][:MOST_LISTED]
