"""What does a reviewer read in Slack? A draft with what it answers, why it was held, how it stands, and buttons. Pure."""

import json
import re
from typing import Any
from urllib.parse import urlencode

from zrg_app.integrations.slack import escaped
from zrg_app.integrations.slack_inbound import APPROVE, REGENERATE, SNOOZE, SNOOZE_TOMORROW
from zrg_app.kit.digest import stable_key
from zrg_app.services.autosend.slack_case import Case
from zrg_app.services.autosend.slack_standing import Standing

PREVIEW = 1_400
# Slack's own limit of a section is 3,000; what is escaped takes more room than what is read.
_ROOM = 2_700
_LINE = 160
_REASON = 400
_CHANNELS = {"email": "e-mail", "sms": "text message", "linkedin": "LinkedIn message"}
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

Block = dict[str, Any]


def message(case: Case, how: Standing, *, note: str = "", address: str) -> tuple[str, list[Block]]:
    """The words of the notification, and the blocks of the message; `note` is for this reader alone, `address` is ours."""
    lead = line(case.lead) or "Unknown"
    text = f"Review a draft for {lead}" if how.asks else f"Draft for {lead}: {how.sentence}"
    company = f", {line(case.company)}" if case.company else ""
    blocks = [
        _section(f"*{'Review a draft' if how.asks else 'A draft'} for {lead}*{company}"),
        _fields(f"*Campaign*\n{line(case.campaign) or 'none'}", f"*Confidence*\n{confidence(case)}",
                f"*Channel*\n{_CHANNELS.get(case.channel, line(case.channel))}")]
    if case.reason:
        blocks.append(_section(f"*Why it was held*\n{escaped(_cut(' '.join(_HIDDEN.sub('', case.reason).split()), _REASON))}"))
    blocks += [_section(f"*They wrote*\n{preview(case.inbound)}"), _section(f"*The draft*\n{preview(case.body)}"),
               _section(f"*Where it stands*\n{how.sentence}")]
    if note:
        blocks.append({"type": "context", "elements": [_text(note)]})
    return text, [*blocks, {"type": "actions", "block_id": f"review_{case.draft_id}", "elements": _buttons(case, how, address)}]


def taken_back() -> tuple[str, list[Block]]:
    """What is left of a message to somebody who reviews here no more."""
    words = "This draft is no longer yours to review."
    return words, [_section(words)]


def preview(words: str) -> str:
    """The first PREVIEW characters as a quotation that creates no mention and no link, however it was written."""
    plain = re.sub(r"\n{3,}", "\n\n", _HIDDEN.sub("", words.replace("\r\n", "\n")).replace("\u2028", "\n").replace("\u2029", "\n"))
    shown = _cut(plain.strip(), PREVIEW)
    while len(quoted := "\n".join(f">{escaped(row)}" for row in shown.split("\n"))) > _ROOM:
        shown = _cut(shown, len(shown) * _ROOM // len(quoted) - 1)
    return quoted if shown else ">(empty)"


def mark(words: str) -> str:
    """A short mark of a text, so that a press says which words it was about: the judge may change them within a generation."""
    return stable_key(words)[:12]


def line(words: str) -> str:
    """A name or title on one line, escaped and short."""
    return escaped(_cut(" ".join(_HIDDEN.sub("", words).split()), _LINE)).replace("*", "")


def confidence(case: Case) -> str:
    """How sure the judge was, against what was asked for."""
    if case.confidence is None:
        return "not judged"
    needed = "" if case.threshold is None else f", {case.threshold:.0%} needed"
    return f"{case.confidence:.0%}{needed}"


def _buttons(case: Case, how: Standing, address: str) -> list[Block]:
    query = urlencode({"view": "inbox", "clientId": case.workspace_id, "leadId": case.lead_id, "draftId": case.draft_id})
    link = _button("view_dashboard", "Edit in dashboard" if how.asks else "Open in dashboard") | {"url": f"{address}/?{query}"}
    if not how.asks:
        return [link]
    value = json.dumps({"workspace": str(case.workspace_id), "draft": str(case.draft_id), "lead": str(case.lead_id),
                        "generation": case.generation, "seen": mark(case.body)})
    answers = [_button(action, words) | {"value": value} for action, words in (
        (APPROVE, "Approve & Send"), (REGENERATE, "Regenerate"), (SNOOZE, "Snooze 3 hours"), (SNOOZE_TOMORROW, "Snooze to 9:00 tomorrow"))]
    answers[0]["style"] = "primary"
    return [answers[0], link, *answers[1:]]


def _button(action: str, words: str) -> Block:
    return {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": words, "emoji": True}}


def _section(words: str) -> Block:
    return {"type": "section", "text": _text(words)}


def _fields(*words: str) -> Block:
    return {"type": "section", "fields": [_text(each) for each in words]}


def _text(words: str) -> Block:
    # Verbatim: what looks like an address or a channel in a lead's words stays words.
    return {"type": "mrkdwn", "text": words, "verbatim": True}


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[:most - 1].rstrip() + "…"
