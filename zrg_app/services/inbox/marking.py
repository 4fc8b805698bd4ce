"""Where do the words somebody searched for stand in what was found? As pieces of text, so that nothing from outside becomes HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all
from zrg_app.services.inbox.searching import Found
from zrg_app.services.leads import naming

# Characters of no script: they cannot stand for anything in a message, and are taken out of it first.
_FROM, _TO = "\ue000", "\ue001"
_WORDS = f"""
select m.lead_id, ts_headline('simple', regexp_replace(translate(m.body, '{_FROM}{_TO}', ''), '\\s+', ' ', 'g'),
         coalesce(w.sought && w.rest, w.sought),
         'StartSel={_FROM}, StopSel={_TO}, MaxFragments=1, MaxWords=18, MinWords=6, FragmentDelimiter=" … "') as words
from message m, search_words(%(search)s) w where m.id = any(%(messages)s)
"""
_AROUND, _BEFORE = 160, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some text; `hit` says that it was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where one lead was found. A part without a hit is empty; `text` is what to show of the message, or the address."""

    lead_id: str
    name: tuple[Piece, ...] = ()
    company: tuple[Piece, ...] = ()
    subject: tuple[Piece, ...] = ()
    text: tuple[Piece, ...] = ()


def hits(tx: Tx, found: Found, search: str, rows: Iterable[dict[str, Any]]) -> tuple[Hit, ...]:
    """Where each of the listed leads was found. `rows` are those of the list, with name, company, email and subject."""
    listed = {row["lead_id"]: row for row in rows}
    asked = {"search": search, "messages": [found.messages[lead] for lead in listed if lead in found.messages]}
    texts = {row["lead_id"]: marked(row["words"]) for row in fetch_all(tx, _WORDS, asked)} if asked["messages"] else {}
    return tuple(_hit(lead, row, found, search, texts.get(lead, ())) for lead, row in listed.items())


def starts_marked(text: str, search: str) -> tuple[Piece, ...]:
    """The text with the searched words marked where a word of it begins with them, else where they stand in it; empty when nowhere."""
    words = [word for word in re.split(r"[\W_]+", search.lower()) if word]
    begun = "|".join(rf"(?<![^\W_]){re.escape(word)}" for word in sorted(words, key=len, reverse=True))
    for pattern in (begun, re.escape(search.strip())):
        found = list(re.finditer(pattern, text, re.IGNORECASE)) if pattern else []
        if found:
            return _pieces(text, [match.span() for match in found if match.group()])
    return ()


def marked(words: str) -> tuple[Piece, ...]:
    """The pieces of a text in which PostgreSQL marked the hits. What is left out at either end is not told."""
    parts = re.split(f"([{_FROM}{_TO}])", words)
    pieces, inside = [], False
    for part in parts:
        if part in (_FROM, _TO):
            inside = part == _FROM
        elif part:
            pieces.append(Piece(text=part, hit=inside))
    return _shortened(tuple(pieces))


def _hit(lead: UUID, row: dict[str, Any], found: Found, search: str, text: tuple[Piece, ...]) -> Hit:
    if found.by_address:
        return Hit(lead_id=str(lead), text=(Piece(text=found.by_address, hit=True),))
    subject = _shortened(starts_marked(row["subject"] or "", search)) if lead in found.subjects else ()
    if lead not in found.people:
        return Hit(lead_id=str(lead), subject=subject, text=text)
    name, company = starts_marked(_name(row), search), starts_marked(row["company"] or "", search)
    if not (text or name or company or subject):
        text = starts_marked(row["email"] or "", search)
    return Hit(lead_id=str(lead), name=name, company=company, subject=subject, text=text)


def _name(row: dict[str, Any]) -> str:
    return naming.display_name(row["first_name"], row["last_name"], row["email"], row["phone"])


def _pieces(text: str, spans: list[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Piece(text=text[at:start], hit=False), Piece(text=text[start:end], hit=True)]
        at = end
    pieces.append(Piece(text=text[at:], hit=False))
    return tuple(piece for piece in pieces if piece.text)


def _led_in(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Not more than a few words before the first hit, so that it stands within one line."""
    first, rest = pieces[:1], pieces[1:]
    if not rest or first[0].hit or len(first[0].text) <= _BEFORE:
        return pieces
    words = first[0].text[-_BEFORE:]
    return (Piece(text="… " + (words.partition(" ")[2] if " " in words.strip() else words), hit=False), *rest)


def _shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """At most a line or two: words without spaces would make an excerpt of any length."""
    kept, room = [], _AROUND * 2
    for piece in _led_in(pieces):
        if room <= 0:
            break
        kept.append(Piece(text=piece.text[:room], hit=piece.hit))
        room -= len(piece.text)
    return tuple(kept)
