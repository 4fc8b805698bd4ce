"""What does a stranger's PDF or Word file say? Run as a program of its own, so that a file built to hang or fill memory harms
nothing: `python -I document_process.py pdf|docx` reads the bytes from its input and answers one line of JSON.

It knows nothing of the product: no database, no environment, no network.
"""

import io
import json
import logging
import sys
import zipfile

MOST_PAGES = 400
MOST_CHARACTERS = 400_000
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 3_000
MEMORY = 1_200 * 1024 * 1024
CPU_SECONDS = 60
_NO_TEXT = "It holds no text, only pictures. Upload it as text, or with its text recognised."


class _Unreadable(ValueError):
    """A sentence for people."""


def read_pdf(content: bytes) -> str:
    """The text of a PDF, page after page. Raises ValueError with a sentence."""
    from pypdf import PdfReader  # noqa: PLC0415 because only what is asked for is loaded
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    if b"%PDF-" not in content[:1024]:
        raise _Unreadable("This is not a PDF, whatever its name says.")
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise _Unreadable("It is locked with a password. Upload it without one.")
        if len(reader.pages) == 0:
            raise _Unreadable("It has no pages.")
        if len(reader.pages) > MOST_PAGES:
            raise _Unreadable(f"It has {len(reader.pages)} pages; {MOST_PAGES} are the most. Upload the part that matters.")
        return _joined(page.extract_text() or "" for page in reader.pages)
    except (PyPdfError, KeyError, TypeError, AttributeError, IndexError, OSError, AssertionError, ZeroDivisionError) as error:
        raise _Unreadable("This PDF is damaged and cannot be read.") from error


def read_docx(content: bytes) -> str:
    """The text of a Word file: paragraphs and tables in their order. Raises ValueError with a sentence."""
    from docx import Document  # noqa: PLC0415
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    _refuse_bombs(content)
    try:
        parts = Document(io.BytesIO(content)).iter_inner_content()
        return _joined((_words(part) for part in parts), between="\n\n")
    except (OpcError, LxmlError, KeyError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile) as error:
        raise _Unreadable("This Word file is damaged and cannot be read.") from error


def _words(part: object) -> str:
    rows = getattr(part, "rows", None)
    if rows is None:
        return part.text.strip()
    return "\n".join(" | ".join(cell.text.strip().replace("\n", " ") for cell in row.cells) for row in rows)


def _refuse_bombs(content: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise _Unreadable("This is not a Word file, whatever its name says.") from error
    names = {part.filename for part in parts}
    if "EncryptedPackage" in names or any(part.flag_bits & 1 for part in parts):
        raise _Unreadable("It is locked with a password. Upload it without one.")
    if "word/document.xml" not in names:
        raise _Unreadable("This is not a Word file, whatever its name says.")
    # The archive never gives more of a part than it announces, so the announced sizes are an upper bound.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _Unreadable("It unpacks to more than is safe to read.")


def _joined(pieces: object, between: str = "\n\n") -> str:
    kept, length = [], 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece) + len(between)
        if length > MOST_CHARACTERS:
            break
    text = between.join(piece for piece in kept if piece.strip())[:MOST_CHARACTERS].strip()
    if not text:
        raise _Unreadable(_NO_TEXT)
    return text


def _bound() -> None:
    try:
        import resource  # noqa: PLC0415 because not every system has it; the parent's time limit holds everywhere
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _main(kind: str) -> None:
    _bound()
    logging.disable(logging.CRITICAL)
    readers = {"pdf": read_pdf, "docx": read_docx}
    try:
        told = {"text": readers[kind](sys.stdin.buffer.read())}
    except _Unreadable as error:
        told = {"problem": str(error)}
    except (RecursionError, MemoryError, ValueError):
        told = {"problem": "It is built in a way that cannot be read safely."}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _main(sys.argv[1])
