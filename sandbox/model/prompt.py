"""What did the product ask the model, and which part of it is only the lead's text?"""

import re
from dataclasses import dataclass, field
from typing import Any

_OPEN = re.compile(r"^[ \t]*<lead_message>", re.M)
_CLOSE = re.compile(r"</lead_message>[ \t]*$", re.M)
_FIELD = re.compile(r"^[ \t]*([A-Za-z][\w -]{1,40}?)[ \t]*:(?!//)[ \t]*(.*)$")
_ITEM = re.compile(r"^[ \t]*(?:[-*\u2022]|\d{1,2}[.)])[ \t]+(.+)$")
_INBOUND = re.compile(r"^\s*(?:\[[^\]]*\]\s*)?(?:lead|inbound|prospect|them)\b[^:\n]{0,40}:\s*(.+)$", re.I | re.M)
_SAID = re.compile(r"^\s*\[[^\]]*\]\s*(?:lead|us)\b")
_DRAFT = re.compile(r"^[ \t]*<(draft|draft_reply|final_draft)>[ \t]*\n?(.*?)\n?[ \t]*</\1>", re.M | re.S)
# Without markers a draft runs to the next field in small letters, or to the conversation.
_DRAFT_LINES = re.compile(r"^(draft|draft_reply|final_draft)[ \t]*:[ \t]*(.*?)(?=^[a-z][a-z_ ]{1,40}:|^Conversation:|\Z)", re.M | re.S)


@dataclass(frozen=True)
class Prompt:
    """The fields found outside the markers, and the newest text of the lead found inside them.

    `values` are the lines `name: value` (names in small letters with underscores) and `items` the lists under them.
    """

    lead_text: str
    ours: str = ""
    draft: str = ""
    values: dict[str, str] = field(default_factory=dict)
    items: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def value(self, *names: str) -> str:
        """Return the first of these fields that says something."""
        return next((self.values[name] for name in names if self.values.get(name)), "")

    def listed(self, *names: str) -> tuple[str, ...]:
        """Return the list of the first of these fields that has one; a text with `;` or `|` between parts is a list too."""
        for name in names:
            if self.items.get(name):
                return self.items[name]
            if self.values.get(name):
                return tuple(part.strip() for part in re.split(r"[;|]", self.values[name]) if part.strip())
        return ()


def read_prompt(body: dict[str, Any]) -> Prompt:
    """Read a Responses request. Lines inside the markers are never read as fields, and of two fields the first counts."""
    text = _text(body.get("input"))
    outside = _outside(text)
    drafts = _DRAFT.findall(outside) or _DRAFT_LINES.findall(outside)
    values, items = _fields(_DRAFT_LINES.sub("", _DRAFT.sub("", outside)))
    instructed, _ = _fields(_text(body.get("instructions")))
    draft = drafts[0][1] if drafts else ""
    return Prompt(lead_text=_lead_text(text), ours=outside, draft=draft.strip(), values=instructed | values, items=items)


def own_facts(prompt: Prompt) -> str:
    """What the product says itself: everything outside the markers but the conversation and the draft."""
    kept = (line for line in _DRAFT.sub("", prompt.ours).splitlines() if not _SAID.match(line))
    return "\n".join(kept).replace(prompt.draft or "\0", "")


def _fields(text: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    values: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        item, found = _ITEM.match(line), _FIELD.match(line)
        if item and name:
            items.setdefault(name, []).append(item[1].strip())
        elif found and not _SAID.match(line):
            name = re.sub(r"[\s-]+", "_", found[1].strip().lower())
            values.setdefault(name, found[2].strip())
    return values, {key: tuple(found) for key, found in items.items()}


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
