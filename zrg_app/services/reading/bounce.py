"""Is this message a mail system's report that another message failed or is late, and for whom?"""

import re
from collections.abc import Mapping
from typing import Any

from zrg_app.services.reading.bounce_parts import failed_recipients, report_fields, report_type
from zrg_app.services.reading.bounce_words import (
    DELAYS,
    FAILURES,
    FINALS,
    OPENINGS,
    SENDER_LOCALS,
    SENDER_NAMES,
    SUBJECTS,
    SUCCESSES,
)
from zrg_app.services.reading.characters import MAX_FIELD, folded, visible
from zrg_app.services.reading.html_text import html_text
from zrg_app.services.reading.words import any_of, listed

_MAX_BODY = 16_000
_ANSWERED = re.compile(
    r"^\s*(?:re|aw|sv|vs|antw|odp|ynt|rif|res|fwd?|wg|tr|rv|enc|i|doorst|vb|pd)\s*(?:\[\d+\])?\s"
    r"*[:：]"
)
_TAGGED = re.compile(r"^\s*(?:\[[^\]]{1,40}\]\s*|\*{1,3}\s*)+")
_SUBJECT = re.compile(any_of(SUBJECTS))
_SUBJECT_NEAR_START = 25
_OPENING = re.compile(any_of(OPENINGS))
_FAILURE = re.compile(any_of(FAILURES))
_DELAY = re.compile(any_of(DELAYS))
_FINAL = re.compile(any_of(FINALS))
_SUCCESS = re.compile(r"^\W{0,3}" + any_of(SUCCESSES))
_CODE = re.compile(r"(?<![\d.])([45])\.\d{1,2}\.\d{1,3}(?![\d.])|(?<![\d.])([45])\d\d(?=[\s\-:])")
_NAMES = re.compile(any_of(SENDER_NAMES))
_LOCALS = frozenset(listed(SENDER_LOCALS))
_LOCAL = re.compile(r"([^\s<>\"@(),;:]+)@")
_PARTIAL_LOCALS = (
    "mailer-daemon",
    "microsoftexchange",
    "bounces+",
    "bounce+",
    "bounces-",
    "bounce-",
    "bounce=",
    "bounces=",
)


def detect_bounce(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return `is_bounce`, `kind` ("permanent", "temporary" or None) and `recipients` (lower-case addresses that
    failed).

    `message` holds any of `raw`, `headers`, `subject`, `from`, `text`, `html`; a webhook's thin message without
    raw text
    and headers is enough. Reports of success, read receipts, abuse reports and people who write about bounces are none.
    """
    raw = message.get("raw")
    raw = raw if isinstance(raw, str) else ""
    subject = folded(_field(message, "subject"), MAX_FIELD)
    sender = _field(message, "from")
    body = visible(message.get("text"), _MAX_BODY)
    if not body.strip():
        body = html_text(message.get("html")).text()[:_MAX_BODY] if message.get("html") else ""
    fields = report_fields(raw)
    if not _is_report(message, raw, fields, subject, sender, folded(body)):
        return {"is_bounce": False, "kind": None, "recipients": []}
    return {
        "is_bounce": True,
        "kind": _kind(fields, subject, folded(body)),
        "recipients": failed_recipients(raw, fields, body),
    }


def is_bounce_sender(address: str | None) -> bool:
    """Return whether an address or `From` value belongs to a mail system rather than to a person."""
    low = folded(address, MAX_FIELD)
    local = _LOCAL.search(low)
    name = low.split("<")[0] if "<" in low else low if "@" not in low else low.partition("(")[2]
    if local and (local[1] in _LOCALS or local[1].startswith(_PARTIAL_LOCALS) or "mailer-daemon" in local[1]):
        return True
    return name.strip(" \"'") in _LOCALS or _NAMES.search(name[:80]) is not None


def _is_report(
    message: Mapping[str, Any], raw: str, fields: dict[str, list[str]], subject: str, sender: str, low: str
) -> bool:
    kind = report_type(message.get("headers"), raw)
    if kind == "feedback-report" or _SUCCESS.match(subject):
        return False
    if kind == "disposition-notification":
        # Some servers refuse mail with a receipt instead of a delivery report; an ordinary receipt names no failure.
        return _subject_says_so(subject) and _FAILURE.search(low[:1500]) is not None
    actions = _actions(fields)
    if actions:
        return bool(actions & {"failed", "delayed"})
    answered = _ANSWERED.match(subject) is not None
    robot = is_bounce_sender(sender)
    if kind == "delivery-status" and not answered:
        return True
    if "x-failed-recipients" in fields:
        return True
    return _robot_says_so(subject, low, sender) if robot else _words_say_so(subject, low, answered)


def _robot_says_so(subject: str, low: str, sender: str) -> bool:
    if "mailer-daemon" in sender.lower() or "mail delivery" in sender.lower():
        return True
    return _subject_says_so(subject) or _FAILURE.search(low[:4000]) is not None


def _words_say_so(subject: str, low: str, answered: bool) -> bool:
    start = low.lstrip(" \n\t*#>-=").removeprefix("hello").lstrip(" ,.\n")
    opening = _OPENING.match(start)
    failing = _FAILURE.search(low[:1500]) is not None
    if opening and failing and _reads_like_a_machine(low):
        return True
    if answered:
        return False
    if _subject_says_so(subject):
        return failing or not low.strip() or _CODE.search(low[:4000]) is not None
    return False


def _reads_like_a_machine(low: str) -> bool:
    return (
        "@" in low
        or _CODE.search(low) is not None
        or "recipient" in low
        or "automatically" in low
        or "mail delivery" in low
    )


def _subject_says_so(subject: str) -> bool:
    match = _SUBJECT.search(_TAGGED.sub("", subject))
    return match is not None and match.start() <= _SUBJECT_NEAR_START


def _kind(fields: dict[str, list[str]], subject: str, low: str) -> str:
    actions = _actions(fields)
    if actions and "failed" not in actions:
        return "temporary"
    for status in fields.get("status", []):
        if status[:1] in "45":
            return "permanent" if status[0] == "5" else "temporary"
    head = low[:3000]
    if "delay" in subject or (_DELAY.search(head) and not _FINAL.search(head)):
        return "temporary"
    if _FINAL.search(subject) or _FINAL.search(head):
        return "permanent"
    code = _CODE.search(head)
    return "temporary" if code and "4" in (code[1], code[2]) else "permanent"


def _actions(fields: dict[str, list[str]]) -> set[str]:
    return {action.lower().split()[0] for action in fields.get("action", []) if action.split()}


def _field(message: Mapping[str, Any], name: str) -> str:
    value = message.get(name)
    if not isinstance(value, str) or not value:
        headers = message.get("headers")
        value = (
            next((str(content) for key, content in headers.items() if str(key).lower() == name), "")
            if isinstance(headers, Mapping)
            else ""
        )
    return value
