"""What did the product ask the model, and which part of it is only the lead's text?"""

import re
from dataclasses import dataclass
from typing import Any

_OPEN = re.compile(r"^[ \t]*<lead_message>", re.M)
_CLOSE = re.compile(r"</lead_message>[ \t]*$", re.M)
_FIELD = re.compile(r"^\s*(first_name|sender_name|instruction|channel)\s*:[ \t]*(.*)$", re.M)
_INBOUND = re.compile(r"^\s*(?:\[[^\]]*\]\s*)?(?:lead|inbound|prospect|them)\b[^:\n]{0,40}:\s*(.+)$", re.I | re.M)


@dataclass(frozen=True)
class Prompt:
    """The instruction fields found outside the markers, and the newest text of the lead found inside them."""

    first_name: str
    sender_name: str
    instruction: str
    channel: str
    lead_text: str


def read_prompt(body: dict[str, Any]) -> Prompt:
    """Read a Responses request. Lines inside the markers are never read as fields, and of two fields the first counts."""
    text = _text(body.get("input"))
    ours = f"{_text(body.get('instructions'))}\n{_outside(text)}"
    fields = {name: value.strip() for name, value in reversed(_FIELD.findall(ours))}
    return Prompt(
        first_name=fields.get("first_name", ""), sender_name=fields.get("sender_name", ""),
        instruction=fields.get("instruction", ""), channel=fields.get("channel", "").lower(),
        lead_text=_lead_text(text),
    )


def _text(value: Any) -> str:
    """Return all text of an `input`: a string, or items whose content is a string or text parts."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return _text(value.get("content")) or _text(value.get("text"))
    return ""


def _outside(text: str) -> str:
    """Drop everything from the first opening marker to the last closing one: a lead may have typed markers too."""
    opened = _OPEN.search(text)
    if not opened:
        return text
    closed = list(_CLOSE.finditer(text, opened.end()))
    return text[: opened.start()] + "\n" + (text[closed[-1].end() :] if closed else "")


def _lead_text(text: str) -> str:
    opened = list(_OPEN.finditer(text))
    if opened:
        return _CLOSE.split(text[opened[-1].end() :])[0].strip()
    spoken = _INBOUND.findall(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return spoken[-1].strip() if spoken else lines[-1] if lines else ""
