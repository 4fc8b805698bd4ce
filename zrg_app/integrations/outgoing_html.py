"""How does the plain text we write become an HTML mail, and how are two wordings of one message recognised as the same?"""

import html
import re

from linkify_it import LinkifyIt

_MARKDOWN_LINK = re.compile(r"\[([^\]\n]{1,200})\]\((https?://[^\s()]+)\)")
_BREAK = re.compile(r"(?i)<br\s*/?>|</(?:p|div|li|tr|h[1-6])\s*>")
_TAG = re.compile(r"<[^>]*>")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
# Carriers and mail systems put straight or curly marks as they like.
_MARKS = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
                        "\u2026": "..."})

_links = LinkifyIt()


def html_from_text(text: str) -> str:
    """Our text as HTML: everything escaped, line breaks kept, addresses and [label](address) links clickable."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    made, position = [], 0
    for link in _MARKDOWN_LINK.finditer(text):
        made += [_linked(text[position:link.start()]), _anchor(link[2], link[1])]
        position = link.end()
    made.append(_linked(text[position:]))
    return "".join(made).replace("\n", "<br>\n")


def text_from_html(markup: str) -> str:
    """The words of an HTML mail as plain text, one line per block; for comparing, not for showing."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", markup)))


def same_words(text: str) -> str:
    """`text` reduced to what survives a trip through a provider: case, spacing and kinds of quotation marks are dropped."""
    without_links = _MARKDOWN_LINK.sub(r"\1", text)
    return " ".join(_UNSEEN.sub("", without_links.replace("\u00a0", " ")).translate(_MARKS).casefold().split())


def carries(body: str, *, text: str | None, markup: str | None) -> bool:
    """Whether a mail as a provider shows it (as text or HTML) begins with the words of `body`; what follows may be a signature
    or the quoted mail that was added on the way."""
    wanted = same_words(body)
    shown = (same_words(text or ""), same_words(text_from_html(markup or "")))
    return bool(wanted) and any(words == wanted or words.startswith(f"{wanted} ") for words in shown)


def _linked(text: str) -> str:
    made, position = [], 0
    for match in _links.match(text) or ():
        if match.schema in ("http:", "https:", "mailto:", ""):
            made += [html.escape(text[position:match.index]), _anchor(match.url, match.raw)]
            position = match.last_index
    made.append(html.escape(text[position:]))
    return "".join(made)


def _anchor(address: str, label: str) -> str:
    return f'<a href="{html.escape(address)}">{html.escape(label)}</a>'
