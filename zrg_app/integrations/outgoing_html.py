"""How does the plain text we write become an HTML mail, and how are two wordings of one message recognised as the same?"""

import html
import re

from zrg_app.integrations import light_marks

_BREAK = re.compile(r"(?i)<br\s*/?>|</(?:p|div|li|ul|ol|blockquote|tr|h[1-6])\s*>")
_TAG = re.compile(r"<[^>]*>")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
# Carriers and mail systems put straight or curly marks as they like.
_MARKS = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
                        "\u2026": "..."})
# What stands for stress, a list or a quote is a sign in one wording of a message and a tag, or another sign, in the next.
_STRESS = str.maketrans("", "", "*_")
_LEADING = re.compile(r"(?m)^[ \t]*(?:(?:[-*•>]|\d{1,2}[.)])[ \t]+(?=\S))*(?:>[ \t]*$)?")


def html_from_text(text: str) -> str:
    """Our text as HTML: everything escaped, line breaks kept, our light marks and every address alive (`light_marks`)."""
    return light_marks.html(text)


def plain_from_text(text: str) -> str:
    """Our text without its light marks, for what takes words alone."""
    return light_marks.plain(text)


def text_from_html(markup: str) -> str:
    """The words of an HTML mail as plain text, one line per block; for comparing, not for showing."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", markup)))


def same_words(text: str) -> str:
    """`text` reduced to what survives a trip through a provider: case, spacing, kinds of quotation marks and the signs of
    stress, lists and quotes are dropped."""
    lines = _LEADING.sub("", light_marks.LINK.sub(r"\1", text.replace("\r\n", "\n").replace("\r", "\n")))
    # Of a message of nothing but stars they are the words.
    return _reduced(lines.translate(_STRESS)) or _reduced(lines)


def carries(body: str, *, text: str | None, markup: str | None) -> bool:
    """Whether a mail as a provider shows it (as text or HTML) begins with the words of `body`; what follows may be a signature
    or the quoted mail that was added on the way."""
    wanted = same_words(body)
    shown = (same_words(text or ""), same_words(text_from_html(markup or "")))
    return bool(wanted) and any(words == wanted or words.startswith(f"{wanted} ") for words in shown)


def _reduced(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text.replace("\u00a0", " ")).translate(_MARKS).casefold().split())
