"""Whom does a note name with an @, and how is that shown? Pure; the text of a note stays text whatever stands in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from uuid import UUID

from zrg_app.services.inbox.colleagues import Colleague
from zrg_app.services.reading import linkify_html


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place in a text that names people: more than one where the name alone does not tell them apart."""

    start: int
    end: int
    people: tuple[UUID, ...]

    def kept(self) -> dict:
        """As the note keeps it."""
        return {"start": self.start, "end": self.end, "people": [str(one) for one in self.people]}


def find(text: str, people: Iterable[Colleague]) -> tuple[Mention, ...]:
    """The names after an @ in `text`, in order; the longest name that fits counts. An @ inside a word or an address names nobody."""
    meant: dict[str, dict[UUID, None]] = {}
    for one in people:
        for written in {one.handle, one.name}:
            meant.setdefault(written.casefold(), {})[one.user_id] = None
    names = "|".join(re.escape(name).replace(r"\ ", r"[ \u00a0]") for name in sorted(_written(people), key=len, reverse=True))
    if not names:
        return ()
    found = re.finditer(rf"(?<![\w.@+-])@({names})(?!\w)", text, re.IGNORECASE)
    return tuple(Mention(start=match.start(), end=match.end(), people=tuple(meant[match[1].replace("\u00a0", " ").casefold()]))
                 for match in found if match[1].replace("\u00a0", " ").casefold() in meant)


def named(kept: Sequence[dict]) -> frozenset[UUID]:
    """Everybody the mentions of a note mean."""
    return frozenset(UUID(one) for mention in kept for one in mention["people"])


def note_html(body: str, kept: Sequence[dict]) -> str:
    """A note as HTML: its links alive, the names in it marked, everything else the text it is."""
    pieces, position = [], 0
    for mention in kept:
        start, end = mention["start"], mention["end"]
        if not position <= start < end <= len(body):
            continue
        pieces.append(linkify_html(body[position:start]))
        people = escape(" ".join(mention["people"]))
        pieces.append(f'<span class="mention" data-people="{people}">{escape(body[start:end])}</span>')
        position = end
    return "".join((*pieces, linkify_html(body[position:])))


def _written(people: Iterable[Colleague]) -> set[str]:
    return {written for one in people for written in (one.handle, one.name)}
