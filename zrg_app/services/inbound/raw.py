"""What came in, for a person to read? The body as it came, with what opens doors masked. Pure."""

import json
import re

LONGEST = 60_000
MASK = "••••••"
_SECRET_NAME = re.compile(r"secret|token|password|passwd|api[-_ ]?key|apikey|authori[sz]ation|signature|credential|cookie", re.IGNORECASE)
# Begins with the telling word and is bounded, so that a long text of one word costs no more than its length.
_SECRET_IN_TEXT = re.compile(
    r"""((?:secret|token|password|api[-_]?key|authorization|signature)[\w-]{0,30}["']?\s{0,3}[:=]\s{0,3})"""
    r"""("[^"]*"|'[^']*'|[^\s&,;}]+)""", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"\b(?:Bearer\s+[\w.~+/=-]{8,}|(?:xox[abprs]-|sk-|pit-|whsec_)[\w-]{8,})")


def readable(body: bytes) -> tuple[str, str]:
    """The body as indented JSON or plain text, secrets masked, and a note when it was cut or is no JSON."""
    text = body.decode("utf-8", errors="replace")
    try:
        shown, note = json.dumps(masked(json.loads(text)), indent=2, ensure_ascii=False), ""
    except (ValueError, RecursionError):
        shown, note = _SECRET_IN_TEXT.sub(lambda found: found[1] + MASK, text), "This is no JSON; it is shown as it came."
    shown = _SECRET_VALUE.sub(MASK, shown)
    if len(shown) > LONGEST:
        shown, note = shown[:LONGEST], f"{note} Only the first {LONGEST:,} characters are shown.".strip()
    return shown, note


def masked(value: object) -> object:
    """`value` with every value under a secret's name replaced, in texts too."""
    if isinstance(value, str):
        return _SECRET_IN_TEXT.sub(lambda found: found[1] + MASK, value)
    if isinstance(value, dict):
        return {name: MASK if _SECRET_NAME.search(str(name)) and isinstance(child, str | int | float) and child not in ("", None)
                and not isinstance(child, bool) else masked(child) for name, child in value.items()}
    return [masked(child) for child in value] if isinstance(value, list) else value
