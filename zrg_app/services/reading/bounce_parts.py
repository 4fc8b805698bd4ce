"""What do the machine-readable parts of a delivery report say?"""

import re
from collections.abc import Mapping
from typing import Any

from zrg_app.services.reading.words import any_of

MAX_RAW = 200_000
"""Characters of a raw message that are read."""

MAX_RECIPIENTS = 50
"""Failed addresses that are reported for one message."""

_FIELD = re.compile(
    r"^(final-recipient|original-recipient|action|status|x-failed-recipients|x-actual-recipient)[ \t]"
    r"*:[ \t]*"
    r"([^\n]*(?:\n[ \t][^\n]*)*)",
    re.IGNORECASE | re.MULTILINE,
)
_REPORT_TYPE = re.compile(r"report-type\s*=\s*\"?([a-z-]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_COPY = re.compile(
    r"^\W*"
    + any_of("""
original message|below this line is a copy|this is a copy of|returned message|returned mail
message headers follow|original mail
message header for undelivered|the body of the message|mensaje original|undelivered message|included below
unsent message
forwarded message|diagnostic information for administrators|original message headers|return-path:|received:
message headers
""")
    + r"|^(?:return-path|received|message-id|x-[a-z-]+)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_SYSTEM_LOCALS = ("postmaster", "mailer-daemon", "mailerdaemon", "abuse", "noreply", "no-reply", "support", "help")
_STRONG = re.compile(r"^[ \t*-]*<?(" + _ADDRESS.pattern + r")>?(?:<mailto:[^>]*>)?\s*(?::|$|\(|,|\s-\s)", re.MULTILINE)
_NEAR = re.compile(
    r"\b(?:rcpt to|recipient|message to|addressee|user|userid|deliver to|delivered to|address|to)"
    r"(?::\s*|\s+)(?:\[smtp:)?[\"'<]*(" + _ADDRESS.pattern + ")",
    re.IGNORECASE,
)
_EXPANDED = re.compile(r"\(expanded from:\s*<?(" + _ADDRESS.pattern + ")", re.IGNORECASE)
_REACHED = re.compile(r"^(" + _ADDRESS.pattern + r") on [a-z]{3},", re.IGNORECASE | re.MULTILINE)


def report_fields(raw: str) -> dict[str, list[str]]:
    """Return the delivery-status fields of a raw message, by lower-case name, in the order they stand."""
    found: dict[str, list[str]] = {}
    if "recipient" not in raw[:MAX_RAW].lower():
        return found
    for match in _FIELD.finditer(raw[:MAX_RAW].replace("\r\n", "\n")):
        found.setdefault(match[1].lower(), []).append(match[2].strip())
    if "final-recipient" not in found and "original-recipient" not in found:
        found.pop("action", None)
        found.pop("status", None)
    return found


def report_type(headers: Any, raw: str) -> str:
    """Return the `report-type` of a multipart report, lower case, or an empty text."""
    if isinstance(headers, Mapping):
        for name, value in headers.items():
            if str(name).lower() == "content-type" and (match := _REPORT_TYPE.search(str(value)[:500])):
                return match[1].lower()
    head = raw[:MAX_RAW].replace("\r\n", "\n").partition("\n\n")[0]
    match = _REPORT_TYPE.search(head)
    return match[1].lower() if match else ""


def failed_recipients(raw: str, fields: dict[str, list[str]], body: str) -> list[str]:
    """Return the addresses a report names as failed: from its fields, else from the text above the returned copy."""
    below_headers = raw[:MAX_RAW].replace("\r\n", "\n").partition("\n\n")[2]
    return _from_fields(fields) or _told(body) or _told(below_headers)


def _told(body: str) -> list[str]:
    copy = _COPY.search(body, 40)
    told = body[: copy.start()][:8000] if copy else body[:4000]
    for patterns in ((_REACHED,), (_STRONG, _EXPANDED), (_NEAR,)):
        found = _addresses(match[1] for pattern in patterns for match in pattern.finditer(told))
        if found:
            return found
    return _addresses(_ADDRESS.findall(told[:4000]))[:1]


def _from_fields(fields: dict[str, list[str]]) -> list[str]:
    if "x-failed-recipients" in fields:
        return _addresses(
            address for value in fields["x-failed-recipients"] for address in _ADDRESS.findall(value[:4000])
        )
    values = fields.get("final-recipient") or fields.get("original-recipient") or []
    return _addresses(address for value in values[:MAX_RECIPIENTS] for address in _ADDRESS.findall(value[:400])[:1])


def _addresses(found: Any) -> list[str]:
    kept: list[str] = []
    for address in found:
        low = address.lower().strip(".'`")
        if low not in kept and not low.startswith(_SYSTEM_LOCALS) and len(kept) < MAX_RECIPIENTS:
            kept.append(low)
    return sorted(kept)
