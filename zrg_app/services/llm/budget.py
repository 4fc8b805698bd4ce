"""How many tokens may a call read and write? Estimates, cuts that keep a stranger's text marked, and growth. Pure."""

from collections.abc import Sequence

from zrg_app.services.llm.transcript import CLOSE, OPEN

BYTES_PER_TOKEN = 4
GROWTH = 1.2
EXTRA = 1_000
MOST_INPUT = 60_000
MOST_OUTPUT = 18_000
CUT = "[…]"


def tokens(text: str) -> int:
    """About how many tokens `text` is: four bytes of UTF-8 each, which fits English, Cyrillic and Chinese alike."""
    return -(-len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN)


def clip(text: str, most: int) -> str:
    """The beginning of `text` in at most `most` tokens, cut at a word where one is near; a cut is marked."""
    if tokens(text) <= most:
        return text
    bare = text.encode("utf-8", "replace")[:max(most * BYTES_PER_TOKEN - len(CUT.encode()) - 1, 0)].decode("utf-8", "ignore")
    at_word = bare.rsplit(None, 1)[0] if len(bare.split(None, 1)) > 1 else bare
    return f"{(at_word if len(at_word) > len(bare) * 0.8 else bare).rstrip()} {CUT}".strip() if most > 1 else ""


def grown(output_tokens: int, *, by: int = EXTRA, most: int = MOST_OUTPUT) -> int:
    """The output budget after a cut-off answer: a fifth more or `by` more, whichever is more, up to `most` (FACTS section 11.2)."""
    return max(output_tokens, min(max(int(output_tokens * GROWTH), output_tokens + by), most))


def clipped(text: str, most: int) -> str:
    """`text` of a request within `most` tokens. The newest message of the lead, which stands last, is kept whole.

    What goes is the middle of what stands before it: the oldest lines of a conversation. Markers around other texts are
    never parted, because a stranger's text must not come to stand outside of them.
    """
    if tokens(text) <= most:
        return text
    place = text.rfind(OPEN)
    before, newest = (text[:place], text[place:]) if place >= 0 else (text, "")
    room = most - tokens(newest) - tokens(CUT) - 2
    lines = before.splitlines(keepends=True)
    head = _while_fitting(lines, room // 2)
    tail = _while_fitting(lines[len(head):][::-1], room - tokens("".join(head)))[::-1]
    return f"{_whole(''.join(head))}{CUT}\n{_whole(''.join(tail))}{newest}"


def _while_fitting(lines: Sequence[str], most: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        most -= tokens(line)
        if most < 0:
            break
        kept.append(line)
    return kept


def _whole(part: str) -> str:
    """`part` without a marked text that lost one of its markers."""
    if part.rfind(OPEN) > part.rfind(CLOSE):
        part = part[:part.rfind(OPEN)]
    first_close, first_open = part.find(CLOSE), part.find(OPEN)
    return part[first_close + len(CLOSE):] if first_close >= 0 and not 0 <= first_open < first_close else part
