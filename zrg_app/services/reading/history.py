"""Which lines of a mail are new, and which repeat the messages before it?"""

import re

from zrg_app.services.reading.history_words import FROM_KEYS, HEADER_STARTS, ORIGINAL, OTHER_KEYS, WROTE
from zrg_app.services.reading.html_text import QUOTE_MARK
from zrg_app.services.reading.words import any_of

MAX_HEADER_LINES = 4
"""A wrapped "On ... wrote:" never spans more lines than this."""

_VERB = re.compile(r"(?<![a-z])" + any_of(WROTE) + r"(?![a-z])")
_START = re.compile(r"[\"'*_\s]*(?:" + any_of(HEADER_STARTS) + r"(?:[\s,.]|(?=\d))|\d|在|于)")
_ENDS_AS_HEADER = re.compile(r"(?::|：|" + any_of(WROTE) + r"\s*[:：]?|<mailto)[\s*_\"'>]*$")
_DATE_FIRST = re.compile(r"[\"'*_\s]*(?:[^\W\d_]{2,9}\.?,?\s+)?\d{1,4}[\s./年-]")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_DASHED = re.compile(r"^[\s*>]*+[-_=~]{2,}+\s*(?P<words>[^-_=~][^=~_]{2,80}?)\s*[-_=~]{2,}[\s*_:]*$")
_ORIGINAL = re.compile(
    r"^[\s*_>=-]*" + any_of(ORIGINAL) + r"(?:\s+(?:from|von|de|by|processed by)\b.{0,80})?[\s*_:：=-]*$"
)
_REPLY_ABOVE = re.compile(
    r"(?:reply|write|type your reply|antwort\w*|respond\w*)\s+(?:above|above this|oberhalb|"
    r"au-dessus|encima)\b.{0,40}line|(?:above|oberhalb) this line to (?:reply|add)|"
    r"reply above this"
)
_KEY = r"^[\s*_>|]*(?P<key>%s)\s*[*_]*\s*[:：][*_\s]*(?P<value>.*)$"
_FROM_KEY = re.compile(_KEY % any_of(FROM_KEYS))
_ANY_KEY = re.compile(_KEY % any_of(FROM_KEYS + OTHER_KEYS))
_INLINE_HEADER = re.compile(r"\bon (?:mon|tue|wed|thu|fri|sat|sun|\d)[^\n]{5,160}?\bwrote:\s")
_RULE = re.compile(r"^[\s>]*[-_=*]{5,}\s*$")
_QUOTED = re.compile(r"^\s{0,3}>(?!.*<<)")


def new_lines(lines: list[str], low: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines (and their folded forms) that the writer added, answers between quoted lines included.

    `low` is `lines` folded, one for one. Quoted lines, their introduction in any language, forwarded messages and
    everything after them are left out; text below a quotation stays when the quotation is marked line by line.
    """
    start = _history_start(low)
    before = [index for index in range(start[0]) if not _QUOTED.match(low[index])]
    after: list[int] = []
    if start[1] < len(lines):
        written = any(low[index].strip() for index in before)
        after = _answers(low, start[1], needs_gap=written)
    kept = before + after
    if not any(low[index].strip() for index in kept) and start[0] == 0 and start[1] == len(lines):
        kept = []
    return [lines[index] for index in kept], [low[index] for index in kept]


def cut_inline_history(text: str, low: str) -> str:
    """Return text up to an introduction in the middle of a line, as bodies without line ends carry it."""
    if len(low) != len(text):
        return text
    match = _INLINE_HEADER.search(low)
    return text[: match.start()] if match and match.start() > 0 else text


def _history_start(low: list[str]) -> tuple[int, int]:
    """Return (first line of the introduction, first line after it); (len, len) when nothing is repeated."""
    for index, line in enumerate(low):
        if not line.strip():
            continue
        if QUOTE_MARK in line:
            return index, index + 1
        first = _introduction(low, index)
        if first is not None:
            return _with_rule_above(low, first), index + 1
        if _is_separator(line) or _is_header_block(low, index):
            return _with_rule_above(low, index), len(low)
    return len(low), len(low)


def _introduction(low: list[str], index: int) -> int | None:
    last = low[index].rstrip()
    if not _ENDS_AS_HEADER.search(last):
        return None
    for first in range(index, max(-1, index - MAX_HEADER_LINES), -1):
        if not low[first].strip():
            return None
        if _is_introduction(" ".join(part.strip(" >") for part in low[first : index + 1])):
            return first
    return None


def _is_introduction(joined: str) -> bool:
    if len(joined) > 400:
        return False
    dated = any(character.isdigit() for character in joined)
    addressed = _ADDRESS.search(joined) is not None
    if addressed and _DATE_FIRST.match(joined) and joined.endswith((":", "：")):
        return True
    if not _VERB.search(joined):
        return False
    if re.match(r"-{2,}.*-{2,}$", joined):
        return True
    starts = _START.match(joined) is not None
    first_word_addressed = addressed and joined.find("@") < 80
    return (starts and dated and (addressed or len(joined) < 200)) or (dated and first_word_addressed and ":" in joined)


def _is_separator(line: str) -> bool:
    if _ORIGINAL.match(line):
        dashed = any(character in line for character in "-_*=:：")
        return dashed or not line[:1].isspace()
    dashed = _DASHED.match(line)
    if dashed and (_VERB.search(dashed["words"]) or _REPLY_ABOVE.search(line)):
        return True
    return _REPLY_ABOVE.search(line) is not None


def _is_header_block(low: list[str], index: int) -> bool:
    if not _ANY_KEY.match(low[index]):
        return False
    block = [line for line in low[index : index + 9] if line.strip()][:6]
    keys = {match["key"] for line in block if (match := _ANY_KEY.match(line))}
    from_first = _FROM_KEY.match(low[index]) is not None
    has_from = any(_FROM_KEY.match(line) for line in block)
    return (from_first and len(keys) >= 2) or (has_from and len(keys) >= 3)


def _with_rule_above(low: list[str], index: int) -> int:
    above = index
    while above > 0 and (not low[above - 1].strip() or _RULE.match(low[above - 1])):
        above -= 1
    return above


def _answers(low: list[str], start: int, *, needs_gap: bool) -> list[int]:
    """Return the unquoted lines below a quotation, none when the quotation is not marked line by line."""
    first = next((index for index in range(start, len(low)) if low[index].strip()), None)
    if first is None or not _QUOTED.match(low[first]):
        return []
    kept, keeping = [], False
    for index in range(first, len(low)):
        line = low[index]
        if _QUOTED.match(line):
            keeping = False
        elif not keeping and line.strip():
            keeping = not needs_gap or not low[index - 1].strip()
            if _introduction(low, index) is not None or _is_separator(line) or _is_header_block(low, index):
                break
        if keeping:
            kept.append(index)
    return kept
