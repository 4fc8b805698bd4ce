"""What changed between two texts, word by word? Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 4_000
_PARTS = re.compile(r"\s+|[^\s\w]|\w+", re.UNICODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text: `kind` is same, gone (of the first text only) or new (of the second only)."""

    kind: str
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that make up both texts, in order; without the new ones they give `before`, without the gone ones `after`."""
    first, second = _PARTS.findall(before), _PARTS.findall(after)
    if len(first) > MOST_WORDS or len(second) > MOST_WORDS:
        return tuple(piece for piece in (Piece(kind="gone", text=before), Piece(kind="new", text=after)) if piece.text)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(a=first, b=second, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(kind="same", text="".join(first[a:b])))
        else:
            pieces += [Piece(kind=name, text=text) for name, text in (("gone", "".join(first[a:b])), ("new", "".join(second[c:d]))) if text]
    return tuple(pieces)
