"""What does an uploaded file or a fetched page say? PDF and Word in a process of their own, the rest here."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from zrg_app.kit.errors import Invalid
from zrg_app.services.knowledge.typed import storable
from zrg_app.services.reading.html_text import QUOTE_MARK, SIGNATURE_LINE, html_text

MOST_CHARACTERS = 400_000
SECONDS = 75
KINDS = {"pdf": "pdf", "docx": "docx", "txt": "text", "text": "text", "md": "text", "markdown": "text", "html": "html", "htm": "html",
         "csv": "csv"}
TAKEN = "PDF, Word (docx), text, Markdown, HTML or CSV"
_PROGRAM = Path(__file__).with_name("document_process.py")
_SILENT = re.compile(r"<(script|style|svg|noscript|template|nav|iframe|select)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_MOST_ROWS = 5_000
_MOST_HTML = 3_000_000


def kind_of(name: str) -> str:
    """How a file of this name is read. Raises Invalid for what we do not read."""
    kind = KINDS.get(name.rpartition(".")[2].lower()) if "." in name else None
    if kind is None:
        raise Invalid(f"“{name[:80]}” is not a kind we read. Take {TAKEN}.")
    return kind


def kind_of_type(content_type: str) -> str:
    """How an answer of this content type is read. Raises Invalid for what holds no text we read."""
    plain = content_type.partition(";")[0].strip().lower()
    found = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "text", "text/csv": "csv",
             "application/pdf": "pdf", "": "html"}.get(plain)
    if found is None:
        raise Invalid("There is no page of text at this address.")
    return found


def text_of(kind: str, content: bytes) -> str:
    """The words of `content`, at most 400,000 characters. Raises Invalid with what is wrong with it."""
    if not content:
        raise Invalid("It is empty.")
    readers = {"text": _lines, "csv": _table, "html": _page}
    told = readers[kind](_decoded(content)) if kind in readers else _apart(kind, content)
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\xa0]+", " ", storable(told))).strip()[:MOST_CHARACTERS]
    if not text:
        raise Invalid("It holds no text.")
    return text


def _apart(kind: str, content: bytes) -> str:
    """Ask the program that reads strangers' files; it cannot outlive its time or take our memory."""
    try:
        # Without our environment: what reads strangers' files must not know our keys. (Windows does not start without its own.)
        done = subprocess.run([sys.executable, "-I", str(_PROGRAM), kind], input=content, capture_output=True, timeout=SECONDS,
                              check=False, env={} if os.name == "posix" else None)
        told = json.loads(done.stdout or b"{}")
    except subprocess.TimeoutExpired as error:
        raise Invalid("Reading it took too long. Upload the part that matters.") from error
    except ValueError as error:
        raise Invalid("It could not be read.") from error
    if "text" not in told:
        raise Invalid(str(told.get("problem") or "It is built in a way that cannot be read safely."))
    return str(told["text"])


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _lines(text: str) -> str:
    # A file of bytes that are no text decodes to noise.
    if text.count("\x00") > 8:
        raise Invalid("This is not text, whatever its name says.")
    return text


def _table(text: str) -> str:
    """Each row as `column: value` lines, so that a passage is understood without the head of the table."""
    first = text.lstrip().partition("\n")[0]
    separator = max(",;\t|", key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(_lines(text)), delimiter=separator) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Invalid("This table cannot be read. Save it as CSV once more.") from error
    if len(rows) < 2:
        return "\n".join(" ".join(row) for row in rows)
    head = [cell.strip() for cell in rows[0]]
    return "\n\n".join(
        "\n".join(f"{name}: {cell.strip()}" if name else cell.strip() for name, cell in zip(head, row, strict=False) if cell.strip())
        for row in rows[1:_MOST_ROWS])


def _page(whole: str) -> str:
    # What follows the last ">" opens no tag; left there, every "<" of it would be looked through to the end.
    tagged, last, rest = whole[:_MOST_HTML].rpartition(">")
    html = tagged + last + rest.partition("<")[0]
    title = re.search(r"<title[^>]{0,200}>([^<]{1,300})</title>", html, re.IGNORECASE)
    spoken = html_text(_SILENT.sub(" ", html)).text().split("\n")
    lines = [line.removeprefix("> ").strip() for line in spoken if line not in (QUOTE_MARK, SIGNATURE_LINE)]
    body = "\n".join("" if set(line) <= {"_", "-"} else line for line in lines)
    heading = html_text(title[1]).text().strip() if title else ""
    return f"{heading}\n\n{body}" if heading and body.strip() else body
