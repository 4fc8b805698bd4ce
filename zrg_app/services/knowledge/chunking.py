"""Into which passages is a text cut, so that each can be found and read by itself? Pure."""

import re

SIZE = 1_100
OVERLAP = 160
MOST = 1_500
_PARAGRAPHS = re.compile(r"\n\s*\n+")
_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n")
_HEADING = 90


def passages(text: str, *, size: int = SIZE, overlap: int = OVERLAP) -> tuple[str, ...]:
    """Pieces of at most `size` characters: whole paragraphs where they fit, a heading with what follows it, else sentences.

    Where a paragraph had to be cut, the end of one piece opens the next.
    """
    found: list[str] = []
    for paragraph in _with_headings(text):
        if len(paragraph) > size:
            found += _cut(paragraph, size, overlap)
        elif found and len(found[-1]) + len(paragraph) + 2 <= size:
            found[-1] += f"\n\n{paragraph}"
        else:
            found.append(paragraph)
        if len(found) > MOST:
            break
    return tuple(found[:MOST])


def _with_headings(text: str) -> list[str]:
    """The paragraphs; a short one without an end of sentence is the heading of the next."""
    whole: list[str] = []
    heading = ""
    for part in _PARAGRAPHS.split(text):
        paragraph = part.strip()
        if not paragraph:
            continue
        if len(paragraph) <= _HEADING and "\n" not in paragraph and paragraph[-1] not in ".!?:;,":
            heading = f"{heading}\n{paragraph}".strip() if len(heading) < 2 * _HEADING else paragraph
            continue
        whole.append(f"{heading}\n{paragraph}".strip())
        heading = ""
    return [*whole, heading] if heading else whole


def _cut(paragraph: str, size: int, overlap: int) -> list[str]:
    pieces: list[str] = []
    current = ""
    for sentence in _sentences(paragraph, size):
        if current and len(current) + len(sentence) + 1 > size:
            pieces.append(current)
            tail = current[-overlap:].partition(" ")[2]
            current = tail if len(tail) + len(sentence) < size else ""
        current = f"{current} {sentence}".strip()
    return [*pieces, current] if current else pieces


def _sentences(paragraph: str, size: int) -> list[str]:
    """Sentences; one that is longer than a piece falls apart at words, and a word without end by length."""
    found: list[str] = []
    for sentence in _SENTENCE.split(paragraph):
        rest = sentence.strip()
        while len(rest) > size:
            place = rest.rfind(" ", size // 2, size)
            place = place if place > 0 else size
            found.append(rest[:place].strip())
            rest = rest[place:].strip()
        if rest:
            found.append(rest)
    return found
