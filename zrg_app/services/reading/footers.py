"""Which lines did a program, a list or a company add around what a person typed?"""

import re

from zrg_app.services.reading.footer_words import BANNERS, DISCLAIMERS, LIST_FOOTERS, SENT_FROM, SENT_FROM_END
from zrg_app.services.reading.words import any_of

_LEAD = r"^[\s*_>|<\[\"'(•·-]*"
_SENT_FROM = re.compile(_LEAD + any_of(SENT_FROM))
_SENT_END = re.compile(
    r"\b(?:iphone|ipad|android|handy|smartphone|mobil\w*|outlook|samsung)\b.{0,40}" + any_of(SENT_FROM_END) + r"[\s.]*$"
)
_LIST_FOOTER = re.compile(_LEAD + any_of(LIST_FOOTERS))
_DISCLAIMER = re.compile(_LEAD + any_of(DISCLAIMERS))
_LEGAL = re.compile(
    r"confidential|intended|recipient|privileged|vertraulich|confidenti|riservat|vertrouwelijk|"
    r"poufn|fortrolig"
    r"|konfidenti|unauthori|printing|disclos|destinat|virus|conf[io]d|gizli|salaja|luottamuks|"
    r"kopi|delete|"
    r"empfang|liable|liability|registered|e-?mail|message|legal"
)
_BANNER = re.compile(r"^[\s*_>|<\[\"'(!⚠️-]*" + any_of(BANNERS))
_BANNER_CLOSING = re.compile(
    r"outside (?:of )?(?:the |your |our )?(?:organi[sz]ation|company|network)|"
    r"learn (?:why|more)|"
    r"click links|open attachments|recogni[sz]e the sender|external (?:sender|source|email)|"
    r"know the content|aka\.ms/learnaboutsender|safe\."
)
_WARNING = re.compile(
    r"(?:do not|don't|please|never|be careful|use caution|exercise caution|think)\b.*\b(?:links?|attachments?)\b"
    r".*\b(?:trust|sender|safe)"
)
_MARKS_ONLY = re.compile(r"^[\s\-–—_=*~#+.•·ᐧ|>]*$")
_SHORT = 110


def is_sent_from(low: str) -> bool:
    """Return whether a folded line is a mail program's "Sent from my phone"."""
    return len(low) <= _SHORT and (_SENT_FROM.match(low) is not None or _SENT_END.search(low) is not None)


def is_list_footer(low: str) -> bool:
    """Return whether a folded line starts a mailing list's footer."""
    return _LIST_FOOTER.match(low) is not None


def starts_disclaimer(low: list[str], index: int) -> bool:
    """Return whether the folded line at `index` starts a legal notice rather than a sentence of the writer."""
    if not _DISCLAIMER.match(low[index]):
        return False
    paragraph = " ".join(low[index : index + 6])
    long_enough = len(paragraph) >= 60 or index == len(low) - 1
    return (
        long_enough
        and len(_LEGAL.findall(paragraph)) >= 2
        or "environment" in paragraph
        or "before you print" in paragraph
    )


def is_marks_only(low: str) -> bool:
    """Return whether a line holds nothing but ruling marks and spaces."""
    return _MARKS_ONLY.match(low) is not None


def banner_length(low: list[str]) -> int:
    """Return how many lines at the top are a warning that the mail came from outside."""
    index = _next_filled(low, 0)
    if (
        index is None
        or not _BANNER.match(low[index])
        or low[index][inline_banner(low[index]) :].strip(" *") not in ("", low[index].strip(" *"))
    ):
        return 0
    end = index + 1
    while (
        end < len(low)
        and low[end].strip()
        and (_BANNER_CLOSING.search(low[end]) or _BANNER.match(low[end]) or is_marks_only(low[end]))
    ):
        end += 1
    following = _next_filled(low, end)
    if following is not None and (_BANNER.match(low[following]) or is_marks_only(low[following])):
        return following + 1 if is_marks_only(low[following]) else following + max(1, banner_length(low[following:]))
    return end


def inline_banner(low: str) -> int:
    """Return the length of a bracketed warning that stands before the text on the same line."""
    match = re.match(r"^\s*\[(?:external|extern|ext|caution)[^\]]{0,40}\]\s*[:-]?\s*", low)
    if match and _WARNING.match(low[match.end() :]):
        return len(low)
    return match.end() if match else 0


def without_footers(lines: list[str], low: list[str]) -> tuple[list[str], list[str], int]:
    """Return lines and folded lines without banners and footers, and how many lines a legal notice took at the end."""
    top = banner_length(low)
    skipped = 0 if top else inline_banner(low[0]) if low else 0
    lines, low = lines[top:], low[top:]
    if skipped:
        lines, low = [lines[0][skipped:], *lines[1:]], [low[0][skipped:], *low[1:]]
    end = len(low)
    for index, line in enumerate(low):
        if line and (is_list_footer(line) or starts_disclaimer(low, index)) and _written_above(low, index):
            end = index
            break
    kept = [index for index in range(end) if not is_sent_from(low[index])]
    return [lines[index] for index in kept], [low[index] for index in kept], len(low) - end


def _written_above(low: list[str], index: int) -> bool:
    return any(line.strip() for line in low[:index])


def _next_filled(low: list[str], start: int) -> int | None:
    return next((index for index in range(start, min(len(low), start + 4)) if low[index].strip()), None)
