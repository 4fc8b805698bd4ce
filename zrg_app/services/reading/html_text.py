"""What does an HTML mail say as lines of text, with its quotations and signature marked?"""

import re
from html import unescape

MAX_HTML = 200_000
"""Characters of HTML that are read; newer text stands first."""

QUOTE_MARK = "\x02"
"""A line that says: a mail program marked that the message being answered starts here."""

SIGNATURE_LINE = "-- "
"""A line that says: the signature starts here (the usual mark in plain text)."""

_DROPPED = re.compile(
    r"<(script|style|head|title|template)\b[^>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|"
    r"<!\[.{0,80}?\]>|<!doctype[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})([^<>]{0,8000})>")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLOCKS = {
    "p",
    "div",
    "br",
    "tr",
    "table",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "blockquote",
    "pre",
    "body",
    "html",
    "section",
    "article",
    "header",
    "footer",
    "address",
    "center",
    "dl",
    "dt",
    "dd",
}
_QUOTE_START = re.compile(
    r"(?:class|id)\s*=\s*[\"']?[^\"'>]*(?:gmail_attr|divrplyfwdmsg|appendonsend|"
    r"outlookmessageheader|"
    r"moz-cite-prefix|yahoo_quoted|zmail_extra|protonmail_quote|gmail_quote_container_hidden|"
    r"reply-intro|replyforwardmessage|olk_src_body_section|mail-editor-reference-message-con"
    r"tainer|"
    r"zwchr|stopspelling|ms-outlook-mobile-reference-message)",
    re.IGNORECASE,
)
_SIGNATURE_START = re.compile(
    r"(?:class|id)\s*=\s*[\"']?[^\"'>]*(?:gmail_signature|moz-signature|protonmail_signature|"
    r"ms-outlook-mobile-signature|(?<![\w-])signature(?![\w-])|zm_signature|mobilesignature|"
    r"applemailsignature|x-apple-signature|mailsignature)",
    re.IGNORECASE,
)
_REPLY_RULE = re.compile(
    r"border(?:-top)?\s*:\s*(?:none\s*;\s*border-top\s*:\s*)?solid\s+#?(?:b5c4df|"
    r"e1e1e1|3\.0pt)",
    re.IGNORECASE,
)
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


class MailText:
    """Lines of text and the links that were behind words: `links` holds (line number, address, label)."""

    def __init__(self) -> None:
        self.lines: list[str] = [""]
        self.links: list[tuple[int, str, str]] = []
        self._quoted = 0
        self._link: tuple[str, int, int] | None = None

    def text(self) -> str:
        """Return the lines joined."""
        return "\n".join(self.lines)

    def say(self, raw: str, keep_lines: bool) -> None:
        """Add the text between two tags."""
        words = unescape(raw) if "&" in raw else raw
        if keep_lines:
            for number, part in enumerate(words.split("\n")):
                if number:
                    self._break()
                self.lines[-1] += part
            return
        words = _SPACE.sub(" ", words)
        line = self.lines[-1]
        if line in ("", "> ") or line.endswith(" "):
            words = words.lstrip(" ")
        if words:
            self.lines[-1] = line + words

    def open(self, tag: str, attributes: str) -> None:
        """Note an opening tag."""
        if tag in _BLOCKS:
            self._open_block(tag, attributes)
        elif tag == "a":
            href = _HREF.search(attributes)
            if href:
                address = unescape(href[1] or href[2] or href[3] or "").strip()
                self._link = (address, len(self.lines) - 1, len(self.lines[-1]))
        elif tag in ("td", "th") and self.lines[-1].strip():
            self.lines[-1] += " "
        if attributes and _QUOTE_START.search(attributes):
            self._mark(QUOTE_MARK)
        elif attributes and _SIGNATURE_START.search(attributes):
            self._mark(SIGNATURE_LINE)

    def close(self, tag: str) -> None:
        """Note a closing tag."""
        if tag == "a" and self._link:
            address, number, start = self._link
            label = self.lines[number][start:].strip() if number < len(self.lines) else ""
            self.links.append((number, address, label))
            self._link = None
        elif tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)
            self._break()
        elif tag in _BLOCKS and tag not in ("br", "hr"):
            self._end_line()
            if tag in ("p", "table", "ul", "ol") and self.lines[-1] in ("", "> "):
                self._break()

    def _open_block(self, tag: str, attributes: str) -> None:
        if tag == "br":
            self._break()
            return
        self._end_line()
        if tag == "blockquote":
            self._quoted += 1
            self.lines[-1] = "> "
        elif tag == "hr":
            self.lines[-1] += "_" * 20
            self._break()
        elif tag == "li":
            self.lines[-1] += "- "
        elif tag == "div" and "border" in attributes and _REPLY_RULE.search(attributes):
            self.lines[-1] += "_" * 20
            self._break()

    def _mark(self, line: str) -> None:
        self._end_line()
        self.lines[-1] = line
        self._break()

    def _end_line(self) -> None:
        if self.lines[-1] not in ("", "> "):
            self._break()

    def _break(self) -> None:
        self.lines.append("> " if self._quoted else "")


def html_text(html: str | None) -> MailText:
    """Return the visible lines of an HTML mail; quoted blocks get `> `, known quote and signature places their
    marks."""
    mail = MailText()
    if not isinstance(html, str):
        return mail
    source = _DROPPED.sub("", html[:MAX_HTML])
    position, preformatted = 0, 0
    for token in _TOKEN.finditer(source):
        if token.start() > position:
            mail.say(source[position : token.start()], preformatted > 0)
        position = token.end()
        tag = token[2].lower()
        if tag == "pre":
            preformatted += -1 if token[1] else 1
        if token[1]:
            mail.close(tag)
        else:
            mail.open(tag, token[3])
    mail.say(source[position:], preformatted > 0)
    return mail
