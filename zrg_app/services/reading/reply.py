"""What did the writer of this mail add, without history, signature, footers and warnings?"""

import re

from zrg_app.services.reading.characters import MAX_BODY, folded, visible
from zrg_app.services.reading.footers import is_marks_only, without_footers
from zrg_app.services.reading.history import QUOTE_MARK, cut_inline_history, new_lines
from zrg_app.services.reading.html_text import MailText, html_text
from zrg_app.services.reading.signature_block import find_signature

MAX_LINE = 600
"""Characters of one line that the rules look at; lines are kept whole."""

MAX_LINKS = 10
"""Links of the HTML that are added to a body that lost them."""

_BLANKS = re.compile(r"\n{3,}")


def extract_reply(text: str | None, html: str | None = None) -> str:
    """Return only the new text of a mail: no quoted history, forwarded block, signature, footer or warning banner.

    `html` is read when `text` is empty. Answers written between quoted lines are kept, the quoted lines are not.
    """
    body = _body(text, html)
    lines, low, _ = written_lines(body)
    signature = find_signature(lines, low)
    if signature is not None and any(line.strip() for line in low[: signature.line]):
        lines = lines[: signature.line]
    return _joined(lines)


def written_lines(body: str) -> tuple[list[str], list[str], list[str]]:
    """Return new lines with their signature, the same lines folded, and the lines of a legal notice below them."""
    body = body[:MAX_BODY]
    body = cut_inline_history(body, body.lower())
    lines = body.split("\n")
    low = folded(body).split("\n")
    if len(low) != len(lines):
        low = [folded(line) for line in lines]
    low = [line if len(line) <= MAX_LINE else line[:MAX_LINE] for line in low]
    new, new_low = new_lines(lines, low)
    kept, kept_low, legal = without_footers(new, new_low)
    return kept, kept_low, new[len(new) - legal :] if legal else []


def clean_body(text: str | None, html: str | None = None) -> str:
    """Return the reply followed by the web links of its HTML that the text lost, at most `MAX_LINKS` (spec section 10).

    Links inside the quoted history are not added. Added lines read `label: address`, or the address alone.
    """
    reply = extract_reply(text, html)
    mail = html_text(html)
    missing: list[str] = []
    for label, address in reply_links(mail):
        if address in reply or len(missing) >= MAX_LINKS or any(line.endswith(address) for line in missing):
            continue
        missing.append(f"{label}: {address}" if label and label not in address else address)
    return "\n".join([reply, "", *missing]).strip() if missing else reply


def reply_links(mail: MailText) -> list[tuple[str, str]]:
    """Return (label, address) of the web links above the quoted history of an HTML mail."""
    body = visible(mail.text())
    lines = body.split("\n")
    low = [line[:MAX_LINE] for line in folded(body).split("\n")]
    new, _ = new_lines(lines, low)
    counted = len(new) if new == lines[: len(new)] else len(lines)
    return [
        (label, address)
        for number, address, label in mail.links
        if number < counted
        and address.lower().startswith(("http://", "https://"))
        and not lines[min(number, len(lines) - 1)].startswith(">")
    ]


def _body(text: str | None, html: str | None) -> str:
    body = visible(text)
    if body.strip():
        return body
    return visible(html_text(html).text())


def _joined(lines: list[str]) -> str:
    start, end = 0, len(lines)
    while end > start and is_marks_only(lines[end - 1]):
        end -= 1
    while start < end and is_marks_only(lines[start]):
        start += 1
    kept = "\n".join(line.rstrip() for line in lines[start:end]).replace(QUOTE_MARK, "")
    return _BLANKS.sub("\n\n", kept).strip()
